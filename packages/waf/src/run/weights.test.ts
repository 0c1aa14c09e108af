/** Signs that mean something only together: weighted rules, their sum, and rules that test it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import appsec from '@datadog/native-appsec';
import { compile } from '../index.ts';

const QUERY = 'server.request.query';
const SUM = 'server.request.weight.sql_injection';

const sign = (id: string, regex: string, weight: string, type = 'sql_injection') => ({
  id,
  name: id,
  tags: { type, category: 'attack_attempt', confidence: 'low', weight },
  conditions: [{ operator: 'match_regex', parameters: { inputs: [{ address: QUERY }], regex } }],
  output: { event: false, keep: false, attributes: { [`sign.${id}`]: { value: 1 } } },
});

const RULESET = {
  version: '2.2',
  rules: [
    sign('quote', "'", '1'),
    sign('comment', '--', '2'),
    sign('keyword', 'select', '2'),
    sign('angle', '<', '4', 'xss'),
    {
      id: 'sum',
      name: 'Signs of SQL injection',
      tags: { type: 'sql_injection', category: 'attack_attempt' },
      conditions: [
        {
          operator: 'greater_than',
          parameters: { inputs: [{ address: SUM }], type: 'float', value: 3 },
        },
      ],
      on_match: ['block'],
    },
  ],
  processors: [
    {
      id: 'weights',
      generator: 'sum_weights',
      parameters: {
        mappings: [
          {
            inputs: [{ address: 'waf.context.weights', key_path: ['sql_injection'] }],
            output: SUM,
          },
        ],
      },
      evaluate: true,
      output: true,
    },
  ],
};

const run = (q: string) =>
  compile(RULESET)
    .newContext()
    .run({ [QUERY]: { q } });

test('signs are no event until together they weigh enough', () => {
  for (const [text, sum] of [
    ["it's", 1],
    ["it's -- well", 3],
    ['select', 2],
  ] as const) {
    const result = run(text);
    assert.deepEqual(result.events, [], text);
    assert.deepEqual(result.actions, {}, text);
    assert.equal(result.keep, false, text);
    assert.equal(result.attributes[SUM], sum, text);
  }
  const { events, actions, attributes, keep } = run("it's a select --");
  assert.deepEqual(
    events.map(({ rule }) => rule.id),
    ['sum'],
  );
  assert.equal(attributes[SUM], 5);
  assert.ok('block_request' in actions);
  assert.equal(keep, true);
});

test('the event shows each of the signs', () => {
  const [event] = run("it's a select --").events;
  assert.deepEqual(
    event?.rule_matches.map(({ operator, operator_value, parameters }) => [
      operator,
      operator_value,
      parameters.map((part) => ('address' in part ? part.address : '')),
      parameters.map(({ highlight }) => highlight),
    ]),
    [
      ['greater_than', '', [SUM], [['']]],
      ['match_regex', "'", [QUERY], [["'"]]],
      ['match_regex', '--', [QUERY], [['--']]],
      ['match_regex', 'select', [QUERY], [['select']]],
    ],
  );
});

test('signs of other types are summed apart', () => {
  assert.deepEqual(run("it's -- <").events, []);
});

test('the sum goes on over the runs of a context, each sign once', () => {
  const context = compile(RULESET).newContext();
  assert.deepEqual(context.run({ [QUERY]: { q: "it's --" } }).events, []);
  assert.deepEqual(context.run({ [QUERY]: { q: "it's -- again" } }).events, []);
  const { events, attributes } = context.run({ [QUERY]: { q: 'select' } });
  assert.deepEqual(
    events.map(({ rule }) => rule.id),
    ['sum'],
  );
  assert.equal(attributes[SUM], 5);
  assert.deepEqual(context.run({ [QUERY]: { q: 'select --' } }).events, []);
});

test('a sign in an ephemeral value weighs in its run only', () => {
  const context = compile(RULESET).newContext();
  assert.equal(context.run({}, { ephemeral: { [QUERY]: { q: "it's --" } } }).attributes[SUM], 3);
  assert.equal(context.run({ [QUERY]: { q: 'select' } }).attributes[SUM], 2);
});

test('a weight that is no positive number is none: the rule speaks for itself', () => {
  for (const weight of ['0', '-1', 'x', '', 'Infinity', 'NaN']) {
    const rule = { ...sign('own', 'a', weight), output: undefined };
    const { events } = compile({ version: '2.2', rules: [rule] })
      .newContext()
      .run({ [QUERY]: { q: 'a' } });
    assert.equal(events.length, 1, weight);
  }
});

test('rules named like members of every object weigh like others', () => {
  const rules = ['__proto__', 'constructor'].map((id) => sign(id, 'a', '2', '__proto__'));
  const mappings = [{ inputs: [{ address: 'waf.context.weights', key_path: ['__proto__'] }], output: 'sum' }];
  const processors = [{ ...RULESET.processors[0], parameters: { mappings } }];
  const { attributes, error } = compile({ version: '2.2', rules, processors })
    .newContext()
    .run({ [QUERY]: { q: 'a' } });
  assert.equal(error, undefined);
  assert.equal(attributes.sum, 4);
});

test('libddwaf loads such rules, and passes over the processor', () => {
  const engine = new appsec.DDWAF(RULESET as never, 'rules');
  const { rules, processors } = engine.diagnostics as unknown as Record<
    string,
    { loaded: string[]; failed: string[] }
  >;
  assert.equal(rules?.loaded.length, RULESET.rules.length);
  assert.deepEqual(processors?.loaded, []);
});
