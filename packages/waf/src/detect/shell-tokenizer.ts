import { endAfter, endOfMatch } from '../lexemes.ts';
import {
  ASSIGNABLE,
  BACKTICK,
  COMMENTED_FIELD,
  DESCRIPTOR,
  DOLLAR,
  DOUBLE_QUOTE,
  endOfAnsiQuote,
  endOfLiteral,
  endOfRedirection,
  FIELD,
  PARAMETER,
  QUOTE,
} from './shell-lexemes.ts';
import * as ShellScope from './shell-scopes.ts';
import * as ShellKind from './shell-token-kinds.ts';
import type { ShellTokenKind, ShellTokens } from './shell-tokens.ts';
import { TokenList } from './token-list.ts';

/** Nested substitutions and groups; beyond, they are read as if they were not there. */
const MAX_DEPTH = 256;

/** What the next word of a scope is. */
const COMMAND = 0;
const ASSIGNED_VALUE = 1;
const ARGUMENT = 2;

interface Scope {
  readonly kind: (typeof ShellScope)[keyof typeof ShellScope];
  expects: typeof COMMAND | typeof ASSIGNED_VALUE | typeof ARGUMENT;
}

/**
 * Splits a command line of a POSIX shell into tokens, marking the words that are run. With `ansiQuotes`, `$'it\'s'` is
 * one string, as bash, ksh and zsh have it; dash does not. Never throws: what is not closed reaches to the end. Each code
 * unit is read a constant number of times.
 */
export function tokenizeShell(text: string, ansiQuotes: boolean): ShellTokens {
  const scanner = new ShellScanner(text, ansiQuotes);
  scanner.run();
  return scanner;
}

class ShellScanner extends TokenList<ShellTokenKind> {
  readonly #text: string;
  readonly #ansiQuotes: boolean;
  readonly #scopes: Scope[] = [{ kind: ShellScope.Line, expects: COMMAND }];
  #position = 0;
  #inComment = false;

  constructor(text: string, ansiQuotes: boolean) {
    super();
    this.#text = text;
    this.#ansiQuotes = ansiQuotes;
  }

  run(): void {
    while (this.#position < this.#text.length) {
      const { kind } = this.#scope;
      if (kind === ShellScope.DoubleQuoted || kind === ShellScope.Parameter) this.#expandedPart(kind);
      else this.#step(this.#unit(0));
    }
  }

  get #scope(): Scope {
    return this.#scopes[this.#scopes.length - 1]!;
  }

  /** The code unit so far behind the position. */
  #unit(offset: number): number {
    return this.#text.charCodeAt(this.#position + offset);
  }

  #step(code: number): void {
    const next = this.#unit(1);
    if (code === 0x20 || code === 0x09) this.#blank();
    else if (code === DOUBLE_QUOTE && !this.#inComment) this.#expanded(ShellScope.DoubleQuoted, 1);
    else if (code === QUOTE && !this.#inComment) this.#word(endAfter(this.#text, "'", this.#position + 1));
    else if (code === BACKTICK) this.#backtick();
    else if (code === DOLLAR) this.#dollar(next);
    else if (code === 0x28) this.#parenthesis(next);
    else if (code === 0x29) this.#closeParenthesis(next);
    else if (code === 0x5d && this.#scope.kind === ShellScope.LegacyArithmetic) this.#close(1);
    else if (code === 0x7b) this.#brace(next);
    else if (code === 0x7d) this.#closeBrace();
    else if (code === 0x3d) this.#emit(ShellKind.Equal, 1);
    else if (code === 0x0a || code === 0x3b || code === 0x21) this.#control(code, 1);
    else if (code === 0x7c || (code === 0x26 && next !== 0x3e)) this.#control(code, next === code ? 2 : 1);
    else if (code === 0x26 || code === 0x3c || code === 0x3e) this.#redirection(this.#position, next);
    else this.#field(code);
  }

  #emit(kind: ShellTokenKind, length: number): void {
    this.#position = this.add(kind, this.#position, this.#position + length);
  }

  #blank(): void {
    if (this.#scope.expects === ASSIGNED_VALUE) this.#scope.expects = COMMAND;
    this.#position++;
  }

  /** Whether a command is expected, which then is there. */
  #beginsCommand(): boolean {
    const scope = this.#scope;
    const begins = scope.expects === COMMAND;
    if (begins) scope.expects = ARGUMENT;
    return begins;
  }

  #word(end: number): void {
    this.#emit(this.#beginsCommand() ? ShellKind.Executable : ShellKind.Word, end - this.#position);
  }

  #control(code: number, length: number): void {
    if (code === 0x0a) this.#inComment = false;
    this.#scope.expects = COMMAND;
    this.#emit(ShellKind.Control, length);
  }

  #bracket(length: number): void {
    this.#emit(ShellKind.Bracket, length);
  }

  #open(kind: Scope['kind'], length: number, expects: Scope['expects']): void {
    if (expects === COMMAND) this.#beginsCommand();
    this.#bracket(length);
    if (this.#scopes.length < MAX_DEPTH) this.#scopes.push({ kind, expects });
  }

  #close(length: number): void {
    this.#bracket(length);
    this.#scopes.pop();
  }

  #backtick(): void {
    if (this.#scope.kind === ShellScope.Backtick) this.#close(1);
    else this.#open(ShellScope.Backtick, 1, COMMAND);
  }

  #dollar(next: number): void {
    const text = this.#text;
    let end = this.#position + 2;
    if (next === 0x28 && text.charCodeAt(end) === 0x28) this.#open(ShellScope.Arithmetic, 3, ARGUMENT);
    else if (next === 0x28) this.#open(ShellScope.Parentheses, 2, COMMAND);
    else if (next === 0x5b) this.#open(ShellScope.LegacyArithmetic, 2, ARGUMENT);
    // `${x}` is a word; `${x:-$(id)}` is several, for what is in it is expanded too.
    else if (next === 0x7b) this.#expanded(ShellScope.Parameter, 2);
    else if (next === QUOTE && this.#ansiQuotes && !this.#inComment) this.#word(endOfAnsiQuote(text, end));
    else {
      end = endOfMatch(PARAMETER, text, this.#position);
      if (end > 0) this.#word(end);
      else this.#position++;
    }
  }

  #parenthesis(next: number): void {
    const last = this.kinds.length - 1;
    const isValue = this.kinds[last] === ShellKind.Equal && this.ends[last] === this.#position;
    if (isValue) this.#open(ShellScope.Parentheses, 1, ARGUMENT);
    else if (next === 0x28) this.#open(ShellScope.Arithmetic, 2, ARGUMENT);
    else if (this.#scope.expects === COMMAND) this.#open(ShellScope.Parentheses, 1, COMMAND);
    else this.#bracket(1);
  }

  #closeParenthesis(next: number): void {
    const { kind } = this.#scope;
    const isEmpty = this.#unit(-1) === 0x28;
    if (kind === ShellScope.Arithmetic && next === 0x29) this.#close(2);
    else if (kind === ShellScope.Parentheses) this.#close(1);
    else this.#bracket(1);
    // The body of a function: `f() { id; }`.
    const hasName = kind === ShellScope.Line && this.kinds[this.kinds.length - 3] === ShellKind.Executable;
    if (isEmpty && hasName) this.#scope.expects = COMMAND;
  }

  #brace(next: number): void {
    if (next === 0x20 && this.#scope.expects === COMMAND) this.#open(ShellScope.Group, 1, COMMAND);
    else this.#bracket(1);
  }

  #closeBrace(): void {
    const last = this.kinds[this.kinds.length - 1];
    if (this.#scope.kind === ShellScope.Group && last === ShellKind.Control) this.#close(1);
    else this.#bracket(1);
  }

  /** A redirection whose `<`, `>` or `&>` is at `at`, after its digits if that is not the position. */
  #redirection(at: number, next: number): void {
    const position = this.#position;
    if (next === 0x28 && this.#unit(0) !== 0x26 && at === position) {
      this.#open(ShellScope.Parentheses, 2, COMMAND);
    } else this.#emit(ShellKind.Redirection, endOfRedirection(this.#text, at) - position);
  }

  #field(code: number): void {
    const text = this.#text;
    const position = this.#position;
    const digits = endOfMatch(DESCRIPTOR, text, position);
    if (digits > 0) {
      this.#redirection(digits, text.charCodeAt(digits + 1));
      return;
    }
    if (code === 0x23 && this.#isAtWordStart()) this.#inComment = true;
    // A backslash takes the special meaning of a quote, a dollar or another backslash.
    const end = endOfMatch(this.#inComment ? COMMENTED_FIELD : FIELD, text, position);
    const isAssigned =
      text.charCodeAt(end) === 0x3d &&
      this.#scope.expects === COMMAND &&
      ASSIGNABLE.test(text.slice(position, end));
    if (isAssigned) {
      this.#scope.expects = ASSIGNED_VALUE;
      this.#emit(ShellKind.VariableName, end - position);
    } else this.#word(end);
  }

  #isAtWordStart(): boolean {
    const last = this.ends.length - 1;
    if (last < 0 || this.ends[last]! < this.#position) return true;
    return this.kinds[last] === ShellKind.Control || this.kinds[last] === ShellKind.Bracket;
  }

  /** Quotes or braces that `length` code units open: one word if nothing interrupts them, else a scope. */
  #expanded(closing: Scope['kind'], length: number): void {
    const text = this.#text;
    const end = endOfLiteral(text, this.#position + length, closing);
    if (end === text.length || text.charCodeAt(end) === closing) {
      this.#word(Math.min(end + 1, text.length));
    } else {
      this.#beginsCommand();
      this.#open(closing, end - this.#position, ARGUMENT);
    }
  }

  /** Within quotes or braces, from the position: a literal part, what interrupts it, or the end. */
  #expandedPart(closing: number): void {
    const end = endOfLiteral(this.#text, this.#position, closing);
    if (end > this.#position) this.#emit(ShellKind.Word, end - this.#position);
    const code = this.#unit(0);
    if (code === closing) this.#close(1);
    else if (code === BACKTICK) this.#backtick();
    else if (code === DOLLAR) this.#dollar(this.#unit(1));
  }
}
