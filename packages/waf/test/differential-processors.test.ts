import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import fc from 'fast-check';
import { compile, type Ruleset } from '../src/index.ts';
import { comparable, openLibddwaf, type Run, runLibddwaf } from './libddwaf.ts';
import cases from './vectors/processors.json' with { type: 'json' };

interface Case {
  name: string;
  ruleset: object;
  runs: Run[];
  /** Why the two are meant to differ, and the attributes that ours gives in each run. */
  differs?: string;
  expected?: object[];
}

type Result = Parameters<typeof comparable>[0];

/** libddwaf's own; this engine's defaults are higher. */
const LIMITS = { stringLength: 4096, containerSize: 256, depth: 20, timeout: 1e7 };
/** Attributes that are schemas. */
const SCHEMA = /^schema|^_dd\.appsec\.s\./;

for (const { name, ruleset, runs, differs, expected } of cases as Case[]) {
  test(`processors mean what they mean to libddwaf: ${name}`, () => {
    const waf = compile({ actions: [{ id: 'a', type: 'x' }], ...ruleset }, { limits: LIMITS });
    const context = waf.newContext();
    const ours = runs.map(({ persistent = {}, ephemeral = {} }) => context.run(persistent, { ephemeral }));
    const theirs = runLibddwaf({ rules: [NEVER], ...ruleset }, runs);
    assert.ok(theirs);
    for (const result of ours) assert.equal(result.error, undefined);
    if (differs === undefined) {
      assert.deepEqual(ours.map(unordered), theirs.map(unordered));
    } else {
      assert.notDeepEqual(ours.map(unordered), theirs.map(unordered), 'no longer a difference');
      assert.deepEqual(
        ours.map(({ attributes }) => attributes),
        expected,
      );
    }
  });
}

/** Texts that scanners know, and some that look alike. */
const text = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.string({ unit: 'grapheme', maxLength: 4 }),
  fc.constantFrom(
    ...[
      'jo@example.com',
      '4111111111111111',
      '4111 1111 1111 1111',
      '378282246310005',
      'GB82WEST12345698765432',
    ],
    ...['078-05-1120', '078-05-1120x', '046-454-286', '12345', '12345-6789', '+1 555 010 0199', 'AB123456C'],
    ...[
      'Basic am86',
      'Bearer abc.def',
      'Digest x',
      '1HGBH41JXMN109186',
      'hunter2',
      'L01X00T47',
      '2024-02-30',
    ],
  ),
);
const key = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.constantFrom(
    ...[
      'email',
      'card',
      'credit_card',
      'iban',
      'account',
      'ssn',
      'social',
      'zip',
      'phone',
      'passport',
      'vin',
    ],
    ...['password', 'Authorization', 'sin', 'address', 'a,b', 'é', 'toString', '', '0'],
  ),
);
/** Up to 7 items in an array: of more, what libddwaf takes for the same is left to a hash table. */
const { body } = fc.letrec<{ body: unknown }>((tie) => ({
  body: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    fc.oneof(fc.double({ noNaN: true }), fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie('body'), { maxLength: 7 }),
    fc.array(fc.tuple(key, tie('body')), { maxLength: 6 }).map((entries) => Object.fromEntries(entries)),
  ),
}));
const texts = (names: readonly string[]) =>
  fc
    .array(
      fc.tuple(fc.oneof(key, fc.constantFrom(...names)), fc.oneof(text, fc.array(text, { maxLength: 2 }))),
      {
        maxLength: 8,
      },
    )
    .map((entries) => Object.fromEntries(entries));
const headers = texts([
  ...[
    'user-agent',
    'accept',
    'accept_encoding',
    'Referer',
    'te',
    'x-forwarded-for',
    'X-Real-IP',
    'forwarded-for',
  ],
  ...['x-datadog-trace-id', 'host', 'cache-control'],
]);
const requests = fc.array(
  fc.record(
    {
      'server.request.method': fc.constantFrom('GET', 'post', 'É', ''),
      'server.request.uri.raw': fc.webPath().map((path) => `${path}?${path}#${path}`),
      'server.request.query': texts(['q']),
      'server.request.body': body,
      'server.request.cookies': texts(['sid']),
      'server.request.headers.no_cookies': headers,
      'server.response.body': body,
      'usr.id': text,
      'usr.session_id': text,
      'waf.context.processor': fc.constant({ 'extract-schema': true }),
    },
    { requiredKeys: [] },
  ),
  { minLength: 1, maxLength: 3 },
);

test("Datadog's processors make the same of random requests", () => {
  const file = 'dd-trace/packages/dd-trace/src/appsec/recommended.json';
  const { processors, scanners } = JSON.parse(
    readFileSync(createRequire(import.meta.url).resolve(file), 'utf8'),
  ) as Ruleset;
  const waf = compile({ processors, scanners }, { limits: LIMITS });
  const oracle = openLibddwaf({ rules: [NEVER], processors, scanners });
  assert.ok(oracle);
  fc.assert(
    fc.property(requests, (runs) => {
      const context = waf.newContext();
      const ours = runs.map((addresses) => context.run(addresses));
      const theirs = oracle.run(runs.map((persistent) => ({ persistent })));
      for (const result of ours) assert.equal(result.error, undefined);
      assert.deepEqual(ours.map(byCategory), theirs.map(byCategory));
    }),
    { numRuns: 2_000, seed: 20_250_301 },
  );
  oracle.close();
});

/** Which of the scanners that know a text gives its tags is left to a hash table. */
function byCategory(result: Result) {
  const classified = JSON.stringify(result.attributes, (_, value) =>
    isTags(value) ? { category: value.category !== undefined } : value,
  );
  return unordered({ ...result, attributes: JSON.parse(classified) });
}

function isTags(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Record<string, unknown>).category === 'string'
  );
}

/** libddwaf wants a rule. */
const NEVER = {
  id: 'never',
  name: 'never',
  tags: { type: 'never' },
  conditions: [{ operator: 'exists', parameters: { inputs: [{ address: 'never' }] } }],
};

/** The schemas in an array come in no order, and are distinct unless what tells them apart was taken away. */
function unordered(result: Result) {
  const compared = comparable(result);
  const attributes = Object.entries(compared.attributes).map(([name, value]) => [
    name,
    SCHEMA.test(name) ? sorted(value) : value,
  ]);
  return { ...compared, attributes: Object.fromEntries(attributes) };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    const byText = new Map(value.map(sorted).map((item) => [JSON.stringify(item), item]));
    return [...byText.keys()].sort().map((text) => byText.get(text));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted((value as Record<string, unknown>)[key])]),
  );
}
