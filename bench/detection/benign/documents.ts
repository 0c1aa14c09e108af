/** Technical prose: what documentation says, in markdown, and what editors make of it. */
import { filesOf, load } from './packages.ts';
import { docComments, markdownBlocks, paragraphs, textOfHtml } from './text.ts';

/** Packages whose documentation teaches SQL. */
const ABOUT_SQL = ['graphile-worker', 'knex', 'kysely', 'mysql', 'pg-promise', 'sql-formatter'];
const TUTORIALS = ['javascripting', 'learnyounode', 'npm'];
const CHANGES = /\/(change(log|s)|history|upgrading)[^/]*\.(md|markdown|txt)$/i;

/** Paragraph by paragraph, code with its fences. */
function comments(pattern: RegExp, packages?: readonly string[]): string[] {
  return filesOf(pattern, packages).flatMap((file) =>
    markdownBlocks(file.read()).map(({ language, text }) =>
      language === undefined ? text : `\`\`\`${language}\n${text}\n\`\`\``,
    ),
  );
}

export function readmes(): string[] {
  return comments(/\.(md|markdown)$/i).filter((text) => !/^#+ .*$/.test(text));
}

/** Entry by entry. */
export function changes(): string[] {
  return filesOf(CHANGES).flatMap((file) =>
    file
      .read()
      .split(/\n(?=\s*[-*] )|\n\s*\n/)
      .flatMap(paragraphs),
  );
}

/** Exercises in many languages of the world, and a manual of a command line. */
export function tutorials(): string[] {
  return comments(/\.(md|markdown)$/i, TUTORIALS);
}

export function sqlTutorials(): string[] {
  return comments(/\.(md|markdown)$/i, ABOUT_SQL);
}

/** Whole pages, as a wiki gets them, and the HTML that a manual is published as. */
export function pages(): string[] {
  return filesOf(/\/(readme|docs\/.*|problem[^/]*|solution[^/]*)\.(md|html)$/i).flatMap((file) => {
    const text = file.read();
    return text.length < 20_000 ? [text] : [];
  });
}

/** Comments of types, which are markdown. */
export function typeComments(): string[] {
  return filesOf(/\.d\.[cm]?ts$/).flatMap((file) => docComments(file.read()));
}

interface Marked {
  parse(markdown: string, options: { async: false }): string;
}

/** How editors send what was typed: markdown's HTML, and with what Quill, TinyMCE and ProseMirror add. */
const EDITORS: readonly ((html: string) => string)[] = [
  (html) => html,
  (html) =>
    html
      .replace(/<pre><code[^>]*>/g, '<pre class="ql-syntax" spellcheck="false">')
      .replaceAll('</code></pre>', '</pre>')
      .replaceAll('<a href', '<a rel="noopener noreferrer" target="_blank" href'),
  (html) =>
    html
      .replace(
        '<p>',
        '<p style="text-align: left;"><span style="font-size: 12pt; font-family: arial, helvetica, sans-serif;">',
      )
      .replace('</p>', '</span></p>\n<p>&nbsp;</p>'),
  (html) => html.replace(/<(p|ul|pre)>/g, '<$1 data-pm-slice="1 1 []" dir="auto">'),
];

export async function richTexts(): Promise<string[]> {
  const { marked } = await load<{ marked: Marked }>('marked');
  return readmes().map((text, i) =>
    EDITORS[i % EDITORS.length]!(marked.parse(text, { async: false }).trim()),
  );
}

/** What a page says, as a browser copies it. */
export function copiedPages(): string[] {
  return filesOf(/\/docs\/.*\.html$/).flatMap((file) =>
    [...file.read().matchAll(/<(p|li|pre|td)[^>]*>([\s\S]*?)<\/\1>/g)].map(([, , inner]) =>
      textOfHtml(inner!),
    ),
  );
}
