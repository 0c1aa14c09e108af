/**
 * Fills a message's variables, `{{name}}`, from `lookup`; a name without a value becomes nothing. Values come from
 * requests: they are cut, put on one line, and what would be markup in Markdown or HTML is escaped.
 */
export function renderTemplate(template: string, lookup: (name: string) => readonly string[]): string {
  return template.replace(/\{\{\s*([^{}\s]{1,200})\s*\}\}/g, (_, name: string) =>
    lookup(name).map(plain).join(', '),
  );
}

const MAX_LENGTH = 200;

function plain(value: string): string {
  const cut = value.length > MAX_LENGTH ? `${value.slice(0, MAX_LENGTH)}…` : value;
  return cut.replace(/\p{Cc}+/gu, ' ').replace(/[\\`[\]<>!*|]/g, '\\$&');
}
