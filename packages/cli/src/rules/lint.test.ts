import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ruleset } from '@wardline/rules';
import { lint } from './lint.ts';

const rule = (id: string, parameters: object, more: object = {}) => ({
  id,
  name: id,
  tags: { type: 't' },
  conditions: [{ operator: 'match_regex', parameters }],
  ...more,
});
const QUERY = [{ address: 'server.request.query' }];
const found = (ruleset: unknown) =>
  lint(JSON.stringify(ruleset, undefined, 1)).findings.map(
    ({ severity, where, message }) => `${severity} ${where}: ${message}`,
  );

describe('wardline rules lint', () => {
  it('finds nothing in the curated ruleset', () => {
    const { findings, loaded } = lint(JSON.stringify(ruleset));
    assert.deepEqual(findings, []);
    assert.equal(loaded.rules, ruleset.rules?.length);
  });

  it('says where a file is not JSON', () => {
    const { findings } = lint('{\n  "rules": [,]\n}');
    assert.deepEqual(
      findings.map(({ severity, line, column }) => [severity, line, column]),
      [['error', 2, 13]],
    );
    assert.match(findings[0]!.message, /not JSON/);
    assert.equal(lint('').findings[0]?.line, 1);
  });

  it('says where the engine refuses something, down to the value', () => {
    const text = [
      '{ "rules": [',
      '  { "id": "a", "name": "a", "tags": { "type": "t" }, "conditions": [',
      '    { "operator": "match_regex", "parameters": {',
      '      "inputs": [{ "address": "server.request.query" }],',
      '      "regex": "(?=x)"',
      '} } ] } ] }',
    ].join('\n');
    const [finding, ...others] = lint(text).findings;
    assert.deepEqual(others, []);
    assert.deepEqual(
      [finding?.severity, finding?.where, finding?.line, finding?.column],
      ['error', 'rules[0] (a)', 5, 16],
    );
    assert.match(finding!.message, /look-ahead is not supported/);
  });

  it('names duplicates and elements without an id at their place', () => {
    const text = '{ "rules": [\n{ "id": "a", "name": "a" },\n5,\n{ "id": "a", "name": "a" } ] }';
    assert.deepEqual(
      lint(text).findings.map(({ line, where }) => [line, where]),
      [
        [2, 'rules[0] (a)'],
        [3, 'rules[1]'],
        [4, 'rules[2] (a)'],
      ],
    );
  });

  it('warns of what loads but cannot be meant', () => {
    assert.deepEqual(
      found({
        rules: [
          rule('typo', { inputs: [{ address: 'server.request.qurey' }], regex: 'x{3}' }),
          rule('action', { inputs: QUERY, regex: 'x{3}' }, { on_match: ['blok'] }),
          rule('all', { inputs: QUERY, regex: '.' }),
        ],
        exclusions: [{ id: 'e', rules_target: [{ rule_id: 'gone' }] }],
      }),
      [
        "warning rules[0] (typo): no agent gives the address 'server.request.qurey': did you mean 'server.request.query'?",
        "warning rules[1] (action): there is no action 'blok', so a match does nothing but report: define it in 'actions'",
        "warning rules[2] (all): it matches ordinary values such as 'hello world', so that it tells nothing",
        "warning exclusions[0] (e): no rule of this file has the id 'gone'",
      ],
    );
  });

  it('knows the actions of the file and what its processors make', () => {
    assert.deepEqual(
      found({
        actions: [{ id: 'slow', type: 'slow_down', parameters: {} }],
        processors: [
          {
            id: 'p',
            generator: 'uri_parse',
            parameters: {
              mappings: [{ inputs: [{ address: 'server.io.net.url' }], output: 'my.url' }],
            },
          },
        ],
        rules: [
          rule(
            'r',
            { inputs: [{ address: 'my.url', key_path: ['host'] }], regex: 'x{3}' },
            { on_match: ['slow'] },
          ),
        ],
      }),
      [],
    );
  });

  it('reads whatever JSON it is given', () => {
    for (const text of [
      'null',
      '[]',
      '1',
      '"a"',
      '{}',
      '{"rules":{}}',
      '{"rules":[[],{}]}',
      '{"exclusions":3}',
    ]) {
      const { findings } = lint(text);
      for (const { line, column } of findings) assert.ok(line >= 1 && column >= 1);
    }
    assert.ok(lint('null').findings.length > 0);
  });
});
