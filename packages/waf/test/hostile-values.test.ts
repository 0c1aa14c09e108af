/** Whatever JavaScript value is given to the engine, as addresses or as a ruleset, it doesn't throw into its host. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { compile, RulesetError, type Waf } from '../src/index.ts';
import { randomRuleset } from './random-ruleset.ts';

let recommended: unknown;
let waf: Waf;

before(() => {
  const file = 'dd-trace/packages/dd-trace/src/appsec/recommended.json';
  recommended = JSON.parse(readFileSync(createRequire(import.meta.url).resolve(file), 'utf8'));
  waf = compile(recommended, { clock: () => 0 });
});

function fail(): never {
  throw new Error('thrown by the host');
}

/** Objects that throw, lie or never end when they are looked at; made anew for each use. */
const HOSTILE: Record<string, () => unknown> = {
  'a getter that throws': () => Object.defineProperty({ a: 'x' }, 'k', { enumerable: true, get: fail }),
  'a getter that gives another object each time': () => {
    const endless = (): object => Object.defineProperty({}, 'k', { enumerable: true, get: () => endless() });
    return endless();
  },
  'a proxy that throws': () =>
    new Proxy(
      {},
      { get: fail, has: fail, ownKeys: fail, getPrototypeOf: fail, getOwnPropertyDescriptor: fail },
    ),
  'a proxy of an array that throws': () => new Proxy(['x'], { get: fail }),
  'a proxy that has every key': () => new Proxy({}, { get: (_, key) => String(key), has: () => true }),
  'a proxy that lists keys that it has not': () =>
    new Proxy(
      {},
      {
        ownKeys: () => ['a', 'b'],
        getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
        get: fail,
      },
    ),
  'a revoked proxy': () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
  'a cycle': () => {
    const cycle: Record<string, unknown> = { k: 'x' };
    cycle.self = cycle;
    cycle.list = [cycle, { cycle }];
    return cycle;
  },
  'a cycle through toJSON': () => {
    const cycle = { toJSON: () => cycle, k: 'x' };
    return cycle;
  },
  'toJSON that throws': () => ({ toJSON: fail }),
  'toJSON behind a getter that throws': () => Object.defineProperty({}, 'toJSON', { get: fail }),
  'a huge sparse array': () => Object.assign([], { length: 2 ** 32 - 1 }),
  'an array whose length lies': () =>
    new Proxy([], { get: (target, key) => (key === 'length' ? 1e9 : Reflect.get(target, key)) }),
  'a map that throws': () => Object.assign(new Map([['k', 'x']]), { [Symbol.iterator]: fail }),
  'a map of which the size lies': () => Object.defineProperty(new Map([['k', 'x']]), 'size', { get: fail }),
  'a map with keys that are no text': () =>
    new Map<unknown, unknown>([
      [Symbol('k'), 'x'],
      [{ toString: fail }, 'x'],
      [Object.create(null), 'x'],
      [1n, 'x'],
    ]),
  'a set of itself': () => {
    const set = new Set<unknown>();
    set.add(set);
    return set;
  },
  'boxed scalars that throw': () => Object.assign(new String('x'), { valueOf: fail, toString: fail }),
  'what pretends to be a string': () => Object.create(String.prototype),
  'what pretends to be bytes': () => Object.create(Uint8Array.prototype),
  'bytes that are gone': () => {
    const bytes = new Uint8Array(8);
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    return bytes;
  },
  'an invalid date': () => new Date(Number.NaN),
  'a symbol': () => Symbol('x'),
  'a large integer': () => 10n ** 400n,
  'a function': () => Object.assign(() => 'x', { k: 'x' }),
  'a class': () => class Example {},
  'a promise': () => Promise.resolve('x'),
  'weak things': () => [new WeakMap(), new WeakSet(), new WeakRef({})],
  'the global object': () => globalThis,
  'a generator': () =>
    (function* () {
      yield fail();
    })(),
  'an error with a cause': () => new Error('x', { cause: fail }),
  'no prototype': () => Object.assign(Object.create(null), { k: 'x', __proto__: 'y' }),
  'numbers at the edge': () => [Number.NaN, -0, 1 / 0, -1 / 0, 2 ** 53, 5e-324],
  'a very long string': () => 'ab '.repeat(1 << 18),
  'half of a surrogate pair': () => ['\ud83d', { '\ude00': '\ud83d\ud83d\ude00' }],
};

/** Stands for a part that is left out. */
const REMOVED = Symbol('removed');

/** Makers of values, since a test's own machinery can't look at some of them. */
const anything = fc.oneof(
  fc.constantFrom(...Object.values(HOSTILE)),
  fc
    .anything({
      withBigInt: true,
      withBoxedValues: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withSparseArray: true,
      withTypedArray: true,
      withNullPrototype: true,
      withObjectString: true,
      maxDepth: 4,
    })
    .map((value) => () => value),
);

const part = fc.oneof(
  fc.constant(() => REMOVED),
  anything,
);

for (const [name, make] of Object.entries(HOSTILE)) {
  test(`as the value of an address, of a key and of an item: ${name}`, () => {
    for (const address of [...waf.knownAddresses, 'unknown']) {
      for (const value of [make(), { k: make() }, [make(), 'x'], { k: { k: [make()] } }]) {
        const context = waf.newContext();
        const results = [
          context.run({ [address]: value, 'server.request.query': { q: '<script>' } }),
          context.run({}, { ephemeral: { [address]: value } }),
        ];
        for (const result of results) {
          assert.equal(result.error, undefined);
          JSON.stringify(result);
        }
        assert.ok(results.some(({ events }) => events.length > 0) || address === 'server.request.query');
      }
    }
  });

  test(`as addresses, options and ruleset: ${name}`, () => {
    const context = waf.newContext();
    JSON.stringify(context.run(make() as Record<string, unknown>));
    JSON.stringify(context.run({ 'server.request.query': 'x' }, make() as object));
    JSON.stringify(context.run({}, { ephemeral: make() as Record<string, unknown> }));
    JSON.stringify(context.run({}, { timeout: make() as number }));
    compilesOrRefuses(make());
    compilesOrRefuses({ rules: make() });
    compilesOrRefuses({ rules: [make()], actions: [make()], exclusions: make(), processors: [make()] });
  });
}

test('any values as addresses', () => {
  const addresses = fc.dictionary(fc.constantFrom(...waf.knownAddresses), anything);
  fc.assert(
    fc.property(addresses, anything, (makers, other) => {
      const context = waf.newContext();
      const values = Object.fromEntries(Object.entries(makers).map(([address, make]) => [address, make()]));
      const result = context.run(values, { ephemeral: { 'server.db.statement': other() } });
      assert.equal(result.error, undefined);
      JSON.stringify(result);
      JSON.stringify(context.run(other() as Record<string, unknown>, other() as object));
    }),
    { seed: 1, numRuns: 1000 },
  );
});

test('any value in place of any part of a small ruleset', () => {
  fc.assert(
    fc.property(randomRuleset, fc.nat(), part, (ruleset, place, make) => {
      compilesOrRefuses(withOther(ruleset, place, make));
    }),
    { seed: 2, numRuns: 1500 },
  );
});

test("any value in place of any part of Datadog's ruleset", () => {
  const size = countParts(recommended);
  assert.ok(size > 10_000);
  fc.assert(
    fc.property(fc.nat(size - 1), part, (place, make) => {
      compilesOrRefuses(withOther(recommended, place, make));
    }),
    { seed: 3, numRuns: 60 },
  );
});

/** Nothing but a RulesetError may be thrown; an update doesn't throw; what compiles runs. */
function compilesOrRefuses(ruleset: unknown): void {
  const other = compile({ actions: [{ id: 'a', type: 'x', parameters: {} }] });
  JSON.stringify(other.update('other', ruleset));
  other.newContext().run({ a: 'x' });
  let compiled: Waf;
  try {
    compiled = compile(ruleset);
  } catch (error) {
    assert.ok(error instanceof RulesetError, String(error));
    return;
  }
  const result = compiled.newContext().run({ a: { k: 'x' }, 'server.request.query': 'x' });
  assert.equal(result.error, undefined);
  JSON.stringify([result, compiled.diagnostics]);
}

/** A copy of a value with another one in place of the part of this number, counted depth first. */
function withOther(value: unknown, place: number, make: () => unknown): unknown {
  let left = place % countParts(value);
  const copy = (part: unknown): unknown => {
    if (left-- === 0) return make();
    if (Array.isArray(part)) return part.map(copy).filter((item) => item !== REMOVED);
    if (typeof part !== 'object' || part === null) return part;
    const entries = Object.entries(part).map(([key, item]): [string, unknown] => [key, copy(item)]);
    return Object.fromEntries(entries.filter(([, item]) => item !== REMOVED));
  };
  return copy(value);
}

function countParts(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce((sum: number, item) => sum + countParts(item), 1);
}
