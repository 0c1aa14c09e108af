/**
 * Splits a search query into tokens, in one pass. Two modes, because a colon ends a field's name but is an ordinary
 * character in a value (`@http.client_ip:2001:db8::1`): after `field:` a value is read, and in `field:( … )` only values.
 * Ranges, comparisons and `CIDR(…)` are regular, so that each is one token.
 */

import { parseRange } from './address.ts';
import type { AddressRange, Bound, Pattern, PatternPart } from './ast.ts';
import { QuerySyntaxError } from './error.ts';
import { literalOf, pattern } from './pattern.ts';
import { quantityOf } from './quantity.ts';

/** The longest query that is read, in UTF-16 code units. */
export const MAX_QUERY_LENGTH = 8_192;

export type Token = { start: number; end: number } & (
  | { kind: '(' | ')' | ':' | '-' | 'and' | 'or' | 'not' | 'end' }
  | { kind: 'term'; pattern: Pattern; quoted: boolean }
  | { kind: 'range'; low?: Bound; high?: Bound }
  | { kind: 'cidr'; field: { text: string; start: number }; ranges: readonly AddressRange[] }
);

const KEYWORDS: ReadonlyMap<string, 'and' | 'or' | 'not'> = new Map([
  ['AND', 'and'],
  ['OR', 'or'],
  ['NOT', 'not'],
]);

/** Signs that other languages have and this one doesn't: better an error than a search for the sign itself. */
const FOREIGN: ReadonlyMap<string, string> = new Map([
  ['&&', 'AND'],
  ['||', 'OR'],
  ['!', '- or NOT'],
]);

const SPACE = /\s/;

/** The tokens of the query, the last one `end`. Throws QuerySyntaxError. */
export function tokenize(query: string): Token[] {
  if (query.length > MAX_QUERY_LENGTH)
    throw new QuerySyntaxError(MAX_QUERY_LENGTH, `at most ${MAX_QUERY_LENGTH} characters`, `${query.length}`);
  const nul = query.indexOf('\0');
  if (nul >= 0) throw new QuerySyntaxError(nul, 'text without NUL characters', 'a NUL character');

  const tokens: Token[] = [];
  /** For each open parenthesis, whether it holds only values. */
  const groups: boolean[] = [];
  let at = 0;
  for (;;) {
    while (at < query.length && SPACE.test(query[at]!)) at++;
    if (at >= query.length) break;
    const afterColon = tokens.at(-1)?.kind === ':' && tokens.at(-1)?.end === at;
    const inValue = afterColon || (groups.at(-1) ?? false);
    const token = scan(query, at, inValue, afterColon);
    if (token.kind === '(') groups.push(inValue);
    if (token.kind === ')') groups.pop();
    tokens.push(token);
    at = token.end;
  }
  tokens.push({ kind: 'end', start: query.length, end: query.length });
  return tokens;
}

function scan(query: string, start: number, inValue: boolean, afterColon: boolean): Token {
  const first = query[start]!;
  if (first === '(' || first === ')') return { kind: first, start, end: start + 1 };
  if (first === ':' && !inValue) return { kind: ':', start, end: start + 1 };
  if (first === '-' && !afterColon) return { kind: '-', start, end: start + 1 };
  if (first === '"') return phrase(query, start);
  if (inValue && (first === '[' || first === '{')) return range(query, start);
  if (inValue && (first === '>' || first === '<')) return comparison(query, start);
  if (query.startsWith('CIDR(', start) && !inValue) return cidr(query, start);
  return word(query, start, inValue);
}

function word(query: string, start: number, inValue: boolean): Token {
  const { parts, end } = wordParts(query, start, (char) => !inValue && char === ':');
  const raw = query.slice(start, end);
  const keyword = KEYWORDS.get(raw);
  if (keyword !== undefined) return { kind: keyword, start, end };
  const instead = FOREIGN.get(raw);
  if (instead !== undefined) throw new QuerySyntaxError(start, instead, `"${raw}"`);
  return { kind: 'term', pattern: pattern(parts), quoted: false, start, end };
}

/** Reads up to white space, a parenthesis, a quote or what `stops` names; `\` takes the next character as it is. */
function wordParts(query: string, start: number, stops: (char: string) => boolean) {
  const parts: PatternPart[] = [];
  let at = start;
  let literalFrom = start;
  const flush = () => {
    if (at > literalFrom) parts.push({ kind: 'literal', text: query.slice(literalFrom, at) });
  };
  for (; at < query.length; at++) {
    const char = query[at]!;
    if (SPACE.test(char) || char === '(' || char === ')' || char === '"' || stops(char)) break;
    if (char === '*' || char === '?') {
      flush();
      parts.push({ kind: char === '*' ? 'many' : 'one' });
      literalFrom = at + 1;
    } else if (char === '\\') {
      flush();
      if (++at >= query.length) throw new QuerySyntaxError(at, 'a character after "\\"', 'end of query');
      literalFrom = at;
    }
  }
  flush();
  return { parts, end: at };
}

function phrase(query: string, start: number): Token {
  let text = '';
  let from = start + 1;
  for (let at = from; at < query.length; at++) {
    const char = query[at];
    if (char === '\\') {
      text += query.slice(from, at);
      from = ++at;
    } else if (char === '"') {
      text += query.slice(from, at);
      return { kind: 'term', pattern: literal(text), quoted: true, start, end: at + 1 };
    }
  }
  throw new QuerySyntaxError(
    query.length,
    `a closing quote for the one at position ${start}`,
    'end of query',
  );
}

const literal = (text: string): Pattern => (text === '' ? [] : [{ kind: 'literal', text }]);

/** `>5`, `>=20ms`, `<1.5`, `<=-3`. */
function comparison(query: string, start: number): Token {
  const inclusive = query[start + 1] === '=';
  const { bound, end } = readBound(query, start + (inclusive ? 2 : 1), inclusive, () => false);
  if (bound === undefined) throw new QuerySyntaxError(start, 'a number or a duration', '"*"');
  return query[start] === '>'
    ? { kind: 'range', low: bound, start, end }
    : { kind: 'range', high: bound, start, end };
}

/** `[400 TO 499]`, `{1 TO 5]`, `[* TO 5]`. */
function range(query: string, start: number): Token {
  const stops = (char: string) => char === ']' || char === '}';
  let at = skipSpace(query, start + 1);
  const low = readBound(query, at, query[start] === '[', stops);
  at = skipSpace(query, low.end);
  if (!query.startsWith('TO', at) || !SPACE.test(query[at + 2] ?? ''))
    throw new QuerySyntaxError(at, '"TO" between the ends of the range', found(query, at));
  at = skipSpace(query, at + 2);
  const high = readBound(query, at, true, stops);
  at = skipSpace(query, high.end);
  if (!stops(query[at] ?? '')) throw new QuerySyntaxError(at, '"]" or "}"', found(query, at));
  const inclusive = query[at] === ']';
  if (low.bound === undefined && high.bound === undefined)
    throw new QuerySyntaxError(start, 'a range with at least one end (or field:* for any value)', '"* TO *"');
  return {
    kind: 'range',
    ...(low.bound && { low: low.bound }),
    ...(high.bound && { high: { ...high.bound, inclusive } }),
    start,
    end: at + 1,
  };
}

/** A bound of a range; no bound for `*`. */
function readBound(
  query: string,
  start: number,
  inclusive: boolean,
  stops: (char: string) => boolean,
): { bound: Bound | undefined; end: number } {
  let text: string | undefined;
  let end: number;
  if (query[start] === '"') {
    const token = phrase(query, start);
    text = token.kind === 'term' ? literalOf(token.pattern) : undefined;
    end = token.end;
  } else {
    const scanned = wordParts(query, start, stops);
    const parts = pattern(scanned.parts);
    end = scanned.end;
    if (parts.length === 1 && parts[0]!.kind === 'many') return { bound: undefined, end };
    text = literalOf(parts);
  }
  if (text === undefined || text === '')
    throw new QuerySyntaxError(start, 'a number, a duration or a time', found(query, start));
  return { bound: { inclusive, text, number: quantityOf(text), position: start }, end };
}

/** `CIDR(@http.client_ip, 10.0.0.0/8, 2001:db8::/32)`. */
function cidr(query: string, start: number): Token {
  const close = query.indexOf(')', start);
  if (close < 0) throw new QuerySyntaxError(query.length, '")" to close CIDR(', 'end of query');
  const args: { text: string; start: number }[] = [];
  let from = start + 'CIDR('.length;
  for (const part of query.slice(from, close).split(',')) {
    args.push({ text: part.trim(), start: skipSpace(query, from) });
    from += part.length + 1;
  }
  const [field, ...rest] = args;
  if (!/^@?[^\s"():*?@]+$/.test(field!.text))
    throw new QuerySyntaxError(field!.start, 'a field such as @http.client_ip', found(query, field!.start));
  if (rest.length === 0) throw new QuerySyntaxError(close, '"," and a range such as 10.0.0.0/8', '")"');
  const ranges = rest.map((arg) => {
    const parsed = parseRange(arg.text);
    if (parsed === undefined)
      throw new QuerySyntaxError(arg.start, 'a range such as 10.0.0.0/8', JSON.stringify(arg.text));
    return parsed;
  });
  return { kind: 'cidr', field: field!, ranges, start, end: close + 1 };
}

function skipSpace(query: string, at: number): number {
  while (at < query.length && SPACE.test(query[at]!)) at++;
  return at;
}

/** How an error names what stands at a position. */
export function found(query: string, at: number): string {
  if (at >= query.length) return 'end of query';
  const stretch = /[^\s()]+|[()]/y;
  stretch.lastIndex = at;
  const text = stretch.exec(query)?.[0] ?? query[at]!;
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
