import { isLetter } from '../../characters.ts';
import { endAfter, endOfMatch } from '../../lexemes.ts';
import { readMoney, readNumber, readQuotedNumber } from './numbers.ts';
import { readCustomQuoted, readDollarQuoted, readQuoted } from './strings.ts';
import { createToken, type Lexeme, lexeme, MAX_TOKEN_LENGTH, type Token } from './token.ts';
import { typeOfSymbol, typeOfWord } from './words.ts';

/** How comments are read: `#` and, without a blank after it, `--` are operators in the one and not in the other. */
export type Mode = 'ansi' | 'mysql';

/** Where in a statement the text would stand: bare, or in a string that the quote delimits. */
export type Context = '' | "'" | '"' | '`';

type Reader = (text: string, at: number, tokenizer: Tokenizer) => Lexeme;

/** What begins a word and no string, or goes on with what is none: `3d`, `and/or`, `a+b`. */
const WORD_START = /(?!(?:[ebnqx]|nq|u&)')[a-z_\x80-\x9f\xa1-\uffff]/iy;

/** Reads SQL text token by token, whatever it is. Linear in the text, over all calls. */
export class Tokenizer {
  /** Tokens read so far. */
  count = 0;
  /** Whether the other mode would have read a comment otherwise. */
  differsByMode = false;
  readonly text: string;
  readonly context: Context;
  readonly mode: Mode;
  #at = 0;

  constructor(text: string, context: Context, mode: Mode) {
    this.text = text;
    this.context = context;
    this.mode = mode;
  }

  /** The next token, or undefined at the end. */
  next(): Token | undefined {
    const { text } = this;
    if (this.#at === 0 && this.context !== '') return this.#take(readQuoted(text, 0, this.context, ''));
    while (this.#at < text.length && isBlank(text.charCodeAt(this.#at))) this.#at++;
    if (this.#at >= text.length) return undefined;
    const read = READERS.get(text[this.#at]!) ?? readWord;
    return this.#take(read(text, this.#at, this));
  }

  #take({ token, end }: Lexeme): Token {
    this.#at = end;
    this.count++;
    return token;
  }
}

/** Control characters, the space, and the no-break space that MySQL takes for one. */
function isBlank(code: number): boolean {
  return code <= 0x20 || code === 0x7f || code === 0xa0;
}

/** What may follow `--` for all dialects to read a comment. */
const BLANK = /[ \t-\r\xa0\0]/;

const WORD = /[^ [\]{}<>:\\?=@!#~+\-*/&|^%(),';\t-\r"\xa0\0]*/y;
const VARIABLE = /@{1,2}[^ <>:\\?=@!#~+\-*/&|^%(),';\t-\r"`]*/y;
const QUALIFIER = /[.`]/;

/**
 * A reader of what doesn't stand right before a word, in SQL as people write it. Where it does, the text is a path, a
 * date, an address or a code, and ends here, unless the word is one that a statement may go on with even after a number
 * and without a blank: `1.0union select`.
 */
function endingBeforeWord(read: Reader): Reader {
  return (text, at, tokenizer) => {
    const found = read(text, at, tokenizer);
    const { type } = found.token;
    if (endOfMatch(WORD_START, text, found.end) === 0 || type === 'c') return found;
    // `$a`, but not `$_`.
    if (found.token.text === '$' && isLetter(text.charCodeAt(found.end))) return found;
    if (type === '1' && '&UB'.includes(readWord(text, found.end).token.type)) return found;
    return { token: found.token, end: text.length };
  };
}

function readSelf(text: string, at: number): Lexeme {
  return lexeme(text[at]!, text, at, at + 1);
}

function readUnknown(text: string, at: number): Lexeme {
  return lexeme('?', text, at, at + 1);
}

function readOperator(text: string, at: number): Lexeme {
  return lexeme('o', text, at, at + 1);
}

function readSymbol(text: string, at: number): Lexeme {
  if (text.startsWith('<=>', at)) return lexeme('o', text, at, at + 3);
  const type = typeOfSymbol(text.slice(at, at + 2));
  if (type !== undefined) return lexeme(type, text, at, at + 2);
  return text[at] === ':' && at + 1 < text.length ? readSelf(text, at) : readOperator(text, at);
}

/** A keyword, a function or a name. Of `select.x` it is only what goes before the point. */
function readWord(text: string, at: number): Lexeme {
  const end = endOfMatch(WORD, text, at);
  const word = text.slice(at, Math.min(end, at + MAX_TOKEN_LENGTH + 1)).toLowerCase();
  for (let i = word.search(QUALIFIER); i >= 0 && i < word.length; i++) {
    if (word[i] !== '.' && word[i] !== '`') continue;
    const type = typeOfWord(word.slice(0, i));
    if (type !== undefined && type !== 'n') return lexeme(type, text, at, at + i);
  }
  if (word.length > MAX_TOKEN_LENGTH) return lexeme('n', text, at, end);
  return { token: { type: typeOfWord(word) ?? 'n', text: word, open: '', close: '' }, end };
}

function readVariable(text: string, at: number): Lexeme {
  const end = endOfMatch(VARIABLE, text, at);
  const start = text[at + 1] === '@' ? at + 2 : at + 1;
  const quote = text[start];
  if (quote === '`' || quote === "'" || quote === '"') return readQuoted(text, start + 1, quote, quote, 'v');
  return lexeme('v', text, at, end);
}

function readLineComment(text: string, at: number): Lexeme {
  return lexeme('c', text, at, endAfter(text, '\n', at));
}

function readDash(text: string, at: number, tokenizer: Tokenizer): Lexeme {
  if (text[at + 1] !== '-') return readOperator(text, at);
  const isComment = at + 2 === text.length || BLANK.test(text[at + 2]!);
  if (isComment) return readLineComment(text, at);
  if (tokenizer.mode === 'mysql') return readOperator(text, at);
  tokenizer.differsByMode = true;
  return readLineComment(text, at);
}

function readHash(text: string, at: number, tokenizer: Tokenizer): Lexeme {
  tokenizer.differsByMode = true;
  return tokenizer.mode === 'mysql' ? readLineComment(text, at) : readOperator(text, at);
}

/** A comment within a comment, and what only MySQL executes, hide code: there is no benign reason for either. */
function readSlash(text: string, at: number): Lexeme {
  if (text[at + 1] !== '*') return readOperator(text, at);
  const close = text.indexOf('*/', at + 2);
  const end = close < 0 ? text.length : close + 2;
  const nested = close >= 0 && text.slice(at + 2, end - 1).includes('/*');
  return lexeme(nested || text[at + 2] === '!' ? 'X' : 'c', text, at, end);
}

/** `\N` is null; else the backslash is left to the folding. */
function readBackslash(text: string, at: number): Lexeme {
  return text[at + 1] === 'N' ? lexeme('1', text, at, at + 2) : readSelf(text, at);
}

function readString(text: string, at: number): Lexeme {
  return readQuoted(text, at + 1, text[at]!, text[at]!);
}

/** MySQL's quoted names. */
function readBackquoted(text: string, at: number): Lexeme {
  const { token, end } = readQuoted(text, at + 1, '`', '`', 'n');
  if (typeOfWord(token.text) === 'f') token.type = 'f';
  return { token, end };
}

function readBracketed(text: string, at: number): Lexeme {
  return lexeme('n', text, at, endAfter(text, ']', at));
}

function readDollar(text: string, at: number): Lexeme {
  const money = readMoney(text, at);
  if (money) return money.token.text === '$.' ? readWord(text, at) : money;
  return readDollarQuoted(text, at) ?? lexeme('n', text, at, at + 1);
}

function readBitsOrHex(text: string, at: number): Lexeme {
  return readQuotedNumber(text, at) ?? readWord(text, at);
}

/** PostgreSQL's `E'\n'`. */
function readEscapeString(text: string, at: number): Lexeme {
  return text[at + 1] === "'" && at + 2 < text.length
    ? readQuoted(text, at + 2, "'", "'")
    : readWord(text, at);
}

function readNational(text: string, at: number, tokenizer: Tokenizer): Lexeme {
  if (text[at + 1] === "'") return readEscapeString(text, at);
  return /q/i.test(text[at + 1] ?? '') ? readNationalCustom(text, at, tokenizer) : readWord(text, at);
}

const readNationalCustom = endingBeforeWord(
  (text, at) => readCustomQuoted(text, at + 2) ?? readWord(text, at),
);

function readCustom(text: string, at: number): Lexeme {
  return readCustomQuoted(text, at + 1) ?? readWord(text, at);
}

/** `U&'d\0061ta'`. */
function readUnicode(text: string, at: number): Lexeme {
  if (!text.startsWith("&'", at + 1)) return readWord(text, at);
  const { token, end } = readQuoted(text, at + 3, "'", 'u');
  return { token: createToken('s', token.text, 'u', token.close && 'u'), end };
}

const READERS: ReadonlyMap<string, Reader> = new Map(
  (
    [
      ['!&*:<=>|', readSymbol],
      ['%+^~', endingBeforeWord(readOperator)],
      ['(),;{}', readSelf],
      ['?]', endingBeforeWord(readUnknown)],
      ['"\'', readString],
      ['0123456789.', endingBeforeWord(readNumber)],
      ['`', readBackquoted],
      ['[', endingBeforeWord(readBracketed)],
      ['@', readVariable],
      ['$', endingBeforeWord(readDollar)],
      ['-', readDash],
      ['/', endingBeforeWord(readSlash)],
      ['#', endingBeforeWord(readHash)],
      ['\\', endingBeforeWord(readBackslash)],
      ['bBxX', endingBeforeWord(readBitsOrHex)],
      ['eE', readEscapeString],
      ['nN', readNational],
      ['qQ', endingBeforeWord(readCustom)],
      ['uU', readUnicode],
    ] as const
  ).flatMap(([characters, reader]) => [...characters].map((character) => [character, reader] as const)),
);
