import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DetectorMatch, ScalarMatch } from '../types.ts';
import { createObfuscator, REDACTED } from './obfuscator.ts';

const scalar = (key_path: ScalarMatch['key_path'], value: string): ScalarMatch => ({
  address: 'a',
  key_path,
  value,
  highlight: [value.slice(0, 3)],
});

function redact<T extends ScalarMatch | DetectorMatch>(part: T, obfuscator = createObfuscator()): T {
  return obfuscator(part) as T;
}

test('names of secrets', () => {
  const names = [
    'password',
    'user_passwd',
    'pwd',
    'client_secret',
    'api_key',
    'apiKey',
    'access-token',
    'pin',
  ];
  names.push(
    'Authorization',
    'PHPSESSID',
    'sessionId',
    'creditCardNumber',
    'cvv',
    'private_key',
    'new_password',
  );
  for (const name of names) {
    assert.deepEqual(
      redact(scalar(['user', name, 0], 'value')),
      {
        ...scalar(['user', name, 0], ''),
        value: REDACTED,
        highlight: [REDACTED],
      },
      name,
    );
  }
  for (const name of [
    'q',
    'name',
    'comment',
    'pass_count',
    'spinner',
    'compass',
    'keyboard',
    'opinion',
    'author',
  ]) {
    assert.equal(redact(scalar([name], 'value')).value, 'value', name);
  }
});

test('what secrets look like', () => {
  const values = [
    'Bearer abcdefghijkl',
    'eyJhbGciOi.eyJzdWIiOiIx.c2ln',
    'password=hunter2',
    '"api_key": "0123456789"',
  ];
  values.push(
    '4111 1111 1111 1111',
    '378282246310005',
    '-----BEGIN RSA PRIVATE KEY-----',
    'AKIAIOSFODNN7EXAMPLE',
  );
  for (const value of values) assert.equal(redact(scalar(['q'], value)).value, REDACTED, value);
  const attacks = [
    "1' OR '1'='1",
    '<script>alert(document.cookie)</script>',
    'union select password from users',
  ];
  attacks.push('../../etc/passwd', '; cat /etc/passwd', '1234567890', '2024-01-01 12:00:00');
  for (const value of attacks) assert.equal(redact(scalar(['q'], value)).value, value);
});

test('a secret input is hidden in the sink’s argument too', () => {
  const part: DetectorMatch = {
    resource: { address: 's', key_path: [], value: 'cat ../x ../x' },
    params: { address: 'a', key_path: ['password'], value: '../x' },
    highlight: ['../x'],
  };
  assert.deepEqual(redact(part), {
    resource: { ...part.resource, value: `cat ${REDACTED} ${REDACTED}` },
    params: { ...part.params, value: REDACTED },
    highlight: [REDACTED],
  });
});

test('own expressions', () => {
  const own = createObfuscator('^color$', 'b.ue');
  assert.equal(redact(scalar(['Color'], 'red'), own).value, REDACTED);
  assert.equal(redact(scalar(['q'], 'light blue'), own).value, REDACTED);
  assert.equal(redact(scalar(['password'], 'x'), own).value, 'x');
  assert.equal(redact(scalar(['password'], 'x'), createObfuscator('', '')).value, 'x');
  assert.equal(redact(scalar(['password'], 'x'), createObfuscator('(', '(')).value, REDACTED);
});
