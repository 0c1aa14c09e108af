import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfiguration } from './configuration.ts';
import type { JsonObject } from './json.ts';

const NOTHING_TAKEN = new Set<string>();
const parse = (input: unknown) => parseConfiguration(input, NOTHING_TAKEN).diagnostics;

const inputs = [{ address: 'a' }];
const rule = (changes: JsonObject = {}): JsonObject => ({
  id: 'r',
  name: 'a rule',
  tags: { type: 't' },
  conditions: [{ operator: 'match_regex', parameters: { inputs, regex: 'x' } }],
  ...changes,
});
const condition = (operator: string, parameters: unknown) => rule({ conditions: [{ operator, parameters }] });

test('a fault of a rule is reported with its place', () => {
  const faults: [rule: unknown, message: string][] = [
    [5, 'expected an object, got number'],
    [rule({ id: undefined }), "missing key 'id', expected a string"],
    [rule({ name: undefined }), "missing key 'name', expected a string"],
    [rule({ tags: {} }), "tags: missing key 'type', expected a string"],
    [rule({ tags: { type: 't', x: [] } }), "tags: invalid type 'array' for key 'x', expected a string"],
    [rule({ conditions: [] }), "'conditions' is empty"],
    [rule({ conditions: {} }), "invalid type 'object' for key 'conditions', expected an array"],
    [rule({ conditions: [1] }), 'conditions[0]: expected an object, got number'],
    [condition('match_regex', undefined), "conditions[0]: missing key 'parameters', expected an object"],
    [
      condition('match_regex', { regex: 'x' }),
      "conditions[0]: parameters: missing key 'inputs', expected an array",
    ],
    [
      condition('exists', { inputs: [] }),
      "conditions[0]: parameters: 'inputs' is empty, expected at least one input",
    ],
    [
      condition('exists', { inputs: [{}] }),
      "conditions[0]: parameters: inputs[0]: missing key 'address', expected a string",
    ],
    [
      condition('exists', { inputs: [{ address: '' }] }),
      "conditions[0]: parameters: inputs[0]: 'address' is empty",
    ],
    [
      condition('exists', { inputs: [{ address: 'a', key_path: [''] }] }),
      "conditions[0]: parameters: inputs[0]: 'key_path[0]' is empty",
    ],
    [
      condition('exists', { inputs: [{ address: 'a', key_path: [{}] }] }),
      "conditions[0]: parameters: inputs[0]: 'key_path[0]' is neither a string nor an integer",
    ],
    [
      condition('!exists', { inputs: [...inputs, ...inputs] }),
      "conditions[0]: parameters: 'inputs' has 2 inputs, expected one",
    ],
    [
      condition('sqli_detector', { resource: inputs, params: inputs }),
      "conditions[0]: parameters: missing key 'db_type', expected an array",
    ],
    [
      rule({ transformers: Array(11).fill('lowercase') }),
      'transformers: 11 transformers, at most 10 are allowed',
    ],
    [rule({ on_match: 'block' }), "invalid type 'string' for key 'on_match', expected an array"],
    [rule({ enabled: 'maybe' }), "invalid type 'string' for key 'enabled', expected a boolean"],
    [rule({ min_version: '1' }), 'invalid version "1", expected major.minor.patch'],
    [rule({ output: { event: false } }), 'generates neither an event nor attributes'],
    [rule({ output: { attributes: { a: { value: [] } } } }), "output.attributes.a: 'value' is not a scalar"],
  ];
  for (const [faulty, message] of faults) {
    const { sections } = parse({ rules: [rule({ id: 'good' }), faulty] });
    assert.deepEqual(sections.rules?.loaded, ['good']);
    assert.deepEqual(Object.keys(sections.rules?.errors ?? {}), [message]);
  }
});

test('what this engine does not know is a warning, what it does not support is skipped', () => {
  const { sections } = parse({
    rules: [
      rule({ id: 'r1', conditions: [{ operator: 'nope', parameters: {} }] }),
      rule({ id: 'r2', transformers: ['nope'] }),
      rule({ id: 'r3', conditions: [{ operator: '!greater_than', parameters: {} }] }),
      rule({ id: 'r4', conditions: [{ operator: '!is_sqli', parameters: { inputs } }] }),
      rule({ id: 'r5', conditions: [{ operator: 'lfi_detector@v9', parameters: {} }] }),
      rule({ id: 'r6', min_version: '99.0.0' }),
    ],
  });
  assert.deepEqual(sections.rules, {
    loaded: [],
    failed: ['r1', 'r2', 'r3', 'r4'],
    skipped: ['r5', 'r6'],
    errors: {},
    warnings: {
      "conditions[0]: unknown operator: 'nope'": ['r1'],
      "transformers: unknown transformer: 'nope'": ['r2'],
      "conditions[0]: unknown operator: '!greater_than'": ['r3'],
      "conditions[0]: unknown operator: '!is_sqli'": ['r4'],
      "conditions[0]: 'lfi_detector@v9' is newer than the supported v2": ['r5'],
      'needs a rule format from 99.0.0 to any, this is 1.30.1': ['r6'],
    },
  });
});

test('ids are unique within their kind, over all configurations', () => {
  const taken = new Set(['rule taken']);
  const { diagnostics } = parseConfiguration(
    { rules: [rule({ id: 'taken' }), rule(), rule()], custom_rules: [rule()] },
    taken,
  );
  assert.deepEqual(diagnostics.sections.rules?.errors, { 'duplicate rule': ['taken', 'r'] });
  assert.deepEqual(diagnostics.sections.custom_rules?.errors, { 'duplicate rule': ['r'] });
});

test('an empty id is an id', () => {
  const { sections } = parse({ rules: [rule({ id: '' }), rule({ id: '' })] });
  assert.deepEqual(sections.rules?.loaded, ['']);
  assert.deepEqual(sections.rules?.errors, { 'duplicate rule': [''] });
});

test('other sections name their faults too', () => {
  const { sections } = parse({
    rules: [rule()],
    actions: [{ id: 'a' }, { id: 'b', type: 'x' }],
    rules_data: [
      { id: 'd', type: 'x', data: [] },
      { id: 'e', type: 'ip_with_expiration', data: [{}] },
    ],
    exclusion_data: [{ id: 'd', type: 'data_with_expiration', data: [{ value: 'x', expiration: 'soon' }] }],
    exclusions: [{ id: 'e' }, { id: 'f', inputs: [] }, { id: 'g', rules_target: [{}] }],
    rules_override: [{ id: 'r' }, { rules_target: [{ rule_id: 'r' }, { tags: { a: 'b' } }], enabled: true }],
    custom_rules: {},
  });
  assert.deepEqual(Object.fromEntries(Object.entries(sections).map(([name, { errors }]) => [name, errors])), {
    rules: {},
    actions: {
      "missing key 'type', expected a string": ['a'],
      "missing key 'parameters', expected an object": ['b'],
    },
    custom_rules: { 'expected an array, got object': [] },
    rules_data: {
      "unknown type: 'x', expected ip_with_expiration or data_with_expiration": ['d'],
      "data[0]: missing key 'value', expected a string": ['e'],
    },
    rules_override: {
      "changes nothing, expected 'enabled', 'on_match' or 'tags'": ['index:0'],
      "'rules_target' mixes rule ids and tags, use two overrides": ['index:1'],
    },
    exclusions: {
      "empty exclusion, expected 'conditions', 'rules_target' or 'inputs'": ['e'],
      "'inputs' is empty": ['f'],
      "rules_target[0]: has neither 'rule_id' nor 'tags'": ['g'],
    },
    exclusion_data: { "data[0]: invalid type 'string' for key 'expiration', expected a number": ['d'] },
  });
});

test('a fault of the whole configuration', () => {
  assert.equal(parse(null).error, 'expected an object, got null');
  assert.equal(parse([]).error, 'expected an object, got array');
  assert.equal(parse({ version: '3.0' }).error, 'unsupported schema version "3.0", expected "2.x"');
  assert.equal(
    parse({ version: 'new', rules: [rule()] }).error,
    'unsupported schema version "new", expected "2.x"',
  );
  assert.equal(parse({ rules: [{}] }).error, 'nothing could be loaded, see the sections');
  for (const input of [{}, { rules: [] }, { version: '2.9' }, { exclusions: [], unknown: 1 }]) {
    assert.equal(parse(input).error, undefined);
  }
});

test('keys of the prototype are keys like any other', () => {
  const { sections } = parse(JSON.parse('{"rules":[{"__proto__":{"id":"r"}},{"id":"__proto__"}]}'));
  assert.deepEqual(sections.rules?.failed, ['index:0', '__proto__']);
});

test('the version of the rules', () => {
  assert.equal(parse({ metadata: { rules_version: '1.2.3' }, rules: [rule()] }).ruleset_version, '1.2.3');
});
