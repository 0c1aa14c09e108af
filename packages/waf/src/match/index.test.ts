import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../ruleset/fault.ts';
import { exactMatcher } from './exact-match.ts';
import { matcherParser } from './index.ts';
import { ipMatcher } from './ip-match.ts';

test('parameters at fault are named', () => {
  const faults: [operator: string, parameters: Record<string, unknown>, message: RegExp][] = [
    ['match_regex', {}, /missing key 'regex'/],
    ['match_regex', { regex: '(a' }, /invalid regular expression/],
    ['match_regex', { regex: '(?=a)' }, /invalid regular expression/],
    ['match_regex', { regex: 'a', options: { min_length: -1 } }, /'options.min_length' is negative/],
    ['match_regex', { regex: 'a', options: { case_sensitive: 'maybe' } }, /key 'case_sensitive'/],
    ['phrase_match', { list: ['a', 1] }, /'list\[1\]' is not a string/],
    ['phrase_match', { list: 'a' }, /invalid type 'string' for key 'list'/],
    ['exact_match', {}, /missing key 'data'/],
    ['ip_match', { list: [{}] }, /key 'list\[0\]'/],
    ['equals', { type: 'date', value: 1 }, /unknown type: 'date'/],
    ['equals', { type: 'boolean' }, /missing key 'value'/],
    ['equals', { type: 'unsigned', value: -1 }, /'value' is not unsigned/],
    ['equals', { type: 'signed', value: 1.5 }, /'value' is not signed/],
    ['greater_than', { type: 'float', value: 'x' }, /key 'value'/],
    ['lower_than', { type: 'string', value: 1 }, /unknown type: 'string'/],
  ];
  for (const [operator, parameters, message] of faults) {
    assert.throws(
      () => matcherParser(operator)!.parse(parameters),
      (error) => error instanceof Fault && message.test(error.message),
      `${operator} ${JSON.stringify(parameters)}`,
    );
  }
});

test('a name that objects inherit is no operator', () => {
  assert.equal(matcherParser('__proto__'), undefined);
});

for (const [name, create] of Object.entries({ exactMatcher, ipMatcher })) {
  test(`${name} counts values until they expire`, () => {
    let now = 0;
    const matcher = create(
      { values: ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.3'], expirations: [100, 0, 100, 200] },
      () => now,
    );
    const matching = () =>
      ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4'].filter((ip) => matcher.match(ip) !== undefined);
    now = 100_999;
    assert.deepEqual(matching(), ['10.0.0.1', '10.0.0.2', '10.0.0.3']);
    now = 101_000;
    assert.deepEqual(matching(), ['10.0.0.2', '10.0.0.3']);
    now = 201_000;
    assert.deepEqual(matching(), ['10.0.0.2']);
  });
}

test('ip_match: a wide network outlives a narrow one that has expired', () => {
  const matcher = ipMatcher({ values: ['10.0.0.0/8', '10.0.0.1'], expirations: [0, 1] }, () => 5000);
  assert.equal(matcher.match('10.0.0.1'), '10.0.0.1');
});
