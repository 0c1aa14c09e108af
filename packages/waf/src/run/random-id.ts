/** A random UUID, version 4 (RFC 9562, 5.4), from the runtime's generator where it has one. */
export function randomId(): string {
  const { crypto } = globalThis as { crypto?: { randomUUID?: () => string } };
  if (typeof crypto?.randomUUID === 'function') return crypto.randomUUID();
  return 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (placeholder) => {
    const digit = Math.floor(Math.random() * 16);
    return (placeholder === 'x' ? digit : (digit & 3) | 8).toString(16);
  });
}
