import { isDigit, isLetter } from '../characters.ts';
import { endAfter, endOfLine, endOfMatch } from '../lexemes.ts';
import { hashWord, type SqlDialect, type SqlSyntax, SYNTAX } from './sql-dialects.ts';
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
  const scanner = new SqlScanner(statement.slice(0, MAX_STATEMENT_LENGTH), SYNTAX[dialect]);
  scanner.run();
  return scanner;
}

class SqlScanner extends TokenList<SqlTokenKind> implements SqlTokens {
  readonly text: string;
  readonly features: number;
  firstWhere = Number.POSITIVE_INFINITY;
  readonly #syntax: SqlSyntax;
  #at = 0;
  #openExecutableComments = 0;
  #noBracketAhead = false;

  constructor(text: string, syntax: SqlSyntax) {
    super();
    this.text = text;
    this.features = syntax.features;
    this.#syntax = syntax;
  }

  run(): void {
    const { text } = this;
    while (this.#at < text.length) {
      const code = text.charCodeAt(this.#at);
      if (code <= 0x20 || code === 0x28 || code === 0x29) this.#at++;
      else if (isLetter(code) || code === 0x5f || code > 0x7f) this.#word();
      else if (isDigit(code)) this.#number(this.#at);
      else if (code === QUOTE) this.#quoted(code, SqlKind.SingleQuotedString);
      else if (code === DOUBLE_QUOTE) {
        this.#quoted(
          code,
          this.#has(Feature.DoubleQuotedStrings) ? SqlKind.DoubleQuotedString : SqlKind.Identifier,
        );
      } else if (code === BACKTICK) this.#quoted(code, SqlKind.Identifier);
      else this.#symbol(code);
    }
  }

  #has(feature: number): boolean {
    return (this.features & feature) !== 0;
  }

  #emit(kind: SqlTokenKind, end: number): void {
    this.#at = this.add(kind, this.#at, end);
  }

  /** What a symbol and the name after it make; the symbol alone means nothing. */
  #emitName(end: number): void {
    this.#emit(end > this.#at + 1 ? SqlKind.Identifier : SqlKind.Unknown, end);
  }

  #isInName(index: number): boolean {
    return (
      isNamePart(this.text.charCodeAt(index)) ||
      this.#syntax.nameSymbols.includes(this.text.charAt(index) || ' ')
    );
  }

  #endOfName(from: number): number {
    let end = from;
    while (this.#isInName(end)) end++;
    return end;
  }

  #word(): void {
    const { text } = this;
    let end = this.#at;
    let hash = 0;
    for (; this.#isInName(end); end++) hash = hashWord(hash, text.charCodeAt(end));
    const length = end - this.#at;
    if (length <= LONGEST_PREFIX && text.charCodeAt(end) === QUOTE && this.#prefixedString(end)) return;
    const candidates = length <= LONGEST_WORD ? this.#syntax.words.get(hash) : undefined;
    for (const [word, kind] of candidates ?? []) {
      if (word.length === length && equalsIgnoringCase(text, this.#at, word)) {
        if (word === 'where' || word === 'having') {
          this.firstWhere = Math.min(this.firstWhere, this.kinds.length);
        }
        this.#emit(kind, end);
        return;
      }
    }
    this.#emit(SqlKind.Identifier, end);
  }

  /** A string with a prefix, whose quote is at `start`, if the dialect has the prefix. */
  #prefixedString(start: number): boolean {
    const { text } = this;
    const feature = STRING_PREFIXES[text.slice(this.#at, start).toLowerCase()] ?? 0;
    if (!this.#has(feature)) return false;
    this.#emit(
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
  #number(digits: number): void {
    const { text } = this;
    const end = endOfMatch(NUMBER, text, digits);
    const isWhole = end === endOfMatch(DIGITS, text, digits);
    if (!isWhole || !this.#has(Feature.DigitNames) || !isNamePart(text.charCodeAt(end))) {
      this.#emit(SqlKind.NumberLiteral, end);
      return;
    }
    if (digits > this.#at) this.#emit(SqlKind.BinaryOperator, digits);
    this.#emit(SqlKind.Identifier, endOfMatch(NAME_PART, text, end));
  }

  /** A backslash escapes where the dialect has it so, but not in MySQL's names. */
  #quoted(quote: number, kind: SqlTokenKind): void {
    const escapes = quote !== BACKTICK && this.#has(Feature.BackslashEscapes);
    this.#emit(kind, endOfQuoted(this.text, this.#at, quote, escapes));
  }

  #symbol(code: number): void {
    const { text } = this;
    const next = text.charCodeAt(this.#at + 1);
    if (
      (code === 0x2d && next === 0x2d && this.#isDashComment()) ||
      (code === 0x23 && this.#has(Feature.HashComments))
    ) {
      this.#emit(SqlKind.LineComment, endOfLine(text, this.#at));
    } else if (code === 0x23 && this.#has(Feature.HashNames)) this.#word();
    else if (code === 0x2f && next === 0x2a) this.#blockComment();
    else if (code === 0x2a && next === 0x2f && this.#openExecutableComments > 0) {
      this.#openExecutableComments--;
      this.#at += 2;
    } else if ((code === 0x2b || code === 0x2d) && isDigit(next) && !this.#followsOperand())
      this.#number(this.#at + 1);
    else if (code === 0x40 && this.#has(Feature.AtVariables)) this.#variable();
    else if (code === 0x3a && this.#has(Feature.ColonParameters) && isNamePart(next)) {
      this.#emit(SqlKind.Placeholder, this.#endOfName(this.#at + 1));
    } else if (code === DOLLAR) this.#dollar(next);
    else if (code !== 0x5b || !this.#bracketedIdentifier(next)) this.#plainSymbol(code);
  }

  #plainSymbol(code: number): void {
    for (const [symbol, kind] of this.#syntax.symbols.get(code) ?? []) {
      if (symbol.length === 1 || this.text.startsWith(symbol, this.#at)) {
        this.#emit(kind, this.#at + symbol.length);
        return;
      }
    }
    this.#emit(SqlKind.Unknown, this.#at + 1);
  }

  #isDashComment(): boolean {
    const after = this.#at + 2;
    const { text } = this;
    return !this.#has(Feature.DashCommentNeedsBlank) || !(text.charCodeAt(after) > 0x20);
  }

  /** Whether the last token is an operand, so that a sign after it is an operator. */
  #followsOperand(): boolean {
    const last = this.kinds[this.kinds.length - 1];
    return last !== undefined && isOperand(last);
  }

  #blockComment(): void {
    const { text } = this;
    let end = this.#at + 2;
    if (this.#has(Feature.ExecutableComments) && text.charCodeAt(end) === 0x21) {
      // `/*!` and a version are a comment of their own, the body is code, and the end of it is nothing.
      do end++;
      while (isDigit(text.charCodeAt(end)));
      this.#openExecutableComments++;
    } else if (this.#has(Feature.NestedComments)) end = endOfNestedComment(text, this.#at);
    else end = endAfter(text, '*/', end);
    this.#emit(SqlKind.BlockComment, end);
  }

  /** `@x`, `@@global.x`, `@'x'`. */
  #variable(): void {
    const { text } = this;
    let start = this.#at + 1;
    if (text.charCodeAt(start) === 0x40) start++;
    const quote = text.charCodeAt(start);
    const isQuoted = quote === QUOTE || quote === DOUBLE_QUOTE || quote === BACKTICK;
    this.#emitName(isQuoted ? endOfQuoted(text, start, quote, false) : this.#endOfName(start));
  }

  /** `$1`, `$name`, a string in dollar quotes, or an amount. */
  #dollar(next: number): void {
    const { text } = this;
    const start = this.#at + 1;
    const end = endOfMatch(WORD_PART, text, start);
    if (this.#has(Feature.DollarAmounts) && (isDigit(next) || next === 0x2e)) {
      this.#emit(SqlKind.NumberLiteral, endOfMatch(AMOUNT, text, start));
    } else if (this.#has(Feature.DollarStrings) && text.charCodeAt(end) === DOLLAR && !isDigit(next)) {
      const tag = text.slice(this.#at, end + 1);
      this.#emit(SqlKind.DollarQuotedString, endAfter(text, tag, end + 1));
    } else this.#emitName(end);
  }

  #bracketedIdentifier(next: number): boolean {
    if (this.#has(Feature.DoubledBracketNames)) {
      this.#quoted(CLOSING_BRACKET, SqlKind.Identifier);
      return true;
    }
    const mayBegin =
      this.#has(Feature.BracketNames) ||
      (this.#has(Feature.LetterBracketNames) && (isLetter(next) || next === 0x5f));
    if (!mayBegin || this.#noBracketAhead) return false;
    const close = this.text.indexOf(']', this.#at);
    this.#noBracketAhead = close < 0;
    if (close > 0) this.#emit(SqlKind.Identifier, close + 1);
    return close > 0;
  }
}
