import { isDigit, isLetter } from './characters.ts';

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
  const schemeEnd = endOfScheme(text);
  if (schemeEnd < 0) return null;
  const authorityStart = schemeEnd === 0 ? 2 : schemeEnd + 3;
  const authorityEnd = indexOfAny(text, authorityStart, text.length, isAuthorityEnd);
  const userinfoEnd = text.lastIndexOf('@', authorityEnd - 1);
  const hostStart = userinfoEnd < authorityStart ? authorityStart : userinfoEnd + 1;
  const hostEnd = endOfHost(text, hostStart, authorityEnd);
  const pathEnd = indexOfAny(text, authorityEnd, text.length, isPathEnd);
  const hasQuery = text[pathEnd] === '?';
  const hash = hasQuery ? text.indexOf('#', pathEnd) : pathEnd;
  return {
    scheme: text.slice(0, schemeEnd).toLowerCase(),
    authorityStart,
    authorityEnd,
    hostStart,
    hostEnd,
    host: plainHost(text.slice(hostStart, hostEnd)),
    pathEnd,
    queryStart: hasQuery ? pathEnd + 1 : pathEnd,
    queryEnd: hash < 0 ? text.length : hash,
  };
}

/** The length of the scheme before `://`, 0 before a leading `//`, -1 if there is neither. */
function endOfScheme(text: string): number {
  if (text.startsWith('//')) return 0;
  let end = 0;
  while (end < text.length && isSchemePart(text.charCodeAt(end))) end++;
  return end > 0 && isLetter(text.charCodeAt(0)) && text.startsWith('://', end) ? end : -1;
}

function isSchemePart(code: number): boolean {
  return isLetter(code) || isDigit(code) || code === 0x2b || code === 0x2d || code === 0x2e;
}

function isAuthorityEnd(code: number): boolean {
  return code === 0x2f || code === 0x5c || isPathEnd(code);
}

function isPathEnd(code: number): boolean {
  return code === 0x3f || code === 0x23;
}

function indexOfAny(text: string, from: number, to: number, isWanted: (code: number) => boolean): number {
  let at = from;
  while (at < to && !isWanted(text.charCodeAt(at))) at++;
  return at;
}

function endOfHost(text: string, start: number, authorityEnd: number): number {
  if (text[start] === '[') {
    const close = text.indexOf(']', start);
    if (close >= 0 && close < authorityEnd) return close + 1;
  }
  const colon = text.indexOf(':', start);
  return colon < 0 || colon > authorityEnd ? authorityEnd : colon;
}

function plainHost(host: string): string {
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  const lower = bare.toLowerCase();
  return lower.endsWith('.') ? lower.slice(0, -1) : lower;
}
