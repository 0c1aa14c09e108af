import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { compile, type Waf } from '../src/index.ts';
import { readSql } from '../src/match/sqli/fingerprint.ts';
import { isInjection } from '../src/match/sqli/grammar.ts';
import { comparable, openLibddwaf } from './libddwaf.ts';
import { sqlFragments } from './sql-fragments.ts';
import vectors from './vectors/is-sqli.json' with { type: 'json' };

const ruleset = {
  rules: [
    {
      id: 'r',
      name: 'r',
      tags: { type: 't' },
      conditions: [{ operator: 'is_sqli', parameters: { inputs: [{ address: 'value' }] } }],
    },
  ],
};
const SEED = 20260;
const INPUTS = 6000;

let oracle: NonNullable<ReturnType<typeof openLibddwaf>>;
let waf: Waf;

before(() => {
  oracle = openLibddwaf(ruleset)!;
  waf = compile(ruleset, { obfuscator: { keyRegex: '', valueRegex: '' }, limits: { timeout: 1e7 } });
});
after(() => oracle.close());

test('is_sqli: events are the same', () => {
  for (const text of [...vectors.injections.map(({ text }) => text), ...vectors.harmless]) {
    const run = { persistent: { value: text } };
    const [theirs] = oracle.run([run]);
    assert.deepEqual(comparable(waf.newContext().run(run.persistent)), comparable(theirs!), text);
  }
});

test('is_sqli: the differences are still there', () => {
  for (const { text, ours, libddwaf, reason } of vectors.differences) {
    assert.deepEqual([verdict(text), peerVerdict(text)], [ours, libddwaf], `${text}: ${reason}`);
  }
});

test('is_sqli cannot be negated in either', () => {
  const negated = structuredClone(ruleset);
  negated.rules[0]!.conditions[0]!.operator = '!is_sqli';
  assert.equal(openLibddwaf(negated), undefined);
  assert.throws(() => compile(negated));
});

/** Why verdicts on a text may differ, by whether it is so. */
const DIFFERENCES: Record<string, (text: string) => boolean> = {
  'a word that goes on after a number': (text) =>
    /[\d.][a-f]*(?:and|x?or|union|except|intersect|having|limit)\b|\\n(?:and|or|union|having|limit)/i.test(
      text,
    ),
  'a no-break space': (text) => text.includes('\u00a0'),
  'a comment that hides code, at the beginning and right before a word': (text) =>
    /^[^a-z\d]*\/\*[\s\S]*\*\/\w/i.test(text),
};

test(`is_sqli: random pieces of SQL, seed ${SEED}`, () => {
  let listedThere = 0;
  let listedHere = 0;
  let same = 0;
  for (const text of sqlFragments(SEED, INPUTS)) {
    const ours = verdict(text);
    const theirs = peerVerdict(text);
    if (ours === theirs) same++;
    else if (Object.values(DIFFERENCES).some((holds) => holds(text))) continue;
    else if (theirs === null) listedHere++;
    else {
      // Both read it alike; the fingerprint is one of the rare ones that only they list.
      assert.ok(readings(text).includes(theirs), `${JSON.stringify(text)} is ${theirs} to libddwaf`);
      listedThere++;
    }
  }
  assert.ok(same > INPUTS * 0.98, `${same} alike`);
  assert.ok(listedThere <= INPUTS * 0.005, `${listedThere} fingerprints are listed there only`);
  assert.ok(listedHere <= INPUTS * 0.001, `${listedHere} fingerprints are listed here only`);
});

/** By the type of a token, one that has it. */
const TOKENS: Readonly<Record<string, string>> = {
  ...{ 1: '1', s: '$$x$$', v: '@x', n: 'x', f: 'sleep', E: 'select', U: 'union', B: 'having', T: 'drop' },
  ...{ k: 'where', o: '<', t: 'int', '&': 'and', A: 'collate', c: '/*x*/', '(': '(', ')': ')', ',': ',' },
  ';': ';',
};

/** Texts of one to five tokens whose fingerprints are injections, by these. */
function* injections(beginning = '', text = ''): Generator<[fingerprint: string, text: string]> {
  if (isInjection(beginning) && readSql(text, '', 'ansi').fingerprint === beginning) yield [beginning, text];
  if (beginning.length === 5 || beginning.endsWith('c')) return;
  for (const [type, token] of Object.entries(TOKENS)) yield* injections(beginning + type, `${text} ${token}`);
}

test('is_sqli: of all fingerprints these are listed here only', () => {
  const texts = new Map(injections());
  assert.ok(texts.size > 7000, `${texts.size} fingerprints`);
  const only = [...texts].filter(([, text]) => verdict(text) !== null && peerVerdict(text) === null);
  const fingerprints = only.map(([fingerprint]) => fingerprint);
  assert.deepEqual(fingerprints.sort(), ['f(n)k', 'nUEnn', 's&nos', 'sUEnn', 'vUEnn']);
});

function readings(text: string): string[] {
  return (['', "'", '"', '`'] as const).flatMap((context) =>
    (['ansi', 'mysql'] as const).map((mode) => readSql(text, context, mode).fingerprint),
  );
}

function verdict(text: string): string | null {
  return highlightOf(waf.newContext().run({ value: text }));
}

function peerVerdict(text: string): string | null {
  return highlightOf(oracle.run([{ persistent: { value: text } }])[0]!);
}

function highlightOf({ events }: ReturnType<typeof oracle.run>[number]): string | null {
  const parameter = events[0]?.rule_matches[0]?.parameters[0];
  return parameter !== undefined && 'highlight' in parameter ? parameter.highlight[0]! : null;
}
