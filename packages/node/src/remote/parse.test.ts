import assert from 'node:assert/strict';
import test from 'node:test';
import { parseRemoteConfig } from './parse.ts';

test('a configuration', () => {
  const config = {
    version: '7',
    mode: 'block',
    configurations: { 'wardline/block-list': { rules_data: [] } },
  };
  assert.deepEqual(parseRemoteConfig(JSON.stringify({ ...config, later: 1 })), config);
  assert.deepEqual(parseRemoteConfig('{"version":"1","configurations":{}}'), {
    version: '1',
    configurations: {},
  });
});

const REJECTED: [string, RegExp][] = [
  ['', /JSON/],
  ['[]', /not an object/],
  ['{"configurations":{}}', /version/],
  ['{"version":1,"configurations":{}}', /version/],
  ['{"version":"1","mode":"off","configurations":{}}', /mode/],
  ['{"version":"1"}', /configurations/],
  ['{"version":"1","configurations":[]}', /configurations/],
];

for (const [text, expected] of REJECTED) {
  test(`not a configuration: ${text}`, () => assert.throws(() => parseRemoteConfig(text), expected));
}
