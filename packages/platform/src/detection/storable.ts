/** Without what PostgreSQL refuses in text: NUL, and lone surrogates. */
export function storable(text: string): string {
  return Buffer.from(text.replaceAll('\0', '\ufffd')).toString();
}
