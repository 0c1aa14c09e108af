/** Markdown of texts that may hold anything, attacks included. */

const EXAMPLE_LENGTH = 120;

/** Plain text as Markdown that shows it as it is. */
export function escapeText(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~&]/g, '\\$&');
}

/**
 * Any text as a code span on one line: what cannot be seen, or would change how the rest is shown, as an escape of
 * JavaScript; cut to a length. Source: CommonMark 0.31, section 6.1.
 */
export function codeSpan(text: string, length = EXAMPLE_LENGTH): string {
  const characters = Array.from(visible(text));
  const cut = characters.length > length ? `${characters.slice(0, length).join('')}…` : characters.join('');
  const longest = Math.max(0, ...(cut.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  // One space at each end is taken off again, and keeps backticks and spaces there.
  const pad = /^[`\s]|[`\s]$/.test(cut) ? ' ' : '';
  return `${fence}${pad}${cut === '' ? ' ' : cut}${pad}${fence}`;
}

/** A cell of a table: a bar would end it, also within code. */
export function cell(markdown: string): string {
  return markdown.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

export function link(text: string, url: string): string {
  return `[${escapeText(text)}](${url})`;
}

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{M}]/gu, (character) => {
    const code = character.codePointAt(0)!.toString(16);
    return NAMED[character] ?? (code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u{${code}}`);
  });
}
