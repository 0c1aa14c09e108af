import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SectionDiagnostics } from '../types.ts';
import { parseConfiguration } from './configuration.ts';

const NOTHING_TAKEN = new Set<string>();
const mapping = { inputs: [{ address: 'a' }], output: 'o' };
const processor = (parts: object = {}) => ({
  id: 'p',
  generator: 'extract_schema',
  parameters: { mappings: [mapping] },
  ...parts,
});
const scanner = (parts: object = {}) => ({
  id: 's',
  tags: { type: 't' },
  value: { operator: 'match_regex', parameters: { regex: 'x' } },
  ...parts,
});
const override = (parts: object = {}) => ({ target: [{ id: 'p' }], scanners: {}, ...parts });

function section(name: string, element: unknown): SectionDiagnostics {
  return parseConfiguration({ [name]: [element] }, NOTHING_TAKEN).diagnostics.sections[name]!;
}

function assertFaults(name: string, faults: [unknown, string][], kind: 'errors' | 'warnings' = 'errors') {
  for (const [element, message] of faults) {
    assert.deepEqual(Object.keys(section(name, element)[kind]), [message]);
  }
}

test('what is sound is loaded', () => {
  assert.deepEqual(section('processors', processor()).loaded, ['p']);
  assert.deepEqual(section('scanners', scanner()).loaded, ['s']);
  assert.deepEqual(section('processor_overrides', override()).loaded, ['index:0']);
});

test('faults of a processor are named', () => {
  const mappings = (...items: unknown[]) => processor({ parameters: { mappings: items } });
  assertFaults('processors', [
    [processor({ id: undefined }), "missing key 'id', expected a string"],
    [processor({ generator: undefined }), "missing key 'generator', expected a string"],
    [processor({ parameters: undefined }), "missing key 'parameters', expected an object"],
    [processor({ parameters: {} }), "missing key 'mappings', expected an array"],
    [mappings(), "'parameters.mappings' is empty"],
    [
      mappings(mapping, { inputs: mapping.inputs }),
      "parameters.mappings[1]: missing key 'output', expected a string",
    ],
    [mappings({ ...mapping, output: '' }), "parameters.mappings[0]: 'output' is empty"],
    [mappings({ output: 'o' }), "parameters.mappings[0]: missing key 'inputs', expected an array"],
    [
      mappings({ ...mapping, inputs: [] }),
      "parameters.mappings[0]: 'inputs' is empty, expected at least one input",
    ],
    [
      mappings({ ...mapping, inputs: [{}] }),
      "parameters.mappings[0]: inputs[0]: missing key 'address', expected a string",
    ],
    [
      processor({ parameters: { mappings: [mapping], scanners: 'all' } }),
      "parameters: invalid type 'string' for key 'scanners', expected an array",
    ],
    [processor({ evaluate: false }), "neither 'evaluate' nor 'output' is true, so nothing comes of it"],
    [
      processor({ conditions: [{ operator: 'exists', parameters: {} }] }),
      "conditions[0]: parameters: missing key 'inputs', expected an array",
    ],
  ]);
  assertFaults('processors', [[processor({ generator: 'nope' }), "unknown generator: 'nope'"]], 'warnings');
});

test('faults of a scanner are named', () => {
  const value = (operator: string, parameters: object) => scanner({ value: { operator, parameters } });
  assertFaults('scanners', [
    [5, 'expected an object, got number'],
    [scanner({ tags: undefined }), "missing key 'tags', expected an object"],
    [scanner({ value: undefined }), "has neither 'key' nor 'value'"],
    [scanner({ key: { operator: 'match_regex' } }), "key: missing key 'parameters', expected an object"],
    [value('match_regex', {}), "value: parameters: missing key 'regex', expected a string"],
    [
      value('exact_match', { data: 'd' }),
      "value: 'parameters.data' is not for scanners, expected 'parameters.list'",
    ],
  ]);
  const [message] = Object.keys(section('scanners', value('match_regex', { regex: '(' })).errors);
  assert.match(message!, /^value: parameters: /);
  assertFaults(
    'scanners',
    [
      [value('nope', {}), "value: unknown operator: 'nope'"],
      [value('!match_regex', { regex: 'x' }), "value: unknown operator: '!match_regex'"],
      [value('exists', {}), "value: unknown operator: 'exists'"],
    ],
    'warnings',
  );
});

test('faults of an override are named', () => {
  assertFaults('processor_overrides', [
    [override({ target: undefined }), "missing key 'target', expected an array"],
    [override({ target: [] }), "'target' is empty"],
    [override({ target: [{ tags: {} }] }), "target[0]: 'tags' are not for processors, expected 'id'"],
    [override({ scanners: undefined }), "missing key 'scanners', expected an object"],
    [override({ scanners: { include: ['s'] } }), 'scanners: include[0]: expected an object, got string'],
  ]);
});

test('processors and scanners can be for other versions, and ids are unique', () => {
  for (const [name, element] of [
    ['processors', processor({ min_version: '99.0.0' })],
    ['scanners', scanner({ max_version: '1.0.0' })],
  ] as const) {
    assert.deepEqual(section(name, element).skipped, [element.id]);
  }
  const taken = new Set(['scanner s']);
  const { sections } = parseConfiguration(
    { processors: [processor(), processor()], scanners: [scanner()] },
    taken,
  ).diagnostics;
  assert.deepEqual(sections.processors?.errors, { 'duplicate processor': ['p'] });
  assert.deepEqual(sections.scanners?.errors, { 'duplicate scanner': ['s'] });
});
