import { isDigit } from '../characters.ts';
import { endAfter, endOfLine } from '../lexemes.ts';
import { endOfRedirection } from './shell-lexemes.ts';
import * as ShellKind from './shell-token-kinds.ts';
import type { ShellTokenKind, ShellTokens } from './shell-tokens.ts';
import { TokenList } from './token-list.ts';

/** What a shell of Windows makes of characters. */
interface WindowsSyntax {
  readonly blanks: string;
  /** What ends a command; twice the same is one. */
  readonly separators: string;
  /** What ends a word besides. */
  readonly brackets: string;
  /** The quotes, each string of which may be ended by any of the same string. */
  readonly quotes: readonly string[];
  /** Takes the meaning of the next character, and whether it does in the second kind of quotes too. */
  readonly escape: string;
  readonly isPowershell: boolean;
}

export const WINDOWS_SYNTAX: Readonly<Record<'cmd' | 'powershell', WindowsSyntax>> = {
  cmd: {
    blanks: ' \t\r,;=',
    separators: '&|\n',
    brackets: '()',
    quotes: ['"'],
    escape: '^',
    isPowershell: false,
  },
  powershell: {
    blanks: ' \t\r\u00a0',
    separators: ';&|\n',
    brackets: '(){}',
    quotes: ["'\u2018\u2019\u201a\u201b", '"\u201c\u201d\u201e'],
    escape: '`',
    isPowershell: true,
  },
};

/** Nested expressions in strings; beyond, they are read as if they were not there. */
const MAX_DEPTH = 256;
const LONGEST_VARIABLE = 64;

/**
 * Splits a command line of cmd.exe or PowerShell into tokens, marking the words that are run. Never throws: what is not
 * closed reaches to the end. Each code unit is read a constant number of times.
 *
 * To cmd.exe, `'` means nothing, and `"` hides `&` and `|` up to the next one, whatever stands before that. A part of a
 * variable, `%CMDCMDLINE:~-1%`, may be a quote, and is read as one: it is how quotes are left where they are filtered.
 *
 * To PowerShell, typographic quotes are quotes, a doubled one stands for itself, and `$(…)` is run in `"` too. What
 * begins a statement, a block or an element of a pipeline counts as run, but for numbers.
 */
export function tokenizeWindowsShell(text: string, syntax: WindowsSyntax): ShellTokens {
  const { blanks, separators, brackets, quotes, escape: escaping, isPowershell } = syntax;
  const wordEnds = `${blanks}${separators}${brackets}>${isPowershell ? '' : '<'}`;
  const tokens = new TokenList<ShellTokenKind>();
  /** For each open bracket, the quotes that go on after it, or ''. */
  const resumed: string[] = [];
  let expectsCommand = true;
  let at = 0;

  const emit = (kind: ShellTokenKind, end: number) => {
    at = tokens.add(kind, at, Math.min(end, text.length));
  };
  const isExpression = (index: number) => isPowershell && text.startsWith('$(', index);

  /** The end of a word, or of the part of it before an expression, from within `quote` if that isn't ''. */
  const word = (from: number, quote: string) => {
    let open = quote;
    let end = from;
    for (; end < text.length && !(open !== quotes[0] && isExpression(end)); end++) {
      const character = text.charAt(end);
      if (open === '') {
        if (wordEnds.includes(character)) break;
        open = quotes.find((same) => same.includes(character)) ?? '';
        if (character === escaping) end++;
      } else if (!isPowershell && character === '\n') break;
      else if (open.includes(character)) {
        if (isPowershell && open.includes(text.charAt(end + 1) || ' ')) end++;
        else open = '';
      } else if (isPowershell ? character === escaping && open === quotes[1] : isPartOfVariable(text, end)) {
        if (isPowershell) end++;
        else open = '';
      }
    }
    const isInterrupted = isExpression(end);
    const isRun = expectsCommand && !/^\d[\d.]*$/.test(text.slice(at, Math.min(end, at + LONGEST_VARIABLE)));
    if (end > at) emit(isRun ? ShellKind.Executable : ShellKind.Word, end);
    expectsCommand = false;
    if (!isInterrupted) return;
    if (resumed.length < MAX_DEPTH) resumed.push(open);
    emit(ShellKind.Bracket, at + 2);
    expectsCommand = true;
  };

  while (at < text.length) {
    const character = text.charAt(at);
    const next = text.charAt(at + 1) || ' ';
    if (blanks.includes(character)) at++;
    else if (separators.includes(character)) {
      expectsCommand = true;
      emit(ShellKind.Control, next === character ? at + 2 : at + 1);
    } else if (brackets.includes(character)) {
      const isOpening = character === '(' || character === '{';
      emit(ShellKind.Bracket, at + 1);
      if (!isPowershell) continue;
      expectsCommand = isOpening;
      if (isOpening) resumed.push('');
      else {
        const quote = resumed.pop();
        if (quote) word(at, quote);
      }
    } else if (isPowershell && character === '#') emit(ShellKind.Word, endOfLine(text, at));
    else if (isPowershell && character === '<' && next === '#')
      emit(ShellKind.Word, endAfter(text, '#>', at));
    else if (character === '>' || character === '<') emit(ShellKind.Redirection, endOfRedirection(text, at));
    else if (next === '>' && (character === '*' || isDigit(character.charCodeAt(0)))) {
      emit(ShellKind.Redirection, endOfRedirection(text, at + 1));
    } else if (isPowershell && character === '@' && (next === "'" || next === '"')) {
      emit(expectsCommand ? ShellKind.Executable : ShellKind.Word, endAfter(text, `\n${next}@`, at));
      expectsCommand = false;
    } else word(at, '');
  }
  return tokens;
}

/** Whether `%name:~` begins at the index. */
function isPartOfVariable(text: string, at: number): boolean {
  if (text.charAt(at) !== '%') return false;
  const colon = text.slice(at + 1, at + LONGEST_VARIABLE).indexOf(':~');
  return colon > 0 && !text.slice(at + 1, at + 1 + colon).includes('%');
}
