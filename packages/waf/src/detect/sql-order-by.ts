import * as SqlKind from './sql-token-kinds.ts';
import { isWordToken, type SqlTokens } from './sql-tokens.ts';

/** Tokens before the injected ones that are searched for `ORDER BY`. */
const LOOK_BACK = 64;

/**
 * Whether tokens `[first, last]` do no more than complete an `ORDER BY` clause that begins before them: names or
 * positions, a direction each, then a `LIMIT` and an `OFFSET`. It is what a sortable, paginated list sends, and what
 * it sends can read nothing but the order of the rows.
 *
 * The clause is read from `ORDER BY` on, so that what the application wrote of it counts:
 * `ORDER BY id, <name DESC LIMIT 10>`.
 */
export function isOrderByTail(tokens: SqlTokens, first: number, last: number): boolean {
  const lowest = Math.max(1, first - LOOK_BACK);
  for (let index = first - 1; index >= lowest; index--) {
    if (isWordToken(tokens, index, 'by') && isWordToken(tokens, index - 1, 'order')) {
      return readOrderBy(tokens, index + 1, last + 1);
    }
  }
  return false;
}

/** Whether tokens `[from, to)` are terms with commas between, then bounds. */
function readOrderBy(tokens: SqlTokens, from: number, to: number): boolean {
  let index = readTerm(tokens, from, to);
  while (index > 0 && index < to && tokens.kinds[index] === SqlKind.Comma) {
    index = readTerm(tokens, index + 1, to);
  }
  while (index > 0 && index < to) index = readBound(tokens, index, to);
  return index === to;
}

/** The index after `n | name [. name]*`, `[ASC | DESC]`, `[NULLS FIRST | LAST]`, or 0. */
function readTerm(tokens: SqlTokens, from: number, to: number): number {
  const { kinds } = tokens;
  let index = from;
  if (index < to && kinds[index] === SqlKind.NumberLiteral) index++;
  else if (index < to && kinds[index] === SqlKind.Identifier) {
    index++;
    while (index < to && kinds[index] === SqlKind.Dot) {
      if (index + 1 >= to || kinds[index + 1] !== SqlKind.Identifier) return 0;
      index += 2;
    }
  } else return 0;
  if (index < to && (isWordToken(tokens, index, 'asc') || isWordToken(tokens, index, 'desc'))) index++;
  if (
    index + 1 < to &&
    isWordToken(tokens, index, 'nulls') &&
    (isWordToken(tokens, index + 1, 'first') || isWordToken(tokens, index + 1, 'last'))
  ) {
    index += 2;
  }
  return index;
}

/** The index after `LIMIT n [, n]`, `OFFSET n [ROWS]` or `FETCH NEXT n ROWS ONLY`, or 0. */
function readBound(tokens: SqlTokens, from: number, to: number): number {
  const { kinds } = tokens;
  const isNumber = (index: number) => index < to && kinds[index] === SqlKind.NumberLiteral;
  const isOneOf = (index: number, ...words: string[]) =>
    index < to && words.some((word) => isWordToken(tokens, index, word));
  if (isOneOf(from, 'fetch')) {
    const isRead =
      isOneOf(from + 1, 'first', 'next') &&
      isNumber(from + 2) &&
      isOneOf(from + 3, 'row', 'rows') &&
      isOneOf(from + 4, 'only');
    return isRead ? from + 5 : 0;
  }
  const isLimit = isOneOf(from, 'limit');
  if ((!isLimit && !isOneOf(from, 'offset')) || !isNumber(from + 1)) return 0;
  const after = from + 2;
  if (isLimit) return kinds[after] === SqlKind.Comma && isNumber(after + 1) ? after + 2 : after;
  return isOneOf(after, 'row', 'rows') ? after + 1 : after;
}
