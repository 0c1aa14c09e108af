/** A database server's URL as it may be shown in messages: host and path, without user and password. */
export function withoutCredentials(url: string): string {
  if (!URL.canParse(url)) return 'the given URL';
  const { host, pathname } = new URL(url);
  return `${host}${pathname === '/' ? '' : pathname}`;
}
