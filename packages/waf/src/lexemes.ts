/** Where the lexemes of more than one language end in a text. Each reads what it passes over once, and takes any index. */

/** The index after the match of a sticky or global expression from `from` on, or 0. */
export function endOfMatch(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : 0;
}

/** The index after the next `mark` from `from` on, or the end of the text. */
export function endAfter(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at + mark.length;
}

/** The index of the next line break from `from` on, or the end of the text. */
export function endOfLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline < 0 ? text.length : newline;
}

/**
 * The index of the quote that closes the string whose content begins at `from`, or -1. A doubled quote stands for
 * itself, and so does one after a backslash if that escapes.
 */
export function closingQuote(text: string, from: number, quote: string, backslashEscapes: boolean): number {
  for (let at = text.indexOf(quote, from); at >= 0; at = text.indexOf(quote, at)) {
    let slashes = at;
    while (backslashEscapes && slashes > from && text[slashes - 1] === '\\') slashes--;
    if ((at - slashes) % 2 === 1) at++;
    else if (text[at + 1] === quote) at += 2;
    else return at;
  }
  return -1;
}

/** What closes what a bracket opens: its partner, or for any other character that itself. */
export function closingBracket(opening: string): string {
  return PARTNERS[opening] ?? opening;
}

const PARTNERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };
