/**
 * Writes docs/rules.md, the catalogue of the ruleset. `node --conditions=source scripts/catalogue.ts [--check]`; with
 * `--check` it writes nothing, and exits with 1 if the page is out of date.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { ruleSources, ruleset } from '@wardline/rules';
import { readVectors } from '../packages/rules/test/vectors.ts';
import { renderCatalogue } from './catalogue/page.ts';

const PAGE = new URL('../docs/rules.md', import.meta.url);
const SCANNER_VECTORS = new URL('../packages/rules/vectors/data/scanners.json', import.meta.url);

const rules = ruleset.rules ?? [];
const examples = new Map(
  [...readVectors()].flatMap(([id, { match }]) => match.slice(0, 1).map((first) => [id, first] as const)),
);
const scannerVectors = JSON.parse(readFileSync(SCANNER_VECTORS, 'utf8')) as Record<
  string,
  { match: (string | [string, string])[] }
>;
const scannerExamples = new Map(
  Object.entries(scannerVectors).flatMap(([id, { match }]) =>
    match.slice(0, 1).map((first) => [id, typeof first === 'string' ? first : first.join(': ')] as const),
  ),
);

const page = renderCatalogue({
  attempts: ruleSources,
  exploits: rules.filter(({ tags }) => tags.module === 'rasp'),
  scores: rules.filter(({ id }) => id.startsWith('score-')),
  responses: rules.filter(({ tags }) => tags.category === 'security_response'),
  clients: rules.filter(({ tags }) => tags.category === 'client'),
  scanners: ruleset.scanners ?? [],
  examples,
  scannerExamples,
});

const unknown = process.argv.slice(2).filter((argument) => argument !== '--check');
if (unknown.length > 0) {
  console.error(`Unknown argument: ${unknown[0]}. There is only --check.`);
  process.exit(2);
}
if (!process.argv.includes('--check')) {
  writeFileSync(PAGE, page);
} else if (!existsSync(PAGE) || readFileSync(PAGE, 'utf8') !== page) {
  console.error('docs/rules.md is out of date. Write it anew with: npm run catalogue');
  process.exit(1);
}
