import { isDigit, isHexDigit, isLetter } from './characters.ts';
import { hashWord, type SqlDialect, type SqlSyntax, SYNTAX } from './sql-dialects.ts';
import {
  DOLLAR,
  endAfter,
  endOfDelimited,
  endOfDigits,
  endOfExponent,
  endOfFraction,
  endOfLine,
  endOfNestedComment,
  endOfQuoted,
  isNamePart,
  isSign,
} from './sql-lexemes.ts';
import * as SqlKind from './sql-token-kinds.ts';
import { equalsIgnoringCase, isOperand, type SqlTokenKind, type SqlTokens } from './sql-tokens.ts';
import { TokenList } from './token-list.ts';

/** UTF-16 code units of a statement that are tokenised; what lies beyond is not looked at. */
export const MAX_STATEMENT_LENGTH = 512 * 1024;

const LONGEST_WORD = 'straight_join'.length;
const LONGEST_PREFIX = 'nq'.length;
const QUOTE = 0x27;
const CLOSING_BRACKET = 0x5d;

/**
 * Splits a SQL statement into tokens. Never throws: an unterminated string or comment reaches to the end, an
 * unexpected character is a token of its own. Each code unit is read a constant number of times.
 */
export function tokenizeSql(statement: string, dialect: SqlDialect): SqlTokens {
  const text = statement.length > MAX_STATEMENT_LENGTH ? statement.slice(0, MAX_STATEMENT_LENGTH) : statement;
  const scanner = new SqlScanner(text, SYNTAX[dialect]);
  scanner.run();
  return scanner;
}

class SqlScanner extends TokenList<SqlTokenKind> implements SqlTokens {
  readonly text: string;
  firstWhere = Number.POSITIVE_INFINITY;
  readonly syntax: SqlSyntax;
  #position = 0;
  #openExecutableComments = 0;
  #noBracketAhead = false;

  constructor(text: string, syntax: SqlSyntax) {
    super();
    this.text = text;
    this.syntax = syntax;
  }

  run(): void {
    const { text } = this;
    while (this.#position < text.length) {
      const code = text.charCodeAt(this.#position);
      if (code <= 0x20 || code === 0x28 || code === 0x29) this.#position++;
      else if (isLetter(code) || code === 0x5f || code > 0x7f) this.#word();
      else if (isDigit(code)) this.#number(this.#position);
      else if (code === QUOTE) this.#quoted(code, SqlKind.SingleQuotedString, this.syntax.backslashEscapes);
      else if (code === 0x22) this.#doubleQuoted();
      else if (code === 0x60) this.#quoted(code, SqlKind.Identifier, false);
      else this.#symbol(code);
    }
  }

  #emit(kind: SqlTokenKind, end: number): void {
    this.#position = this.add(kind, this.#position, end);
  }

  #word(): void {
    const { text, syntax } = this;
    let end = this.#position;
    let hash = 0;
    for (; end < text.length && this.#isInName(end); end++) hash = hashWord(hash, text.charCodeAt(end));
    const length = end - this.#position;
    if (length <= LONGEST_PREFIX && text.charCodeAt(end) === QUOTE && this.#prefixedString(end)) return;
    const candidates = length <= LONGEST_WORD ? syntax.words.get(hash) : undefined;
    for (const [word, kind] of candidates ?? []) {
      if (word.length === length && equalsIgnoringCase(text, this.#position, word)) {
        if (word === 'where' || word === 'having') {
          this.firstWhere = Math.min(this.firstWhere, this.kinds.length);
        }
        this.#emit(kind, end);
        return;
      }
    }
    this.#emit(SqlKind.Identifier, end);
  }

  #isInName(index: number): boolean {
    return (
      isNamePart(this.text.charCodeAt(index)) || this.syntax.nameSymbols.includes(this.text[index] ?? ' ')
    );
  }

  /** A string with a prefix, whose quote is at `quote`, if the dialect has the prefix. */
  #prefixedString(quote: number): boolean {
    const { text, syntax } = this;
    const position = this.#position;
    const style = syntax.stringPrefixes[text.slice(position, quote).toLowerCase()];
    if (style === undefined) return false;
    const end =
      style === 'delimited'
        ? endOfDelimited(text, quote)
        : endOfQuoted(text, quote, QUOTE, style === 'escaped');
    this.#emit(SqlKind.SingleQuotedString, end);
    return true;
  }

  /**
   * A number whose digits begin at `digits`, which is the position or, after a sign, the next one. Digits with letters
   * after them are a name (`1abc`), but a number that has more than digits ends where it ends: `1.5union` is two tokens.
   */
  #number(digits: number): void {
    const { text } = this;
    const position = this.#position;
    const radix = text.charCodeAt(digits) === 0x30 ? text.charCodeAt(digits + 1) | 0x20 : 0;
    if (radix === 0x78 || radix === 0x62 || radix === 0x6f) {
      let end = digits + 2;
      while (isHexDigit(text.charCodeAt(end)) || text.charCodeAt(end) === 0x5f) end++;
      this.#emit(SqlKind.NumberLiteral, end);
      return;
    }
    const whole = endOfDigits(text, digits);
    const end = endOfExponent(text, endOfFraction(text, whole));
    if (end > whole || !this.syntax.digitNames || !isNamePart(text.charCodeAt(end))) {
      this.#emit(SqlKind.NumberLiteral, end);
      return;
    }
    if (digits > position) this.#emit(SqlKind.BinaryOperator, digits);
    let nameEnd = end;
    while (isNamePart(text.charCodeAt(nameEnd))) nameEnd++;
    this.#emit(SqlKind.Identifier, nameEnd);
  }

  #doubleQuoted(): void {
    if (this.syntax.doubleQuotedStrings) {
      this.#quoted(0x22, SqlKind.DoubleQuotedString, this.syntax.backslashEscapes);
    } else {
      this.#quoted(0x22, SqlKind.Identifier, false);
    }
  }

  #quoted(quote: number, kind: SqlTokenKind, backslashEscapes: boolean): void {
    this.#emit(kind, endOfQuoted(this.text, this.#position, quote, backslashEscapes));
  }

  #symbol(code: number): void {
    const next = this.text.charCodeAt(this.#position + 1);
    if (code === 0x2d && next === 0x2d && this.#isDashComment()) this.#lineComment();
    else if (code === 0x23 && this.syntax.hashes === 'comment') this.#lineComment();
    else if (code === 0x23 && this.syntax.hashes === 'name') this.#word();
    else if (code === 0x2f && next === 0x2a) this.#blockComment();
    else if (code === 0x2a && next === 0x2f && this.#openExecutableComments > 0) this.#endExecutableComment();
    else if (isSign(code) && isDigit(next) && !this.#endsOperand()) this.#number(this.#position + 1);
    else if (code === 0x40 && this.syntax.atVariables) this.#variable();
    else if (code === 0x3a && this.syntax.colonParameters && isNamePart(next)) this.#parameter();
    else if (code === DOLLAR) this.#dollar(next);
    else if (code !== 0x5b || !this.#bracketedIdentifier(next)) this.#plainSymbol(code);
  }

  #plainSymbol(code: number): void {
    for (const [symbol, kind] of this.syntax.symbols.get(code) ?? []) {
      if (symbol.length === 1 || this.text.startsWith(symbol, this.#position)) {
        this.#emit(kind, this.#position + symbol.length);
        return;
      }
    }
    this.#emit(SqlKind.Unknown, this.#position + 1);
  }

  #isDashComment(): boolean {
    const after = this.#position + 2;
    return (
      !this.syntax.dashCommentNeedsBlank || after >= this.text.length || this.text.charCodeAt(after) <= 0x20
    );
  }

  /** Whether the last token is an operand, so that a sign after it is an operator. */
  #endsOperand(): boolean {
    const last = this.kinds[this.kinds.length - 1];
    return last !== undefined && isOperand(last);
  }

  #lineComment(): void {
    this.#emit(SqlKind.LineComment, endOfLine(this.text, this.#position));
  }

  #blockComment(): void {
    const { text, syntax } = this;
    const position = this.#position;
    if (syntax.executableComments && text.charCodeAt(position + 2) === 0x21) {
      this.#beginExecutableComment();
      return;
    }
    const end = syntax.nestedComments
      ? endOfNestedComment(text, position)
      : endAfter(text, '*/', position + 2);
    this.#emit(SqlKind.BlockComment, end);
  }

  /** `/*!` and a version are a comment of their own, the body is code, and the end of it is nothing. */
  #beginExecutableComment(): void {
    let end = this.#position + 3;
    while (isDigit(this.text.charCodeAt(end))) end++;
    this.#openExecutableComments++;
    this.#emit(SqlKind.BlockComment, end);
  }

  #endExecutableComment(): void {
    this.#openExecutableComments--;
    this.#position += 2;
  }

  /** `@x`, `@@global.x`, `@'x'`. */
  #variable(): void {
    const { text } = this;
    let end = this.#position + 1;
    if (text.charCodeAt(end) === 0x40) end++;
    const quote = text.charCodeAt(end);
    if (quote === 0x27 || quote === 0x22 || quote === 0x60) end = endOfQuoted(text, end, quote, false);
    else while (this.#isInName(end)) end++;
    this.#emit(end > this.#position + 1 ? SqlKind.Identifier : SqlKind.Unknown, end);
  }

  /** `:1`, `:name`. */
  #parameter(): void {
    let end = this.#position + 1;
    while (this.#isInName(end)) end++;
    this.#emit(SqlKind.Placeholder, end);
  }

  /** `$1`, `$name`, a string in dollar quotes, or an amount. */
  #dollar(next: number): void {
    const { text } = this;
    const position = this.#position;
    let end = position + 1;
    while (end < text.length && isNamePart(text.charCodeAt(end)) && text.charCodeAt(end) !== DOLLAR) end++;
    if (this.syntax.dollars === 'money' && (isDigit(next) || next === 0x2e)) {
      this.#emit(SqlKind.NumberLiteral, endOfFraction(text, endOfDigits(text, position + 1)));
    } else if (this.syntax.dollars === 'strings' && text.charCodeAt(end) === DOLLAR && !isDigit(next)) {
      const tag = text.slice(position, end + 1);
      this.#emit(SqlKind.DollarQuotedString, endAfter(text, tag, end + 1));
    } else {
      this.#emit(end > position + 1 ? SqlKind.Identifier : SqlKind.Unknown, end);
    }
  }

  #bracketedIdentifier(next: number): boolean {
    const { brackets } = this.syntax;
    if (brackets === 'identifier-with-doubled') {
      this.#quoted(CLOSING_BRACKET, SqlKind.Identifier, false);
      return true;
    }
    const mayBegin =
      brackets === 'identifier' ||
      (brackets === 'identifier-before-letter' && (isLetter(next) || next === 0x5f));
    if (!mayBegin || this.#noBracketAhead) return false;
    const close = this.text.indexOf(']', this.#position);
    if (close < 0) {
      this.#noBracketAhead = true;
      return false;
    }
    this.#emit(SqlKind.Identifier, close + 1);
    return true;
  }
}
