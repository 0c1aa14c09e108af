const CHARACTER_REFERENCE = /&(?:#(?:x([0-9a-f]+)|([0-9]+));?|(tab|newline);)/gi;
/** What HTML and URL parsers pass over: at the beginning whatever is no visible ASCII, within a scheme some controls. */
const SCRIPT = /^[\0- ]*(?:java|vbscript|data|view-source)/i;

/**
 * Whether an attribute's value is a URL with which scripts come: one that begins with `javascript`, `java…`, `vbscript`,
 * `data` or `view-source`, once its character references are decoded and what browsers drop is left out. Linear in the
 * value.
 */
export function isScriptUrl(value: string): boolean {
  const decoded = value
    .replace(/^[^!-~]+/, '')
    .replace(CHARACTER_REFERENCE, (_, hex: string | undefined, decimal: string | undefined) =>
      // Beyond the BMP it can't be part of a scheme, whatever it is.
      hex === undefined && decimal === undefined
        ? '\t'
        : String.fromCharCode(
            Math.min(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16), 0xffff),
          ),
    )
    .replace(/[\0\t\n\r]/g, '');
  return SCRIPT.test(decoded);
}
