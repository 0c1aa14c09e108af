/** Where the parts of a URL stand in its text: each from its start to before its end. */
export interface Uri {
  /** In lower case; '' if the URL begins with `//`. */
  readonly scheme: string;
  readonly authorityStart: number;
  readonly authorityEnd: number;
  readonly hostStart: number;
  readonly hostEnd: number;
  /** In lower case, without brackets around it or a dot after it. */
  readonly host: string;
  /** The path begins where the authority ends. */
  readonly pathEnd: number;
  /** Of the query without its `?`; the end of the path if there is none. */
  readonly queryStart: number;
  readonly queryEnd: number;
}

/**
 * Splits a URL with an authority (RFC 3986 appendix B). It is lenient where HTTP clients are (the URL Standard): a
 * backslash ends the authority as a slash does, and any character may stand anywhere. Returns null without `//`.
 */
export function splitUri(text: string): Uri | null {
  const parts = URI.exec(text);
  if (parts === null) return null;
  const [, scheme = '', authority = '', path = '', query = ''] = parts;
  const authorityStart = scheme === '' ? 2 : scheme.length + 3;
  const authorityEnd = authorityStart + authority.length;
  const hostStart = authorityStart + authority.lastIndexOf('@') + 1;
  const [host = ''] = HOST.exec(text.slice(hostStart, authorityEnd)) ?? [];
  const pathEnd = authorityEnd + path.length;
  return {
    scheme: scheme.toLowerCase(),
    authorityStart,
    authorityEnd,
    hostStart,
    hostEnd: hostStart + host.length,
    host: host.replace(/^\[(.*?)\.?\]$|\.$/s, '$1').toLowerCase(),
    pathEnd,
    queryStart: query === '' ? pathEnd : pathEnd + 1,
    queryEnd: pathEnd + query.length,
  };
}

const URI = /^(?:([a-z][a-z\d+.-]*):)?\/\/([^/\\?#]*)([^?#]*)(\?[^#]*)?/i;
const HOST = /^(?:\[[^\]]*\]|[^:]*)/;
