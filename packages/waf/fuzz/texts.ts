import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What inputs are put together from. */
export interface Texts {
  readonly attacks: readonly string[];
  readonly benign: readonly string[];
  /** Requests that are vectors of their own: addresses, and what a sink is given then. */
  readonly requests: readonly { persistent: object; ephemeral?: object }[];
}

const RULES_VECTORS = new URL('../../rules/vectors/', import.meta.url);
const VECTORS = new URL('../test/vectors/', import.meta.url);
/** Longer lines of a corpus are left out: there is a mutation for length. */
const MAX_LINE = 2000;

type Vector = string | Record<string, unknown>;

/** The texts of this repository's vectors, and of a corpus if there is one. */
export function readTexts(corpus?: string): Texts {
  const attacks = new Set(Object.values(read<Record<string, string[]>>(VECTORS, 'attacks.json')).flat());
  const benign = new Set([
    ...read<string[]>(VECTORS, 'benign.json'),
    ...read<string[]>(VECTORS, 'texts.json'),
  ]);
  const requests: Texts['requests'][number][] = [];
  for (const { input, ephemeral } of read<{ input: string; ephemeral: object }[]>(VECTORS, 'sinks.json')) {
    attacks.add(input);
    requests.push({ persistent: { 'server.request.query': { q: input } }, ephemeral });
  }
  for (const file of readdirSync(RULES_VECTORS).filter((name) => name.endsWith('.json'))) {
    const byRule = read<Record<string, { match: Vector[]; noMatch: Vector[] }>>(RULES_VECTORS, file);
    for (const { match, noMatch } of Object.values(byRule)) {
      for (const vector of [...match, ...noMatch]) {
        if (typeof vector !== 'string') requests.push({ persistent: vector });
      }
      for (const text of match) if (typeof text === 'string') attacks.add(text);
      for (const text of noMatch) if (typeof text === 'string') benign.add(text);
    }
  }
  for (const line of corpus === undefined ? [] : linesBelow(corpus)) attacks.add(line);
  return { attacks: [...attacks], benign: [...benign], requests };
}

function read<T>(directory: URL, file: string): T {
  return JSON.parse(readFileSync(fileURLToPath(new URL(file, directory)), 'utf8')) as T;
}

/** The lines of all files below a directory, in the order of their names, as they are and percent-decoded. */
function linesBelow(path: string): string[] {
  if (statSync(path).isDirectory()) {
    return readdirSync(path)
      .sort()
      .flatMap((name) => linesBelow(join(path, name)));
  }
  return readFileSync(path, 'utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '' && line.length <= MAX_LINE)
    .flatMap((line) => [line, percentDecoded(line)]);
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
