/** The catalogue of the ruleset, as Markdown. */
import type { RuleDefinition, ScannerDefinition } from '@wardline/waf';
import { cell, codeSpan, escapeText } from './markdown.ts';
import { type Classified, references } from './references.ts';

/** A rule as it is shown. */
export interface CatalogueRule extends Classified {
  id: string;
  name: string;
  type: string;
  confidence: string;
  weight?: number | undefined;
  severity?: string | undefined;
  /** Markdown. */
  about?: string | undefined;
}

/** A value that a rule matches: of a query, or addresses. */
export type Example = string | Record<string, unknown>;

export interface Catalogue {
  attempts: readonly CatalogueRule[];
  exploits: readonly RuleDefinition[];
  scores: readonly RuleDefinition[];
  /** Lists of blocked addresses and users. */
  responses: readonly RuleDefinition[];
  clients: readonly RuleDefinition[];
  scanners: readonly ScannerDefinition[];
  /** By rule, a value that it matches. */
  examples: ReadonlyMap<string, Example>;
  scannerExamples: ReadonlyMap<string, string>;
}

/** Words in the names of types that aren't written in small letters. */
const ACRONYMS: Readonly<Record<string, string>> = {
  ...{
    sql: 'SQL',
    nosql: 'NoSQL',
    xss: 'XSS',
    xxe: 'XXE',
    ssrf: 'SSRF',
    lfi: 'LFI',
    rfi: 'RFI',
    http: 'HTTP',
  },
  ...{
    ldap: 'LDAP',
    xpath: 'XPath',
    crlf: 'CRLF',
    ssi: 'SSI',
    graphql: 'GraphQL',
    jwt: 'JWT',
    js: 'JavaScript',
  },
  ...{
    php: 'PHP',
    java: 'Java',
    python: 'Python',
    ruby: 'Ruby',
    perl: 'Perl',
    dotnet: '.NET',
    api: 'API',
    ip: 'IP',
  },
};

const INTRODUCTION = `# The rules

<!-- Written by \`npm run catalogue\` from packages/rules. -->

What the curated ruleset, \`@wardline/rules\`, looks for. The rules are written in \`packages/rules/src/rules\`, the values that each must match, and must not, in \`packages/rules/vectors\`. To change what they do, see [Rules of your own](custom-rules.md).`;

const HOW = `## How to read this

- **Confidence** says how sure a match is an attack. \`high\`: people don't send it by accident, so it may block. \`medium\`: worth a look; it is reported, and blocks nothing.
- A **sign** is too weak to be reported alone. The weights of all signs of one type in a request are summed, and two rules at the end of each type test the sum: from the lower threshold on it is reported, from the higher one it may block. So some weak signs together make an attack, and one in a sentence does not.
- **Severity** says what an attack of this kind can do where it succeeds, not how sure it is.
- An **exploit** is found at the function that the input reaches, and only if the input has become part of what is run, opened or asked for.
- **Policies** decide what blocks; by themselves all rules only report. \`monitoring\` blocks nothing, \`recommended\` blocks rules of confidence high and exploits, \`attack_tools\` blocks only what attack tools and security scanners send.
- Of a type of attack one rule is reported for a request, the blocking ones first.

The examples are the first of each rule's vectors, shortened; an address before a value says where in the request it stands, otherwise it is a query value.`;

export function renderCatalogue(catalogue: Catalogue): string {
  const types = groupBy(catalogue.attempts, ({ type }) => type);
  return `${[
    INTRODUCTION,
    counts(catalogue, types),
    HOW,
    '## Attacks in requests',
    ...[...types].map(([type, rules]) => renderType(type, rules, catalogue)),
    renderExploits(catalogue.exploits),
    renderResponses(catalogue.responses),
    renderClients(catalogue),
    renderScanners(catalogue),
  ].join('\n\n')}\n`;
}

/** `sql_injection` → `SQL injection`. */
export function titleOf(type: string): string {
  const words = type.split('_').map((word) => ACRONYMS[word] ?? word);
  const [first = '', ...rest] = words;
  return [first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(' ');
}

function counts({ attempts, exploits, scanners }: Catalogue, types: Map<string, CatalogueRule[]>): string {
  const row = (title: string, rules: readonly CatalogueRule[]) => {
    const weak = rules.filter(isSign).length;
    const of = (level: string) => rules.filter((rule) => !isSign(rule) && rule.confidence === level).length;
    return `| ${title} | ${rules.length} | ${of('high')} | ${of('medium')} | ${weak} |`;
  };
  const link = (type: string) => `[${titleOf(type)}](#${anchor(titleOf(type))})`;
  return `${attempts.length} rules look at requests for ${types.size} types of attack, ${exploits.length} at what sinks are given; ${scanners.length} scanners know personal and payment data and credentials.

| type | rules | high | medium | signs |
| --- | ---: | ---: | ---: | ---: |
${[...types].map(([type, rules]) => row(link(type), rules)).join('\n')}
${row('**all**', attempts)}`;
}

/** How GitHub makes an anchor of a heading. */
export function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

const isSign = ({ weight }: CatalogueRule): boolean => weight !== undefined;

function renderType(type: string, rules: readonly CatalogueRule[], { examples, scores }: Catalogue): string {
  const tests = scores.filter(({ tags }) => tags.type === type);
  return [
    `### ${titleOf(type)}`,
    `\`${type}\``,
    ...rules.map((rule) => renderRule(rule, examples.get(rule.id))),
    ...(tests.length > 0 ? [`The sum of signs: ${tests.map(scoreItem).join('; ')}.`] : []),
  ].join('\n\n');
}

const scoreItem = ({ id, name, tags }: RuleDefinition): string =>
  `\`${id}\` (${tags.confidence}): ${escapeText(name)}`;

export function renderRule(rule: CatalogueRule, example: Example | undefined): string {
  const { id, name, confidence, weight, severity, about } = rule;
  const facts = [
    weight === undefined ? `confidence ${confidence}` : `sign of weight ${weight}`,
    ...(severity ? [`severity ${severity}`] : []),
    ...references(rule),
  ];
  return [
    `#### ${id}`,
    `**${escapeText(name)}** · ${facts.join(' · ')}`,
    ...(about ? [about] : []),
    ...(example === undefined ? [] : [`Example: ${renderExample(example)}`]),
  ].join('\n\n');
}

/** A value, and where it stands if it is no query value. */
export function renderExample(example: Example): string {
  if (typeof example === 'string') return codeSpan(example);
  const { path, value } = firstLeaf(example);
  return `\`${path.join('.')}\`: ${codeSpan(value)}`;
}

function firstLeaf(value: unknown, path: readonly string[] = []): { path: readonly string[]; value: string } {
  if (typeof value !== 'object' || value === null) return { path, value: String(value) };
  const [first] = Object.entries(value);
  return first === undefined ? { path, value: '' } : firstLeaf(first[1], [...path, first[0]]);
}

function renderExploits(exploits: readonly RuleDefinition[]): string {
  const rows = exploits.map(({ id, name, tags, conditions }) => {
    const detectors = conditions.map(({ operator }) => `\`${operator}\``).join(', ');
    return `| \`${id}\` | ${escapeText(name)} | ${detectors} | ${referencesOf(tags).join(', ')} |`;
  });
  return `## Exploits at sinks

Confidence high. With a match comes the stack of calls.

| rule | what | detector | |
| --- | --- | --- | --- |
${rows.join('\n')}`;
}

const referencesOf = ({ owasp, cwe, capec }: RuleDefinition['tags']): string[] =>
  references({ owasp, cwe, capec });

function renderResponses(responses: readonly RuleDefinition[]): string {
  const items = responses.map(({ id, name }) => `- \`${id}\`: ${escapeText(name)}`);
  return `## Lists of what is blocked\n\nThe platform and teams fill them; they block under every policy.\n\n${items.join('\n')}`;
}

function renderClients({ clients, examples }: Catalogue): string {
  const rows = clients.map(({ id, name }) => {
    const example = examples.get(id);
    return `| \`${id}\` | ${escapeText(name)} | ${example === undefined ? '' : cell(renderExample(example))} |`;
  });
  return `## Automatic clients

No attacks, and no events: the attribute \`wardline.appsec.client.kind\` says what kind of client a request says it is from.

| rule | what | example |
| --- | --- | --- |
${rows.join('\n')}`;
}

function renderScanners({ scanners, scannerExamples }: Catalogue): string {
  const sections = [...groupBy(scanners, ({ tags }) => tags.category ?? '')].map(([category, list]) => {
    const rows = list.map(({ id, name, key, tags }) => {
      const example = scannerExamples.get(id);
      const by = key ? 'key and value' : 'value';
      const shown = example === undefined ? '' : cell(codeSpan(example, 60));
      return `| \`${id}\` | ${escapeText(name ?? '')} | \`${tags.type}\` | ${by} | ${shown} |`;
    });
    return `### Scanners: ${category}

| scanner | what | type | known by | example |
| --- | --- | --- | --- | --- |
${rows.join('\n')}`;
  });
  return `## Scanners

They say what a string is, for schemas of requests (\`_dd.appsec.s.req.*\`) and for redaction: with the tags \`category\` and \`type\`. Schemas are made of requests of which the host asks for them. In the examples \`{hex:32}\` stands for 32 such characters, so that the page has nothing that looks like a leaked secret.

${sections.join('\n\n')}`;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
