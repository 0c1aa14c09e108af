import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import appsec from '@datadog/native-appsec';
import { ruleset } from '@wardline/rules';
import { compile, type ProcessorDefinition, type ScannerDefinition } from '@wardline/waf';

/** A string under the key `value`, or a key and a string. In strings `{hex:32}` stands for 32 such characters. */
type Vector = string | [key: string, text: string];

const { DDWAF } = appsec;
const UNHURRIED = { timeout: 10_000_000 };
const BODY = '_dd.appsec.s.req.body';

const file = new URL('../vectors/data/scanners.json', import.meta.url);
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Record<
  string,
  { match: Vector[]; noMatch: Vector[] }
>;
const scanners = ruleset.scanners ?? [];
const schemas = (ruleset.processors ?? []).filter(({ generator }) => generator === 'extract_schema');

const CHARACTERS: Readonly<Record<string, string>> = {
  alnum: 'q7Zk2Vx9Tb4Rm1Hd8Wc5Yn3Lp6Js0GfEa',
  base32: 'Q7ZK2VXTB4RMHDWC5YN3LPJSGF6EA',
  digit: '8302947156',
  hex: '9f3a07c1e8b24d65',
  lower: 'q7zk2vx9t4rm8wc5yn3lp6js',
  upper: 'Q7ZK2VX9T4RM8WC5YN3LP6JS',
};

/** Tokens are made here, so that no file has one that a search for leaked secrets would report. */
function written(text: string): string {
  return text.replace(/\{(\w+):(\d+)\}/g, (_, kind: string, length: string) =>
    CHARACTERS[kind]!.repeat(8).slice(0, Number(length)),
  );
}

const keyAndText = (vector: Vector): [string, string] =>
  typeof vector === 'string' ? ['value', written(vector)] : [vector[0], written(vector[1])];

const asked = ([key, text]: [string, string]) => ({
  'waf.context.processor': { 'extract-schema': true },
  'server.request.body': { [key]: text },
});

const withScanners = (some: readonly ScannerDefinition[], processors: ProcessorDefinition[] = schemas) => ({
  version: '2.2',
  processors,
  scanners: [...some],
});

type Schema = [Record<string, [number, Record<string, string>?]>];

/** What a string is said to be. */
function tagsOf(attributes: { [BODY]?: unknown }, key: string): Record<string, string> | undefined {
  const [record] = attributes[BODY] as Schema;
  return record[key]?.[1];
}

describe('the scanners', () => {
  it('load whole on the engine, each id once', () => {
    const section = compile(ruleset).diagnostics.default?.sections.scanners;
    assert.deepEqual(section?.errors, {});
    assert.equal(section?.loaded.length, scanners.length);
    assert.equal(new Set(scanners.map(({ id }) => id)).size, scanners.length);
  });

  it('have at least three vectors each that match, and three that do not', () => {
    assert.deepEqual(Object.keys(vectors).sort(), scanners.map(({ id }) => id).sort());
    for (const [id, { match, noMatch }] of Object.entries(vectors)) {
      assert.ok(match.length >= 3 && noMatch.length >= 3, id);
    }
  });

  it('are asked only where the host wants a schema', () => {
    const context = compile(ruleset).newContext();
    const { attributes } = context.run({ 'server.request.body': { mail: 'ana@example.com' } });
    assert.equal(attributes[BODY], undefined);
  });
});

describe('each scanner on its vectors', () => {
  const all = compile(withScanners(scanners));
  for (const scanner of scanners) {
    const own = vectors[scanner.id] ?? { match: [], noMatch: [] };
    it(scanner.id, () => {
      const alone = compile(withScanners([scanner]));
      const oracle = new DDWAF({ ...withScanners([scanner]), rules: [NEVER] }, 'scanners');
      const check = (vector: Vector, expected: Record<string, string> | undefined) => {
        const [key, text] = keyAndText(vector);
        const addresses = asked([key, text]);
        const shown = JSON.stringify([key, text]);
        const found = alone.newContext().run(addresses, UNHURRIED).attributes;
        assert.deepEqual(tagsOf(found, key), expected, `our verdict on ${shown}`);
        const context = oracle.createContext();
        const { attributes = {} } = context.run({ persistent: addresses }, UNHURRIED.timeout);
        context.dispose();
        assert.deepEqual(tagsOf(attributes, key), expected, `libddwaf's verdict on ${shown}`);
      };
      for (const vector of own.noMatch) check(vector, undefined);
      for (const vector of own.match) {
        check(vector, scanner.tags);
        const [key, text] = keyAndText(vector);
        const found = all.newContext().run(asked([key, text]), UNHURRIED).attributes;
        assert.equal(
          tagsOf(found, key)?.category,
          scanner.tags.category,
          `of all scanners the first that knows ${JSON.stringify([key, text])} is of another category`,
        );
      }
      oracle.dispose();
    });
  }
});

/** libddwaf loads no ruleset without rules. */
const NEVER = {
  id: 'never',
  name: 'never',
  tags: { type: 'none' },
  conditions: [{ operator: 'exists', parameters: { inputs: [{ address: 'server.request.nothing' }] } }],
};
