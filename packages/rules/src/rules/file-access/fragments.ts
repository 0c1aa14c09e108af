import type { InputDefinition } from '@wardline/waf';
import { KEYS, type RuleSource, VALUES_AND_HEADERS } from '../../rule.ts';

export const file = (rule: Omit<RuleSource, 'type' | 'owasp' | 'cwe' | 'capec'>): RuleSource => ({
  ...rule,
  type: 'lfi',
  owasp: 'A01:2021',
  cwe: '22',
  capec: '1000/255/153/126',
});

/** What stands in the address of a request or in a cookie: relative paths, as source maps and projects have them, don't. */
export const PARAMETERS: readonly InputDefinition[] = [
  { address: 'server.request.query' },
  { address: 'server.request.path_params' },
  { address: 'server.request.cookies' },
];

/** The names that uploaded files came with. */
export const FILE_NAMES: readonly InputDefinition[] = [{ address: 'server.request.body.filenames' }];

/** Wherever an application may take a file's name from. */
export const ANYWHERE: readonly InputDefinition[] = [...VALUES_AND_HEADERS, ...FILE_NAMES, ...KEYS];

/** A slash in either direction, also as a look-alike, or as the overlong UTF-8 of one. */
export const SLASH = String.raw`(?:[\\/∕∖⁄／＼]|\x{c0}[\x{af}\x{9c}/]|\x{c1}\x9c|\x{fffd}{2,3})`;

/** Slashes between two names, with steps that go nowhere. */
const BETWEEN = String.raw`[\\/]+(?:\.[\\/]+)*`;

/**
 * A step up: two dots and a slash, or what becomes that where a filter takes `../` away once (`....//`), a server drops
 * parameters of a segment (`..;a=b/`), or the percent sign of an encoding got lost (`..2f`).
 */
export const UP = String.raw`(?:(?:\.{2,4}|‥|．．|\x{c0}[\x{ae}.]\x{c0}[\x{ae}.]|\x{fffd}{4})(?:;[\w=.-]*|[%^\t\r\n])?${SLASH}+|\.\\+\./+)`;

/** A list of names, one of which has to be there; each slash in them stands for whatever separates names. */
export function oneOf(names: readonly string[]): string {
  return `(?:${names.join('|').replaceAll('/', BETWEEN)})`;
}

/** The beginning of a value that is one word, and of one that is a path: all before the name of interest. */
export const WORD = String.raw`^[^\s<>"'()\x60]*`;
export const PATH = String.raw`${WORD}[\\/]`;

/**
 * After a file's name: the end, the query, the null byte or what else cuts an extension off, or an extension that an
 * application appends.
 */
export const END = String.raw`(?:(?:\.\w{1,5})?\s*$|[?#&;|%^\x00\x60"'<]|[.\\/]{2})`;

/** The path of an address, in front of a name. */
export const URI_PATH = String.raw`^/(?:[^?]*[\\/])?`;
