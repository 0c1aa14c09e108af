import type { Pattern, PatternPart } from './ast.ts';

/** Makes a pattern of parts: joins literals that touch, and runs of `*`. */
export function pattern(parts: readonly PatternPart[]): Pattern {
  const joined: PatternPart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (part.kind === 'literal' && last?.kind === 'literal')
      joined[joined.length - 1] = { kind: 'literal', text: last.text + part.text };
    else if (!(part.kind === 'many' && last?.kind === 'many')) joined.push(part);
  }
  return joined;
}

/** The text that the pattern stands for, if it has no wildcard. */
export function literalOf(parts: Pattern): string | undefined {
  if (parts.length === 0) return '';
  const only = parts.length === 1 ? parts[0] : undefined;
  return only?.kind === 'literal' ? only.text : undefined;
}

/** The pattern that matches wherever the given one matches a part of the text, with ASCII letters in lower case. */
export function anywhere(parts: Pattern): Pattern {
  const lowered = parts.map((part) =>
    part.kind === 'literal' ? { kind: part.kind, text: asciiLower(part.text) } : part,
  );
  return pattern([{ kind: 'many' }, ...lowered, { kind: 'many' }]);
}

/** ClickHouse's `lower` and PostgreSQL's `lower(… COLLATE "C")`: A to Z only, so that all three agree. */
export function asciiLower(text: string): string {
  return text.replace(/[A-Z]+/g, (upper) => upper.toLowerCase());
}

/** The pattern for SQL's LIKE, with `\` as the escape character, as ClickHouse and PostgreSQL have it by default. */
export function likePattern(parts: Pattern): string {
  return parts
    .map((part) => {
      if (part.kind === 'many') return '%';
      if (part.kind === 'one') return '_';
      return part.text.replace(/[\\%_]/g, '\\$&');
    })
    .join('');
}

/**
 * Compiles a pattern to a test of a whole text. Time is at most the text's length times the pattern's: a mismatch goes
 * back to the last `*` only.
 */
export function patternMatcher(parts: Pattern): (text: string) => boolean {
  const units = parts.flatMap((part): (string | null | undefined)[] =>
    part.kind === 'many' ? [MANY] : part.kind === 'one' ? [ONE] : Array.from(part.text),
  );
  return (text) => {
    const points = Array.from(text);
    let at = 0;
    let unit = 0;
    let afterStar = -1;
    let starAt = 0;
    while (at < points.length) {
      const wanted = unit < units.length ? units[unit] : undefined;
      if (unit < units.length && wanted === MANY) {
        afterStar = ++unit;
        starAt = at;
      } else if (unit < units.length && (wanted === ONE || wanted === points[at])) {
        unit++;
        at++;
      } else if (afterStar >= 0) {
        unit = afterStar;
        at = ++starAt;
      } else return false;
    }
    while (unit < units.length && units[unit] === MANY) unit++;
    return unit === units.length;
  };
}

const MANY = null;
const ONE = undefined;
