import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSql } from './fingerprint.ts';
import type { Context } from './tokenizer.ts';

function assertFingerprints(context: Context, cases: Record<string, string>): void {
  for (const [text, fingerprint] of Object.entries(cases)) {
    assert.equal(readSql(text, context, 'mysql').fingerprint, fingerprint, text);
  }
}

test('literals, names and variables', () => {
  assertFingerprints('', {
    "1 'x' foo @v": '1snv',
    '0x1f 0b01 1.5e3 .5': '1111',
    "x'1f' b'01'": '11',
    "n'a' = e'b'": 'sos',
    "q'[it's]' = nq'(a)'": 'sos',
    '$$a$$ = $t$b$t$': 'sos',
    '$1,000.00': '1',
    "'it''s' 1": 's1',
    "'it\\'s' 1": 's1',
    '`a b` [c d]': 'nn',
    '@`a` @@version': 'vv',
    '1e': 'n',
    '\\N': '1',
    'select.x': 'E.',
  });
});

test('comments, and the comments that hide code', () => {
  assertFingerprints('', {
    '1 -- x': '1c',
    '1 --x': '1',
    '1 # x': '1c',
    '1 /* x */ 2 /* y': '11c',
    '1 /*!2*/': 'X',
    '1 /* /* */': 'X',
  });
  assert.equal(readSql('1 --x', '', 'ansi').fingerprint, '1c');
  assert.equal(readSql('1 #x', '', 'ansi').fingerprint, '1o');
});

test('within quotes the text up to the quote is a string', () => {
  assertFingerprints("'", { "x' or 1": 's&1', x: 's', "it\\'s": 's' });
  assertFingerprints('"', { 'x" or 1': 's&1' });
  assertFingerprints('`', { 'x` or 1': 's&1' });
});

test('what joins values is folded', () => {
  assertFingerprints('', {
    '1 + 2 * 3 - foo': '1',
    'a.b , c , 4': 'n',
    '((( - 1': '1',
    'not 1 is not null': '1ov',
    '1 and 2 and 3': '1&1',
    "'a' 'b' ; ; select": 's;E',
    'group by 1': 'B1',
    'left join 1 left outer': 'k1fn',
    '1 not in (2': '1o(1',
    'select * , - 1': 'Eo1',
    'user() user(1)': 'f()n(',
    '{d 1}': '1',
    '1::int': '1',
  });
});

test('a number or an operator right before a word ends the text', () => {
  assertFingerprints('', { '3x or 1': '1', 'and/or (x)': '&o', 'a+b or 1': 'no', '1union select': '1UE' });
});

test('no more is read than five tokens need', () => {
  const prose = readSql('lorem ipsum dolor '.repeat(50_000), '', 'ansi');
  assert.equal(prose.fingerprint, 'nnnnn');
  assert.ok(prose.count < 10);
  assert.equal(readSql('1,'.repeat(100_000), '', 'ansi').fingerprint, '1,');
});
