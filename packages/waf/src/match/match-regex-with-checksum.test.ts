import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../ruleset/fault.ts';
import { matchRegexWithChecksum } from './match-regex-with-checksum.ts';

const parse = (parameters: Record<string, unknown>) =>
  matchRegexWithChecksum.parse({ checksum: 'luhn', ...parameters });

test('the first match with a valid checksum counts', () => {
  const { match } = parse({ regex: '\\d{2,}' });
  assert.equal(match('11 18 26'), '18');
  assert.equal(match('11 12'), undefined);
  assert.equal(match('none'), undefined);
});

test('options are those of match_regex', () => {
  assert.equal(parse({ regex: 'CARD\\d+' }).match('card18'), 'card18');
  assert.equal(parse({ regex: 'CARD\\d+', options: { case_sensitive: true } }).match('card18'), undefined);
  assert.equal(parse({ regex: '\\d+', options: { min_length: 3 } }).match('18'), undefined);
  assert.equal(parse({ regex: '\\d+', options: { min_length: 3 } }).match('é18'), '18');
});

test('parameters at fault are named', () => {
  for (const [parameters, message] of [
    [{}, /missing key 'regex'/],
    [{ regex: '(' }, /invalid regular expression/],
    [{ regex: 'x', checksum: undefined }, /key 'checksum'/],
    [{ regex: 'x', checksum: [] }, /key 'checksum'/],
    [{ regex: 'x', checksum: 'md5' }, /unknown checksum algorithm: 'md5', expected luhn/],
    [{ regex: 'x', checksum: '__proto__' }, /unknown checksum algorithm/],
  ] as const) {
    assert.throws(
      () => parse(parameters),
      (error) => error instanceof Fault && message.test(error.message),
      JSON.stringify(parameters),
    );
  }
});

test('many matches that fail are passed over', () => {
  const { match } = parse({ regex: '\\d{16}' });
  const failing = '4111111111111112 '.repeat(5000);
  assert.equal(match(failing), undefined);
  assert.equal(match(`${failing}4111111111111111`), '4111111111111111');
});
