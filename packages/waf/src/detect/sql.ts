import type { Finding } from './finding.ts';
import { FOUND, findInjection } from './occurrences.ts';
import type { SqlDialect } from './sql-dialects.ts';
import { isOrderByTail } from './sql-order-by.ts';
import { type Covered, hasShortInjection } from './sql-short-injection.ts';
import * as SqlKind from './sql-token-kinds.ts';
import { tokenizeSql } from './sql-tokenizer.ts';
import { isLiteral, type SqlTokenKind, type SqlTokens } from './sql-tokens.ts';
import { firstEndingAfter } from './token-search.ts';

/** A statement that inputs are checked against. Its tokens are found when first needed, once. */
export interface SqlStatement {
  readonly text: string;
  readonly dialect: SqlDialect;
  tokens?: SqlTokens;
}

const MIN_INPUT_LENGTH = 3;
const MIN_HARMFUL_TOKENS = 4;

/** Takes the text of a statement as it goes to the database, with placeholders where it has any. */
export function sqlStatement(text: string, dialect: SqlDialect): SqlStatement {
  return { text, dialect };
}

/**
 * Whether an input changes the structure of a statement: whether the tokens that it covers, wholly or in part, are
 * more than one value.
 *
 * As libddwaf's `sqli_detector` has it, an input of three characters or more is an injection if it covers
 * - four tokens or more that are not all values and commas, unless they complete an `ORDER BY`;
 * - three tokens of a tautology after a `WHERE`: `1 or 1`, `'='`;
 * - with fewer than four, the beginning of an end-of-line comment after another token: `admin'--`.
 *
 * Deliberate differences from libddwaf:
 * - a character that the dialect does not know is a token; there, it ends the analysis, so that `[x]` or `\` in the
 *   application's own part hides the injection;
 * - a slash is a token alone; there, it takes the next character with it, so that `/"` opens no string;
 * - short injections are found that it lets through: see `sql-short-injection.ts`;
 * - `ORDER BY id, <name DESC LIMIT 10>`, `NULLS LAST`, `LIMIT 20, 10`, `OFFSET 5 ROWS FETCH NEXT 5 ROWS ONLY` and
 *   names of more than two parts are part of a benign `ORDER BY`;
 * - Microsoft SQL Server and Oracle have dialects of their own;
 * - PostgreSQL's block comments nest;
 * - an input that was trimmed, lowered or raised in case is found: see `occurrences.ts`.
 *
 * The cost is that of one pass over the statement, plus a bounded number of occurrences for each input.
 */
export function detectSqlInjection(statement: SqlStatement, input: string): Finding | null {
  if (!SYNTAX.test(input)) return null;
  const { text } = statement;
  const highlight = findInjection(text, input, MIN_INPUT_LENGTH, (start, end) => {
    statement.tokens ??= tokenizeSql(text, statement.dialect);
    return inspect(statement.tokens, start, end);
  });
  return highlight === null ? null : { resource: stripLiterals(text, statement.tokens!), highlight };
}

/** Letters, digits and underscores alone make one token or a part of one, whatever the statement. */
const SYNTAX = /[^\w\x80-\uffff]/;

function inspect(tokens: SqlTokens, start: number, end: number): number {
  const { kinds, starts, ends } = tokens;
  const first = firstEndingAfter(ends, start);
  if (first === starts.length || starts[first]! >= end) return start + 1;
  if (ends[first]! >= end && starts[first]! <= start) {
    if (isServerVariable(tokens, first, start)) return FOUND;
    // All of it lies in one token, and so do the occurrences that begin before the token's end less the length.
    return Math.max(start + 1, ends[first]! - (end - start) + 1);
  }
  let last = first;
  let hasCode = false;
  for (; last < starts.length && starts[last]! < end; last++) hasCode ||= !isValueOrComma(kinds[last]!);
  last--;
  const count = last - first + 1;
  const covered = { first, last, start, end };
  if (count >= MIN_HARMFUL_TOKENS) {
    if (hasCode && !isOrderByTail(tokens, first, last)) return FOUND;
  } else if (isTautology(tokens, first, count) || bringsLineComment(tokens, covered)) {
    return FOUND;
  }
  return hasShortInjection(tokens, covered) ? FOUND : start + 1;
}

/** `@@version`: told by the server, and meant by no value. */
function isServerVariable({ text, kinds, starts }: SqlTokens, index: number, start: number): boolean {
  return kinds[index] === SqlKind.Identifier && starts[index] === start && text.startsWith('@@', start);
}

function isValueOrComma(kind: SqlTokenKind): boolean {
  return isLiteral(kind) || kind === SqlKind.Comma;
}

/** `1 or 1`, `a || b`, `'='`, `1 like 1`: three tokens after a WHERE or a HAVING, with an operator between two. */
function isTautology(
  { text, kinds, starts, ends, firstWhere }: SqlTokens,
  first: number,
  count: number,
): boolean {
  if (count !== 3 || firstWhere >= first) return false;
  const middle = first + 1;
  if (kinds[middle] !== SqlKind.BinaryOperator) return false;
  const left = kinds[first]!;
  const right = kinds[first + 2]!;
  if (left === right || !text.slice(starts[middle]!, ends[middle]!).includes('=')) return true;
  return !isName(left) && !isName(right);
}

function isName(kind: SqlTokenKind): boolean {
  return kind === SqlKind.Keyword || kind === SqlKind.Identifier;
}

/** A comment to the end of the line that the input begins, after a token that it brings or ends. */
function bringsLineComment({ text, kinds, starts }: SqlTokens, { first, last, end }: Covered): boolean {
  for (let index = first + 1; index <= last; index++) {
    if (kinds[index] !== SqlKind.LineComment) continue;
    const begins = starts[index]!;
    return begins + (text[begins] === '#' ? 1 : 2) <= end;
  }
  return false;
}

function stripLiterals(text: string, { kinds, starts, ends }: SqlTokens): string {
  let stripped = '';
  let from = 0;
  for (let index = 0; index < kinds.length; index++) {
    if (!isLiteral(kinds[index]!)) continue;
    stripped += `${text.slice(from, starts[index])}?`;
    from = ends[index]!;
  }
  return stripped + text.slice(from);
}
