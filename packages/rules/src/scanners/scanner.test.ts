import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compile } from '@wardline/waf';
import { defineScanner, keyRegex } from './scanner.ts';

describe('names of fields', () => {
  const parameters = {
    inputs: [{ address: 'key' }],
    regex: keyRegex(['ssn', 'date of birth']),
    options: { case_sensitive: true },
  };
  const waf = compile({
    version: '2.2',
    rules: [
      { id: 'r', name: 'r', tags: { type: 't' }, conditions: [{ operator: 'match_regex', parameters }] },
    ],
  });
  const isFound = (key: string) => waf.newContext().run({ key }).events.length > 0;

  for (const key of [
    ...[
      'ssn',
      'SSN',
      'user_ssn',
      'user-ssn',
      'userSsn',
      'userSSN',
      'user[ssn]',
      'person.ssn',
      'ssn2',
      'ssn_1',
    ],
    ...['dateOfBirth', 'date_of_birth', 'DateOfBirth', 'DATE-OF-BIRTH', 'dateofbirth', 'userDateOfBirth'],
  ]) {
    it(`are found in ${key}`, () => assert.ok(isFound(key)));
  }

  for (const key of [
    'lessn',
    'ssnVerified',
    'ssn_hash',
    'assn',
    'date of',
    'update_of_birthday',
    'birth',
    '',
  ]) {
    it(`are not found in ${key || 'nothing'}`, () => assert.ok(!isFound(key)));
  }
});

describe('a scanner', () => {
  it('has what it is defined by, and its tags', () => {
    const source = {
      id: 'x',
      name: 'X',
      type: 'card',
      tags: { card_type: 'x' },
      value: 'a',
      checksum: 'luhn',
    } as const;
    assert.deepEqual(defineScanner('payment', source), {
      id: 'x',
      name: 'X',
      value: {
        operator: 'match_regex_with_checksum',
        parameters: { regex: 'a', options: { case_sensitive: false }, checksum: 'luhn' },
      },
      tags: { type: 'card', card_type: 'x', category: 'payment' },
    });
  });
});
