import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { compile, type Ruleset } from '../index.ts';

const recommended = JSON.parse(
  readFileSync(
    createRequire(import.meta.url).resolve('dd-trace/packages/dd-trace/src/appsec/recommended.json'),
    'utf8',
  ),
) as Ruleset;

const part = (value: unknown) => btoa(JSON.stringify(value)).replaceAll('=', '');
const token = (header: object, payload: object) => `Bearer ${part(header)}.${part(payload)}.c2ln`;
const authorization = (value: string) => ({ 'server.request.headers.no_cookies': { authorization: value } });

const schemaOf = (address: string, parts: object = {}) => ({
  id: `schema of ${address}`,
  generator: 'extract_schema',
  parameters: { mappings: [{ inputs: [{ address }], output: `schema ${address}` }] },
  evaluate: false,
  output: true,
  ...parts,
});
const scanner = (id: string) => ({
  id,
  tags: { type: id, category: 'letter' },
  value: { operator: 'match_regex', parameters: { regex: id } },
});

test("Datadog's rules tell of tokens without an expiry, an audience or a signature", () => {
  const waf = compile(recommended);
  const attributes = (value: string) =>
    Object.fromEntries(
      Object.entries(waf.newContext().run(authorization(value)).attributes).filter(([name]) =>
        /jwt/.test(name),
      ),
    );
  assert.deepEqual(attributes(token({ alg: 'none' }, { sub: 'jo' })), {
    '_dd.appsec.api.jwt.no_expiry': 1,
    '_dd.appsec.api.jwt.no_audience': 1,
    '_dd.appsec.api.jwt.none_alg': 1,
    'api.security.jwt.alg': 'none',
  });
  assert.deepEqual(attributes(token({ alg: 'RS256' }, { exp: 1, aud: 'shop' })), {
    'api.security.jwt.alg': 'RS256',
  });
  assert.deepEqual(attributes('Basic am86c2VjcmV0'), {});
});

test('what nobody wants is not made, nor asked for', () => {
  const jwt = {
    id: 'jwt',
    generator: 'jwt_decode',
    parameters: { mappings: [{ inputs: [{ address: 'token' }], output: 'jwt' }] },
  };
  const schema = schemaOf('jwt', { id: 'schema' });
  const rule = {
    id: 'r',
    name: 'r',
    tags: { type: 't' },
    conditions: [{ operator: 'exists', parameters: { inputs: [{ address: 'jwt', key_path: ['payload'] }] } }],
  };
  const known = (ruleset: object) => [...compile(ruleset).knownAddresses].sort();
  assert.deepEqual(known({ processors: [jwt] }), []);
  assert.deepEqual(known({ processors: [jwt], rules: [rule] }), ['jwt', 'token']);
  assert.deepEqual(known({ processors: [jwt, schema] }), ['jwt', 'token']);
  const conditions = [{ operator: 'exists', parameters: { inputs: [{ address: 'wanted' }] } }];
  assert.deepEqual(known({ processors: [schemaOf('a', { conditions })] }), ['a', 'wanted']);
});

test('processors, scanners and overrides of several configurations add up and go', () => {
  const waf = compile({ processors: [schemaOf('a', { id: 'p' })] });
  const schema = () => waf.newContext().run({ a: { k: 'x', l: 'y' } }).attributes['schema a'];
  const tagged = (id: string) => [8, { type: id, category: 'letter' }];
  assert.deepEqual(schema(), [{ k: [8], l: [8] }]);
  waf.update('scanners', { scanners: [scanner('x'), scanner('y')] });
  waf.update('all', {
    processor_overrides: [
      { target: [{ id: 'p' }], scanners: { include: [{ tags: { category: 'letter' } }] } },
    ],
  });
  assert.deepEqual(schema(), [{ k: tagged('x'), l: tagged('y') }]);
  waf.update('not x', {
    processor_overrides: [{ target: [{ id: 'p' }], scanners: { exclude: [{ id: 'x' }] } }],
  });
  assert.deepEqual(schema(), [{ k: [8], l: tagged('y') }]);
  assert.deepEqual(
    waf.update('more', { processors: [schemaOf('b', { id: 'p' })] }).sections.processors?.errors,
    {
      'duplicate processor': ['p'],
    },
  );
  waf.remove('not x');
  waf.remove('scanners');
  assert.deepEqual(schema(), [{ k: [8], l: [8] }]);
});

test('of scanners that know a text the first in the file names it', () => {
  const waf = compile({
    processors: [
      schemaOf('a', {
        parameters: {
          mappings: [{ inputs: [{ address: 'a' }], output: 's' }],
          scanners: [{ id: 'y' }, { id: 'x' }],
        },
      }),
    ],
    scanners: [scanner('x'), scanner('y')],
  });
  assert.deepEqual(waf.newContext().run({ a: 'yx' }).attributes.s, [8, { type: 'x', category: 'letter' }]);
});

test('what there was no time for is made when there is', () => {
  let now = 0;
  const clock = () => now;
  const conditions = [{ operator: 'exists', parameters: { inputs: [{ address: 'asked' }] } }];
  const waf = compile({ processors: [schemaOf('a', { conditions })] }, { clock, limits: { timeout: 1000 } });
  const context = waf.newContext();
  context.run({ asked: true });
  const slow = {
    toJSON() {
      now += 1000;
      return Array.from({ length: 20 }, (_, index) => ({ [`k${index}`]: index }));
    },
  };
  const late = context.run({ a: slow }, { timeout: 1000 });
  assert.deepEqual([late.timedOut, late.attributes], [true, {}]);
  assert.deepEqual(context.run({ a: ['x'] }).attributes, { 'schema a': [[[8]], { len: 1 }] });
});

test('what only the host looks at is made when it looks, of what was known in that run', () => {
  const waf = compile({ processors: [schemaOf('a'), schemaOf('b')] });
  const context = waf.newContext();
  const first = context.run({ a: 'x' });
  const second = context.run({ b: 1 }, { ephemeral: { a: true } });
  const third = context.run({ a: false }, { ephemeral: { b: 'x' } });
  assert.deepEqual(third.attributes, {});
  assert.deepEqual(first.attributes, { 'schema a': [8] });
  assert.deepEqual(second.attributes, { 'schema b': [16] });
  assert.deepEqual(JSON.parse(JSON.stringify(first)).attributes, first.attributes);
});

test('hostile values have schemas too', () => {
  const waf = compile({ processors: [schemaOf('a')] }, { limits: { timeout: 1e9 } });
  const cycle: Record<string, unknown> = { x: 1 };
  cycle.self = cycle;
  const throwing = {
    get bad() {
      throw new Error('no');
    },
  };
  const deep = () => {
    let value: unknown = 1;
    for (let level = 0; level < 10_000; level++) value = level % 2 === 0 ? [value] : { value };
    return value;
  };
  const many = Array.from({ length: 300 }, (_, i) =>
    Array.from({ length: 300 }, (_, k) => ({ [`${i}.${k}`]: k })),
  );
  for (const value of [
    cycle,
    throwing,
    deep(),
    many,
    JSON.parse('{"__proto__":{"x":1}}'),
    new Map([[{}, 1]]),
  ]) {
    const result = waf.newContext().run({ a: value });
    assert.equal(result.error, undefined);
    assert.ok(JSON.stringify(result.attributes['schema a']).length > 2);
  }
  const { attributes } = waf.newContext().run({ a: JSON.parse('{"__proto__":1,"x":"y"}') });
  assert.equal(JSON.stringify(attributes['schema a']), '[{"__proto__":[16],"x":[8]}]');
});

test('a schema is the same in every context', () => {
  const waf = compile({ processors: [schemaOf('a')], scanners: [scanner('x')] });
  const schema = () => waf.newContext().run({ a: [{ x: 1 }, 'x'] }).attributes['schema a'] as unknown[];
  const first = JSON.stringify(schema());
  schema().push('changed');
  assert.equal(JSON.stringify(schema()), first);
});
