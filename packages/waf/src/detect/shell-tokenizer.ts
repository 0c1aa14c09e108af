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
  const tokens = new TokenList<ShellTokenKind>();
  const { kinds, ends } = tokens;
  const scopes: Scope[] = [{ kind: ShellScope.Line, expects: COMMAND }];
  let position = 0;
  let inComment = false;

  while (position < text.length) {
    const { kind } = scope();
    if (kind === ShellScope.DoubleQuoted || kind === ShellScope.Parameter) expandedPart(kind);
    else step(unit(0));
  }
  return tokens;

  function scope(): Scope {
    return scopes[scopes.length - 1]!;
  }

  /** The code unit so far behind the position. */
  function unit(offset: number): number {
    return text.charCodeAt(position + offset);
  }

  function step(code: number): void {
    const next = unit(1);
    if (code === 0x20 || code === 0x09) blank();
    else if (code === DOUBLE_QUOTE && !inComment) expanded(ShellScope.DoubleQuoted, 1);
    else if (code === QUOTE && !inComment) word(endAfter(text, "'", position + 1));
    else if (code === BACKTICK) backtick();
    else if (code === DOLLAR) dollar(next);
    else if (code === 0x28) parenthesis(next);
    else if (code === 0x29) closeParenthesis(next);
    else if (code === 0x5d && scope().kind === ShellScope.LegacyArithmetic) close(1);
    else if (code === 0x7b) brace(next);
    else if (code === 0x7d) closeBrace();
    else if (code === 0x3d) emit(ShellKind.Equal, 1);
    else if (code === 0x0a || code === 0x3b || code === 0x21) control(code, 1);
    else if (code === 0x7c || (code === 0x26 && next !== 0x3e)) control(code, next === code ? 2 : 1);
    else if (code === 0x26 || code === 0x3c || code === 0x3e) redirection(position, next);
    else field(code);
  }

  function emit(kind: ShellTokenKind, length: number): void {
    position = tokens.add(kind, position, position + length);
  }

  function blank(): void {
    if (scope().expects === ASSIGNED_VALUE) scope().expects = COMMAND;
    position++;
  }

  /** Whether a command is expected, which then is there. */
  function beginsCommand(): boolean {
    const current = scope();
    const begins = current.expects === COMMAND;
    if (begins) current.expects = ARGUMENT;
    return begins;
  }

  function word(end: number): void {
    emit(beginsCommand() ? ShellKind.Executable : ShellKind.Word, end - position);
  }

  function control(code: number, length: number): void {
    if (code === 0x0a) inComment = false;
    scope().expects = COMMAND;
    emit(ShellKind.Control, length);
  }

  function bracket(length: number): void {
    emit(ShellKind.Bracket, length);
  }

  function open(kind: Scope['kind'], length: number, expects: Scope['expects']): void {
    if (expects === COMMAND) beginsCommand();
    bracket(length);
    if (scopes.length < MAX_DEPTH) scopes.push({ kind, expects });
  }

  function close(length: number): void {
    bracket(length);
    scopes.pop();
  }

  function backtick(): void {
    if (scope().kind === ShellScope.Backtick) close(1);
    else open(ShellScope.Backtick, 1, COMMAND);
  }

  function dollar(next: number): void {
    let end = position + 2;
    if (next === 0x28 && text.charCodeAt(end) === 0x28) open(ShellScope.Arithmetic, 3, ARGUMENT);
    else if (next === 0x28) open(ShellScope.Parentheses, 2, COMMAND);
    else if (next === 0x5b) open(ShellScope.LegacyArithmetic, 2, ARGUMENT);
    // `${x}` is a word; `${x:-$(id)}` is several, for what is in it is expanded too.
    else if (next === 0x7b) expanded(ShellScope.Parameter, 2);
    else if (next === QUOTE && ansiQuotes && !inComment) word(endOfAnsiQuote(text, end));
    else {
      end = endOfMatch(PARAMETER, text, position);
      if (end > 0) word(end);
      else position++;
    }
  }

  function parenthesis(next: number): void {
    const last = kinds.length - 1;
    const isValue = kinds[last] === ShellKind.Equal && ends[last] === position;
    if (isValue) open(ShellScope.Parentheses, 1, ARGUMENT);
    else if (next === 0x28) open(ShellScope.Arithmetic, 2, ARGUMENT);
    else if (scope().expects === COMMAND) open(ShellScope.Parentheses, 1, COMMAND);
    else bracket(1);
  }

  function closeParenthesis(next: number): void {
    const { kind } = scope();
    const isEmpty = unit(-1) === 0x28;
    if (kind === ShellScope.Arithmetic && next === 0x29) close(2);
    else if (kind === ShellScope.Parentheses) close(1);
    else bracket(1);
    // The body of a function: `f() { id; }`.
    const hasName = kind === ShellScope.Line && kinds[kinds.length - 3] === ShellKind.Executable;
    if (isEmpty && hasName) scope().expects = COMMAND;
  }

  function brace(next: number): void {
    if (next === 0x20 && scope().expects === COMMAND) open(ShellScope.Group, 1, COMMAND);
    else bracket(1);
  }

  function closeBrace(): void {
    const last = kinds[kinds.length - 1];
    if (scope().kind === ShellScope.Group && last === ShellKind.Control) close(1);
    else bracket(1);
  }

  /** A redirection whose `<`, `>` or `&>` is at `at`, after its digits if that is not the position. */
  function redirection(at: number, next: number): void {
    if (next === 0x28 && unit(0) !== 0x26 && at === position) {
      open(ShellScope.Parentheses, 2, COMMAND);
    } else emit(ShellKind.Redirection, endOfRedirection(text, at) - position);
  }

  function field(code: number): void {
    const digits = endOfMatch(DESCRIPTOR, text, position);
    if (digits > 0) {
      redirection(digits, text.charCodeAt(digits + 1));
      return;
    }
    if (code === 0x23 && isAtWordStart()) inComment = true;
    // A backslash takes the special meaning of a quote, a dollar or another backslash.
    const end = endOfMatch(inComment ? COMMENTED_FIELD : FIELD, text, position);
    const isAssigned =
      text.charCodeAt(end) === 0x3d &&
      scope().expects === COMMAND &&
      ASSIGNABLE.test(text.slice(position, end));
    if (isAssigned) {
      scope().expects = ASSIGNED_VALUE;
      emit(ShellKind.VariableName, end - position);
    } else word(end);
  }

  function isAtWordStart(): boolean {
    const last = ends.length - 1;
    if (last < 0 || ends[last]! < position) return true;
    return kinds[last] === ShellKind.Control || kinds[last] === ShellKind.Bracket;
  }

  /** Quotes or braces that `length` code units open: one word if nothing interrupts them, else a scope. */
  function expanded(closing: Scope['kind'], length: number): void {
    const end = endOfLiteral(text, position + length, closing);
    if (end === text.length || text.charCodeAt(end) === closing) {
      word(Math.min(end + 1, text.length));
    } else {
      beginsCommand();
      open(closing, end - position, ARGUMENT);
    }
  }

  /** Within quotes or braces, from the position: a literal part, what interrupts it, or the end. */
  function expandedPart(closing: number): void {
    const end = endOfLiteral(text, position, closing);
    if (end > position) emit(ShellKind.Word, end - position);
    const code = unit(0);
    if (code === closing) close(1);
    else if (code === BACKTICK) backtick();
    else if (code === DOLLAR) dollar(unit(1));
  }
}
