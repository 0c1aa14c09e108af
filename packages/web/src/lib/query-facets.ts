/**
 * Edits a search query as the facets beside a list do. It reads no more of the language than it needs: the terms that
 * stand side by side, and in them `field:value`, `field:(a OR b)` and `-field:value`. Everything else is kept as it is.
 */

interface Term {
  text: string;
  /** Set where the term is about one field and only names values. */
  facet: { field: string; values: string[]; negated: boolean } | undefined;
}

const PLAIN = /^[\p{L}\p{N}_@./-]+$/u;
const WORDS = new Set(['AND', 'OR', 'NOT', 'TO']);

/** A value as it is written in a query: as it is, or as a phrase. */
export function quoteValue(value: string): string {
  const plain = PLAIN.test(value) && !value.startsWith('-') && !WORDS.has(value);
  return plain ? value : `"${value.replace(/["\\]/g, '\\$&')}"`;
}

/** The values that a query asks for in a field; none if it does not restrict it. */
export function facetValues(query: string, field: string): string[] {
  const terms = splitTerms(query);
  return terms.flatMap(({ facet }) => (facet?.field === field && !facet.negated ? facet.values : []));
}

/** The query with a value of a field asked for, or no longer if it is. Values of one field are alternatives. */
export function toggleFacet(query: string, field: string, value: string): string {
  const values = facetValues(query, field);
  const next = values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
  return setFacet(query, field, next);
}

/** The query with exactly these values of a field asked for; with none, the field no longer restricts it. */
export function setFacet(query: string, field: string, values: readonly string[]): string {
  const condition =
    values.length === 0
      ? []
      : [
          `${field}:${values.length === 1 ? quoteValue(values[0]!) : `(${values.map(quoteValue).join(' OR ')})`}`,
        ];
  const rest = withoutFacets(query, [field]);
  if (rest === '' || condition.length === 0) return [rest, ...condition].join('');
  const isChoice = splitTerms(rest).some(({ text }) => text === 'OR');
  return `${isChoice ? `(${rest})` : rest} ${condition[0]}`;
}

/** The query without what it asks for in these fields. */
export function withoutFacets(query: string, fields: readonly string[]): string {
  const terms = splitTerms(query);
  const kept = terms.filter(({ facet }) => !facet || facet.negated || !fields.includes(facet.field));
  if (kept.length === terms.length) return query.trim();
  return kept.map(({ text }) => text).join(' ');
}

/** The terms that stand side by side. Where alternatives do, a term alone decides nothing, and none is a facet. */
function splitTerms(query: string): Term[] {
  const texts = splitTop(query);
  const isChoice = texts.includes('OR');
  return texts
    .filter((text) => text !== 'AND')
    .map((text, index, all) => ({
      text,
      facet: isChoice || all[index - 1] === 'NOT' ? undefined : readFacet(text),
    }));
}

function readFacet(text: string): Term['facet'] {
  const match = /^(-?)(@?[\w.-]+):(.+)$/s.exec(text);
  if (!match) return undefined;
  const [, minus, field, value] = match;
  const inner = value!.startsWith('(') && value!.endsWith(')') ? splitTop(value!.slice(1, -1)) : [value!];
  const values: string[] = [];
  for (const [index, item] of inner.entries()) {
    if (index % 2 === 1) {
      if (item !== 'OR') return undefined;
      continue;
    }
    const literal = readValue(item);
    if (literal === undefined) return undefined;
    values.push(literal);
  }
  return values.length === 0 ? undefined : { field: field!, values, negated: minus === '-' };
}

/** A value that stands for itself; undefined for wildcards, ranges and comparisons. */
function readValue(text: string): string | undefined {
  if (/^"(?:[^"\\]|\\.)*"$/s.test(text)) return text.slice(1, -1).replace(/\\(.)/gs, '$1');
  return /[*?()[\]{}<>"\\]/.test(text) || WORDS.has(text) || text.startsWith('-') ? undefined : text;
}

/** Splits at white space outside quotes, parentheses and ranges. One pass. */
function splitTop(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let current = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === '\\') {
      current += char + (text[++at] ?? '');
      continue;
    }
    if (char === '"') quoted = !quoted;
    else if (!quoted && '([{'.includes(char)) depth++;
    else if (!quoted && ')]}'.includes(char)) depth--;
    if (/\s/.test(char) && !quoted && depth <= 0) {
      if (current !== '') parts.push(current);
      current = '';
    } else current += char;
  }
  if (current !== '') parts.push(current);
  return parts;
}
