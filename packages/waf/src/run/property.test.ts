import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compile, RulesetError, type Waf } from '../index.ts';

const ADDRESSES = ['a', 'b', '__proto__', 'constructor'];

/** Values of a ruleset, often of the right kind for their key, else anything. */
const address = fc.constantFrom(...ADDRESSES);
const keyPath = fc.array(
  fc.oneof(fc.constantFrom('k', '*', '__proto__', 'length'), fc.integer({ min: -3, max: 3 })),
  {
    maxLength: 3,
  },
);
const transformers = fc.array(
  fc.constantFrom('lowercase', 'urlDecodeUni', 'keys_only', 'removeNulls', 'base64_decode', 'nope'),
  { maxLength: 3 },
);
const inputs = fc.array(
  fc.record({ address, key_path: keyPath, transformers }, { requiredKeys: ['address'] }),
  { maxLength: 2 },
);
const operator = fc.constantFrom(
  ...[
    'match_regex',
    '!match_regex',
    'phrase_match',
    'exact_match',
    '!exact_match',
    'ip_match',
    'equals',
    '!equals',
  ],
  ...[
    'exists',
    '!exists',
    'greater_than',
    'hidden_ascii_match',
    'is_xss',
    'lfi_detector@v2',
    'sqli_detector',
  ],
  ...['shi_detector', 'cmdi_detector', 'ssrf_detector', 'nope'],
);
const parameters = fc.record(
  {
    inputs,
    resource: inputs,
    params: inputs,
    db_type: inputs,
    regex: fc.constantFrom('x', '^$', '(a|b)+', '(', '.*'),
    list: fc.array(fc.constantFrom('x', '', '10.0.0.0/8', 'ab'), { maxLength: 3 }),
    data: fc.constantFrom('d', '__proto__'),
    type: fc.constantFrom('float', 'string', 'boolean', 'unsigned'),
    value: fc.oneof(fc.boolean(), fc.integer(), fc.constant('x')),
    options: fc.jsonValue({ maxDepth: 1 }),
  },
  { requiredKeys: [] },
);
const conditions = fc.array(fc.record({ operator, parameters }), { maxLength: 3 });
const id = fc.constantFrom('r1', 'r2', 'r3', '__proto__');
const target = fc.oneof(fc.record({ rule_id: id }), fc.record({ tags: fc.constant({ type: 't' }) }));
const onMatch = fc.array(fc.constantFrom('block', 'monitor', 'stack_trace', 'own', '__proto__'), {
  maxLength: 3,
});
const rule = fc.record(
  {
    id,
    name: fc.constant('n'),
    tags: fc.record({
      type: fc.constantFrom('t', 'u'),
      module: fc.constantFrom('waf', 'rasp', 'network-acl'),
    }),
    conditions,
    transformers,
    on_match: onMatch,
    output: fc.record({ attributes: fc.dictionary(id, fc.record({ address, key_path: keyPath })) }),
  },
  { requiredKeys: ['id', 'name', 'tags', 'conditions'] },
);
const ruleset = fc.record(
  {
    rules: fc.array(rule, { maxLength: 4 }),
    custom_rules: fc.array(rule, { maxLength: 2 }),
    exclusions: fc.array(
      fc.record(
        {
          id,
          conditions,
          rules_target: fc.array(target, { maxLength: 2 }),
          inputs: fc.array(fc.record({ address, key_path: keyPath })),
          on_match: fc.constantFrom('bypass', 'monitor', 'block', 'own'),
        },
        { requiredKeys: ['id'] },
      ),
      { maxLength: 2 },
    ),
    rules_override: fc.array(fc.record({ rules_target: fc.array(target), on_match: onMatch }), {
      maxLength: 2,
    }),
    actions: fc.array(
      fc.record({
        id: fc.constant('own'),
        type: fc.constantFrom('block_request', 'redirect_request', 'x'),
        parameters: fc.jsonValue({ maxDepth: 1 }),
      }),
    ),
    rules_data: fc.array(
      fc.record({
        id: fc.constantFrom('d', '__proto__'),
        type: fc.constantFrom('ip_with_expiration', 'data_with_expiration'),
        data: fc.array(fc.record({ value: fc.constantFrom('10.0.0.1', 'x') })),
      }),
    ),
  },
  { requiredKeys: [] },
);
const text = fc.oneof(
  fc.constantFrom('x', 'ab', '10.0.0.1', "1' or '1'='1", '../../etc/passwd', ''),
  fc.string(),
);
const value = fc.oneof(
  text,
  fc.jsonValue(),
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withNullPrototype: true,
  }),
);
const addresses = fc.dictionary(address, value);
const runs = fc.array(fc.record({ persistent: addresses, ephemeral: addresses }), { maxLength: 4 });

function compileOrNot(input: unknown): Waf | undefined {
  try {
    return compile(input);
  } catch (error) {
    assert.ok(error instanceof RulesetError, String(error));
    return undefined;
  }
}

test('any ruleset compiles or is refused, and any addresses run', () => {
  fc.assert(
    fc.property(ruleset, runs, (input, requests) => {
      const context = compileOrNot(input)?.newContext();
      for (const { persistent, ephemeral } of requests) {
        const result = context?.run(persistent, { ephemeral });
        assert.equal(result?.error, undefined);
        assert.doesNotThrow(() => JSON.stringify(result));
      }
    }),
    { numRuns: 500 },
  );
});

test('any JSON is a ruleset or is refused', () => {
  const sections = [
    'rules',
    'custom_rules',
    'exclusions',
    'rules_data',
    'rules_override',
    'actions',
    'processors',
    'processor_overrides',
    'scanners',
  ];
  fc.assert(
    fc.property(
      fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...sections), fc.jsonValue())),
      (input) => {
        compileOrNot(input);
        const waf = compile({ actions: [{ id: 'a', type: 'x', parameters: {} }] });
        waf.update('other', input);
        waf.newContext().run(input as Record<string, unknown>);
      },
    ),
    { numRuns: 500 },
  );
});

test('what one context has seen changes nothing for another', () => {
  fc.assert(
    fc.property(ruleset, runs, runs, (input, some, others) => {
      const waf = compileOrNot(input);
      if (waf === undefined) return;
      const outcome = (requests: typeof runs extends fc.Arbitrary<infer T> ? T : never) => {
        const context = waf.newContext();
        return requests.map(({ persistent, ephemeral }) => {
          const { events, attributes, actions } = context.run(persistent, { ephemeral });
          return { rules: events.map((event) => event.rule.id), attributes, actions: Object.keys(actions) };
        });
      };
      const alone = outcome(some);
      outcome(others);
      assert.deepEqual(outcome(some), alone);
    }),
    { numRuns: 300 },
  );
});
