/** Taking texts apart and choosing among them, the same way every time. */

/** Distinct ones, at most so many, spread evenly over all. */
export function spread<T>(values: Iterable<T>, limit: number): T[] {
  const distinct = [...new Set(values)];
  if (distinct.length <= limit) return distinct;
  return Array.from({ length: limit }, (_, i) => distinct[Math.floor((i * distinct.length) / limit)]!);
}

export interface Block {
  /** What a fence says; undefined for prose. */
  language?: string;
  /** Without the fences. */
  text: string;
}

/** A markdown document as paragraphs and fenced code. */
export function markdownBlocks(markdown: string): Block[] {
  const blocks: Block[] = [];
  const fence = /^( {0,3}|\s*\*? )(```+|~~~+)[ \t]*([\w+-]*)[^\n]*\n([\s\S]*?)\n?\1\2[ \t]*$/gm;
  let end = 0;
  for (const match of markdown.matchAll(fence)) {
    blocks.push(...paragraphs(markdown.slice(end, match.index)).map((text) => ({ text })));
    if (match[4]!.trim() !== '') blocks.push({ language: match[3]!.toLowerCase(), text: match[4]! });
    end = match.index + match[0].length;
  }
  return [...blocks, ...paragraphs(markdown.slice(end)).map((text) => ({ text }))];
}

/** What blank lines separate. */
export function paragraphs(text: string): string[] {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/^\n+|\s+$/g, ''))
    .filter((paragraph) => /\p{L}{2}/u.test(paragraph));
}

/** Lines with a word in them. */
export function wordyLines(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const trimmed = line.trimEnd();
    return trimmed.length >= 8 && trimmed.length <= 400 && /[a-z]{2}/i.test(trimmed) ? [trimmed] : [];
  });
}

/** What comments like this one say, without their asterisks. */
export function docComments(source: string): string[] {
  return [...source.matchAll(/\/\*\*([\s\S]*?)\*\//g)]
    .map(([, inner]) => inner!.replace(/^[ \t]*\* ?/gm, '').trim())
    .filter((text) => text.length > 20);
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  amp: '&',
};

/** The text of an HTML fragment. */
export function textOfHtml(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .replace(/\s+/g, ' ')
    .trim();
}
