import { isDigit, isWord } from './characters.ts';
import {
  BACKSLASH,
  BACKTICK,
  CLOSING_BRACE,
  DOLLAR,
  DOUBLE_QUOTE,
  endAfterQuote,
  endOfAnsiQuote,
  endOfLiteral,
  endOfRedirection,
  isEscapable,
  isFieldPart,
  isSpecialParameter,
  QUOTE,
} from './shell-lexemes.ts';
import * as ShellKind from './shell-token-kinds.ts';
import type { ShellTokenKind, ShellTokens } from './shell-tokens.ts';
import { TokenList } from './token-list.ts';

/** Nested substitutions and groups; beyond, they are read as if they were not there. */
const MAX_DEPTH = 256;

type ScopeKind =
  | 'line'
  | 'double-quoted'
  | 'substitution'
  | 'backtick'
  | 'process'
  | 'subshell'
  | 'group'
  | 'array'
  | 'arithmetic'
  | 'legacy-arithmetic'
  | 'parameter';

/** What the next word of a scope is. */
type Expects = 'command' | 'assigned-value' | 'argument';

interface Scope {
  readonly kind: ScopeKind;
  expects: Expects;
}

export interface ShellOptions {
  /** Read `$'it\'s'` as one string, as bash, ksh and zsh do; dash does not. */
  ansiQuotes: boolean;
}

/**
 * Splits a command line of a POSIX shell into tokens, marking the words that are run. Never throws: what is not
 * closed reaches to the end. Each code unit is read a constant number of times.
 */
export function tokenizeShell(text: string, options: ShellOptions): ShellTokens {
  const scanner = new ShellScanner(text, options);
  scanner.run();
  return scanner;
}

class ShellScanner extends TokenList<ShellTokenKind> {
  readonly #text: string;
  readonly #options: ShellOptions;
  readonly #scopes: Scope[] = [{ kind: 'line', expects: 'command' }];
  #position = 0;
  #inComment = false;

  constructor(text: string, options: ShellOptions) {
    super();
    this.#text = text;
    this.#options = options;
  }

  run(): void {
    while (this.#position < this.#text.length) {
      const code = this.#text.charCodeAt(this.#position);
      const { kind } = this.#scope;
      if (kind === 'double-quoted') this.#expandedPart(DOUBLE_QUOTE);
      else if (kind === 'parameter') this.#expandedPart(CLOSING_BRACE);
      else this.#step(code);
    }
  }

  get #scope(): Scope {
    return this.#scopes[this.#scopes.length - 1]!;
  }

  #step(code: number): void {
    const next = this.#text.charCodeAt(this.#position + 1);
    if (code === 0x20 || code === 0x09) this.#blank();
    else if (code === DOUBLE_QUOTE && !this.#inComment) this.#beginDoubleQuoted();
    else if (code === QUOTE && !this.#inComment) this.#word(endAfterQuote(this.#text, this.#position));
    else if (code === BACKTICK) this.#backtick();
    else if (code === DOLLAR) this.#dollar(next);
    else if (code === 0x28) this.#parenthesis(next);
    else if (code === 0x29) this.#closeParenthesis(next);
    else if (code === 0x5d && this.#scope.kind === 'legacy-arithmetic') this.#close(1);
    else if (code === 0x7b) this.#brace(next);
    else if (code === 0x7d) this.#closeBrace();
    else if (code === 0x3d) this.#emit(ShellKind.Equal, this.#position + 1);
    else if (code === 0x0a || code === 0x3b || code === 0x21) this.#control(1);
    else if (code === 0x7c) this.#control(next === 0x7c ? 2 : 1);
    else if (code === 0x26 && next !== 0x3e) this.#control(next === 0x26 ? 2 : 1);
    else if (code === 0x26 || code === 0x3c || code === 0x3e) this.#redirection(this.#position, next);
    else this.#field(code);
  }

  #emit(kind: ShellTokenKind, end: number): void {
    this.#position = this.add(kind, this.#position, end);
  }

  #blank(): void {
    if (this.#scope.expects === 'assigned-value') this.#scope.expects = 'command';
    this.#position++;
  }

  #word(end: number): void {
    const runs = this.#scope.expects === 'command';
    if (runs) this.#scope.expects = 'argument';
    this.#emit(runs ? ShellKind.Executable : ShellKind.Word, end);
  }

  #control(length: number): void {
    if (this.#text.charCodeAt(this.#position) === 0x0a) this.#inComment = false;
    this.#scope.expects = 'command';
    this.#emit(ShellKind.Control, this.#position + length);
  }

  #open(kind: ScopeKind, length: number, expects: Expects): void {
    if (expects === 'command' && this.#scope.expects === 'command') this.#scope.expects = 'argument';
    this.#emit(ShellKind.Bracket, this.#position + length);
    if (this.#scopes.length < MAX_DEPTH) this.#scopes.push({ kind, expects });
  }

  #close(length: number): void {
    this.#emit(ShellKind.Bracket, this.#position + length);
    this.#scopes.pop();
  }

  #backtick(): void {
    if (this.#scope.kind === 'backtick') this.#close(1);
    else this.#open('backtick', 1, 'command');
  }

  #dollar(next: number): void {
    const text = this.#text;
    const position = this.#position;
    if (next === 0x28 && text.charCodeAt(position + 2) === 0x28) this.#open('arithmetic', 3, 'argument');
    else if (next === 0x28) this.#open('substitution', 2, 'command');
    else if (next === 0x5b) this.#open('legacy-arithmetic', 2, 'argument');
    else if (next === 0x7b) this.#beginParameter();
    else if (next === QUOTE && this.#options.ansiQuotes && !this.#inComment) {
      this.#word(endOfAnsiQuote(text, position + 1));
    } else if (isSpecialParameter(next)) this.#word(position + 2);
    else if (isWord(next)) {
      let end = position + 2;
      while (isWord(text.charCodeAt(end))) end++;
      this.#word(end);
    } else this.#position++;
  }

  #parenthesis(next: number): void {
    const last = this.kinds.length - 1;
    const isValue = this.kinds[last] === ShellKind.Equal && this.ends[last] === this.#position;
    if (isValue) this.#open('array', 1, 'argument');
    else if (next === 0x28) this.#open('arithmetic', 2, 'argument');
    else if (this.#scope.expects === 'command') this.#open('subshell', 1, 'command');
    else this.#emit(ShellKind.Bracket, this.#position + 1);
  }

  #closeParenthesis(next: number): void {
    const { kind } = this.#scope;
    const isEmpty = this.#text[this.#position - 1] === '(';
    if (kind === 'arithmetic' && next === 0x29) this.#close(2);
    else if (kind === 'substitution' || kind === 'process' || kind === 'subshell' || kind === 'array') {
      this.#close(1);
    } else this.#emit(ShellKind.Bracket, this.#position + 1);
    // The body of a function: `f() { id; }`.
    const hasName = kind === 'line' && this.kinds[this.kinds.length - 3] === ShellKind.Executable;
    if (isEmpty && hasName) this.#scope.expects = 'command';
  }

  #brace(next: number): void {
    if (next === 0x20 && this.#scope.expects === 'command') this.#open('group', 1, 'command');
    else this.#emit(ShellKind.Bracket, this.#position + 1);
  }

  #closeBrace(): void {
    const last = this.kinds[this.kinds.length - 1];
    if (this.#scope.kind === 'group' && last === ShellKind.Control) this.#close(1);
    else this.#emit(ShellKind.Bracket, this.#position + 1);
  }

  /** A redirection whose `<`, `>` or `&>` is at `at`, after its digits if that is not the position. */
  #redirection(at: number, next: number): void {
    const text = this.#text;
    const code = text.charCodeAt(at);
    if (next === 0x28 && code !== 0x26 && at === this.#position) {
      this.#open('process', 2, 'command');
      return;
    }
    this.#emit(ShellKind.Redirection, endOfRedirection(text, at));
  }

  #field(code: number): void {
    const text = this.#text;
    const position = this.#position;
    if (isDigit(code)) {
      let digits = position + 1;
      while (isDigit(text.charCodeAt(digits))) digits++;
      const after = text.charCodeAt(digits);
      if (after === 0x3c || after === 0x3e) {
        this.#redirection(digits, text.charCodeAt(digits + 1));
        return;
      }
    }
    if (code === 0x23 && this.#isAtWordStart()) this.#inComment = true;
    const end = this.#endOfField();
    if (text.charCodeAt(end) === 0x3d && this.#scope.expects === 'command' && isName(text, position, end)) {
      this.#scope.expects = 'assigned-value';
      this.#emit(ShellKind.VariableName, end);
    } else this.#word(end);
  }

  #isAtWordStart(): boolean {
    const last = this.ends.length - 1;
    if (last < 0 || this.ends[last]! < this.#position) return true;
    return this.kinds[last] === ShellKind.Control || this.kinds[last] === ShellKind.Bracket;
  }

  /** A backslash takes the special meaning of a quote, a dollar or another backslash, in a comment of none. */
  #endOfField(): number {
    const text = this.#text;
    let end = this.#position;
    let code = text.charCodeAt(end);
    do {
      end += code === BACKSLASH && !this.#inComment && isEscapable(text.charCodeAt(end + 1)) ? 2 : 1;
      code = text.charCodeAt(end);
    } while (isFieldPart(code));
    return end;
  }

  #beginDoubleQuoted(): void {
    this.#beginExpanded(
      'double-quoted',
      endOfLiteral(this.#text, this.#position + 1, DOUBLE_QUOTE),
      DOUBLE_QUOTE,
    );
  }

  /** `${x}` is a word; `${x:-$(id)}` is several, for what is in it is expanded too. */
  #beginParameter(): void {
    this.#beginExpanded(
      'parameter',
      endOfLiteral(this.#text, this.#position + 2, CLOSING_BRACE),
      CLOSING_BRACE,
    );
  }

  /** Quotes or braces whose first literal part ends at `end`: one word if nothing interrupts it, else a scope. */
  #beginExpanded(kind: ScopeKind, end: number, closing: number): void {
    const text = this.#text;
    const scope = this.#scope;
    if (end === text.length || text.charCodeAt(end) === closing) {
      this.#word(Math.min(end + 1, text.length));
      return;
    }
    if (scope.expects === 'command') scope.expects = 'argument';
    this.#emit(ShellKind.Bracket, end);
    if (this.#scopes.length < MAX_DEPTH) this.#scopes.push({ kind, expects: 'argument' });
  }

  /** Within quotes or braces, from the position: a literal part, what interrupts it, or the end. */
  #expandedPart(closing: number): void {
    const end = endOfLiteral(this.#text, this.#position, closing);
    if (end > this.#position) this.#emit(ShellKind.Word, end);
    this.#endOrInterruption(end, closing);
  }

  #endOrInterruption(at: number, closing: number): void {
    if (at >= this.#text.length) return;
    const code = this.#text.charCodeAt(at);
    if (code === closing) this.#close(1);
    else if (code === BACKTICK) this.#backtick();
    else this.#dollar(this.#text.charCodeAt(at + 1));
  }
}

/** Whether a part of a text is a name that can be assigned to: `x`, or `x+` to append. */
function isName(text: string, start: number, end: number): boolean {
  const last = text[end - 1] === '+' ? end - 1 : end;
  if (last === start || isDigit(text.charCodeAt(start))) return false;
  for (let at = start; at < last; at++) {
    if (!isWord(text.charCodeAt(at))) return false;
  }
  return true;
}
