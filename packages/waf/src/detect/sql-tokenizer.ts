import { isDigit, isLetter } from '../characters.ts';
import { endAfter, endOfLine, endOfMatch } from '../lexemes.ts';
import { hashWord, type SqlDialect, SYNTAX } from './sql-dialects.ts';
import * as Feature from './sql-features.ts';
import {
  AMOUNT,
  DIGITS,
  DOLLAR,
  endOfDelimited,
  endOfNestedComment,
  endOfQuoted,
  isNamePart,
  NAME_PART,
  NUMBER,
  WORD_PART,
} from './sql-lexemes.ts';
import * as SqlKind from './sql-token-kinds.ts';
import { equalsIgnoringCase, isOperand, type SqlTokenKind, type SqlTokens } from './sql-tokens.ts';
import { TokenList } from './token-list.ts';

/** UTF-16 code units of a statement that are tokenised; what lies beyond is not looked at. */
export const MAX_STATEMENT_LENGTH = 512 * 1024;

const LONGEST_WORD = 'straight_join'.length;
const QUOTE = 0x27;
const DOUBLE_QUOTE = 0x22;
const BACKTICK = 0x60;
const CLOSING_BRACKET = 0x5d;

/** Words that begin a string right before a quote. */
const STRING_PREFIXES: Readonly<Record<string, number>> = {
  n: Feature.NationalStrings,
  e: Feature.EscapeStrings,
  q: Feature.DelimitedStrings,
  nq: Feature.DelimitedStrings,
  x: Feature.CodedStrings,
  b: Feature.CodedStrings,
};
const LONGEST_PREFIX = 2;

/**
 * Splits a SQL statement into tokens. Never throws: an unterminated string or comment reaches to the end, an
 * unexpected character is a token of its own. Each code unit is read a constant number of times.
 */
export function tokenizeSql(statement: string, dialect: SqlDialect): SqlTokens {
  const text = statement.slice(0, MAX_STATEMENT_LENGTH);
  const syntax = SYNTAX[dialect];
  const { features } = syntax;
  const tokens = new TokenList<SqlTokenKind>();
  const { kinds } = tokens;
  let firstWhere = Number.POSITIVE_INFINITY;
  let at = 0;
  let openExecutableComments = 0;
  let noBracketAhead = false;

  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code <= 0x20 || code === 0x28 || code === 0x29) at++;
    else if (isLetter(code) || code === 0x5f || code > 0x7f) word();
    else if (isDigit(code)) number(at);
    else if (code === QUOTE) quoted(code, SqlKind.SingleQuotedString);
    else if (code === DOUBLE_QUOTE) {
      quoted(code, has(Feature.DoubleQuotedStrings) ? SqlKind.DoubleQuotedString : SqlKind.Identifier);
    } else if (code === BACKTICK) quoted(code, SqlKind.Identifier);
    else symbol(code);
  }
  return Object.assign(tokens, { text, features, firstWhere });

  function has(feature: number): boolean {
    return (features & feature) !== 0;
  }

  function emit(kind: SqlTokenKind, end: number): void {
    at = tokens.add(kind, at, end);
  }

  /** What a symbol and the name after it make; the symbol alone means nothing. */
  function emitName(end: number): void {
    emit(end > at + 1 ? SqlKind.Identifier : SqlKind.Unknown, end);
  }

  function isInName(index: number): boolean {
    return isNamePart(text.charCodeAt(index)) || syntax.nameSymbols.includes(text.charAt(index) || ' ');
  }

  function endOfName(from: number): number {
    let end = from;
    while (isInName(end)) end++;
    return end;
  }

  function word(): void {
    let end = at;
    let hash = 0;
    for (; isInName(end); end++) hash = hashWord(hash, text.charCodeAt(end));
    const length = end - at;
    if (length <= LONGEST_PREFIX && text.charCodeAt(end) === QUOTE && prefixedString(end)) return;
    const candidates = length <= LONGEST_WORD ? syntax.words.get(hash) : undefined;
    for (const [word, kind] of candidates ?? []) {
      if (word.length === length && equalsIgnoringCase(text, at, word)) {
        if (word === 'where' || word === 'having') {
          firstWhere = Math.min(firstWhere, kinds.length);
        }
        emit(kind, end);
        return;
      }
    }
    emit(SqlKind.Identifier, end);
  }

  /** A string with a prefix, whose quote is at `start`, if the dialect has the prefix. */
  function prefixedString(start: number): boolean {
    const feature = STRING_PREFIXES[text.slice(at, start).toLowerCase()] ?? 0;
    if (!has(feature)) return false;
    emit(
      SqlKind.SingleQuotedString,
      feature === Feature.DelimitedStrings
        ? endOfDelimited(text, start)
        : endOfQuoted(text, start, QUOTE, feature === Feature.EscapeStrings),
    );
    return true;
  }

  /**
   * A number whose digits begin at `digits`, which is the position or, after a sign, the next one. Digits with letters
   * after them are a name (`1abc`), but a number that has more than digits ends where it ends: `1.5union` is two tokens.
   */
  function number(digits: number): void {
    const end = endOfMatch(NUMBER, text, digits);
    const isWhole = end === endOfMatch(DIGITS, text, digits);
    if (!isWhole || !has(Feature.DigitNames) || !isNamePart(text.charCodeAt(end))) {
      emit(SqlKind.NumberLiteral, end);
      return;
    }
    if (digits > at) emit(SqlKind.BinaryOperator, digits);
    emit(SqlKind.Identifier, endOfMatch(NAME_PART, text, end));
  }

  /** A backslash escapes where the dialect has it so, but not in MySQL's names. */
  function quoted(quote: number, kind: SqlTokenKind): void {
    const escapes = quote !== BACKTICK && has(Feature.BackslashEscapes);
    emit(kind, endOfQuoted(text, at, quote, escapes));
  }

  function symbol(code: number): void {
    const next = text.charCodeAt(at + 1);
    if ((code === 0x2d && next === 0x2d && isDashComment()) || (code === 0x23 && has(Feature.HashComments))) {
      emit(SqlKind.LineComment, endOfLine(text, at));
    } else if (code === 0x23 && has(Feature.HashNames)) word();
    else if (code === 0x2f && next === 0x2a) blockComment();
    else if (code === 0x2a && next === 0x2f && openExecutableComments > 0) {
      openExecutableComments--;
      at += 2;
    } else if ((code === 0x2b || code === 0x2d) && isDigit(next) && !followsOperand()) number(at + 1);
    else if (code === 0x40 && has(Feature.AtVariables)) variable();
    else if (code === 0x3a && has(Feature.ColonParameters) && isNamePart(next)) {
      emit(SqlKind.Placeholder, endOfName(at + 1));
    } else if (code === DOLLAR) dollar(next);
    else if (code !== 0x5b || !bracketedIdentifier(next)) plainSymbol(code);
  }

  function plainSymbol(code: number): void {
    for (const [symbol, kind] of syntax.symbols.get(code) ?? []) {
      if (symbol.length === 1 || text.startsWith(symbol, at)) {
        emit(kind, at + symbol.length);
        return;
      }
    }
    emit(SqlKind.Unknown, at + 1);
  }

  function isDashComment(): boolean {
    const after = at + 2;
    return !has(Feature.DashCommentNeedsBlank) || !(text.charCodeAt(after) > 0x20);
  }

  /** Whether the last token is an operand, so that a sign after it is an operator. */
  function followsOperand(): boolean {
    const last = kinds[kinds.length - 1];
    return last !== undefined && isOperand(last);
  }

  function blockComment(): void {
    let end = at + 2;
    if (has(Feature.ExecutableComments) && text.charCodeAt(end) === 0x21) {
      // `/*!` and a version are a comment of their own, the body is code, and the end of it is nothing.
      do end++;
      while (isDigit(text.charCodeAt(end)));
      openExecutableComments++;
    } else if (has(Feature.NestedComments)) end = endOfNestedComment(text, at);
    else end = endAfter(text, '*/', end);
    emit(SqlKind.BlockComment, end);
  }

  /** `@x`, `@@global.x`, `@'x'`. */
  function variable(): void {
    let start = at + 1;
    if (text.charCodeAt(start) === 0x40) start++;
    const quote = text.charCodeAt(start);
    const isQuoted = quote === QUOTE || quote === DOUBLE_QUOTE || quote === BACKTICK;
    emitName(isQuoted ? endOfQuoted(text, start, quote, false) : endOfName(start));
  }

  /** `$1`, `$name`, a string in dollar quotes, or an amount. */
  function dollar(next: number): void {
    const start = at + 1;
    const end = endOfMatch(WORD_PART, text, start);
    if (has(Feature.DollarAmounts) && (isDigit(next) || next === 0x2e)) {
      emit(SqlKind.NumberLiteral, endOfMatch(AMOUNT, text, start));
    } else if (has(Feature.DollarStrings) && text.charCodeAt(end) === DOLLAR && !isDigit(next)) {
      const tag = text.slice(at, end + 1);
      emit(SqlKind.DollarQuotedString, endAfter(text, tag, end + 1));
    } else emitName(end);
  }

  function bracketedIdentifier(next: number): boolean {
    if (has(Feature.DoubledBracketNames)) {
      quoted(CLOSING_BRACKET, SqlKind.Identifier);
      return true;
    }
    const mayBegin =
      has(Feature.BracketNames) || (has(Feature.LetterBracketNames) && (isLetter(next) || next === 0x5f));
    if (!mayBegin || noBracketAhead) return false;
    const close = text.indexOf(']', at);
    noBracketAhead = close < 0;
    if (close > 0) emit(SqlKind.Identifier, close + 1);
    return close > 0;
  }
}
