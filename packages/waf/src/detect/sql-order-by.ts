import * as SqlKind from './sql-token-kinds.ts';
import { isWordToken, type SqlTokenKind, type SqlTokens } from './sql-tokens.ts';

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
  let index = from;

  /** Whether the next token is of a kind, which then is passed. */
  const take = (kind: SqlTokenKind) => {
    const isTaken = index < to && tokens.kinds[index] === kind;
    if (isTaken) index++;
    return isTaken;
  };

  /** The same of words. */
  const takeWord = (...words: string[]) => {
    const isTaken = index < to && isWordToken(tokens, index, ...words);
    if (isTaken) index++;
    return isTaken;
  };

  /** `n | name [. name]*`, `[ASC | DESC]`, `[NULLS FIRST | LAST]`. */
  const takeTerm = () => {
    if (!take(SqlKind.NumberLiteral)) {
      do if (!take(SqlKind.Identifier)) return false;
      while (take(SqlKind.Dot));
    }
    takeWord('asc', 'desc');
    return !takeWord('nulls') || takeWord('first', 'last');
  };

  /** `LIMIT n [, n]`, `OFFSET n [ROWS]` or `FETCH NEXT n ROWS ONLY`. */
  const takeBound = () => {
    const takeNumber = () => take(SqlKind.NumberLiteral);
    if (takeWord('limit')) return takeNumber() && (!take(SqlKind.Comma) || takeNumber());
    if (takeWord('offset')) return takeNumber() && (takeWord('row', 'rows') || true);
    return (
      takeWord('fetch') &&
      takeWord('first', 'next') &&
      takeNumber() &&
      takeWord('row', 'rows') &&
      takeWord('only')
    );
  };

  do if (!takeTerm()) return false;
  while (take(SqlKind.Comma));
  while (index < to) if (!takeBound()) return false;
  return true;
}
