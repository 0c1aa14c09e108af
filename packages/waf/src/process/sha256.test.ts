import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { sha256 } from './sha256.ts';

function hex(text: string): string {
  return [...sha256(text)].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

test('sha256 gives what the runtime gives', () => {
  for (let length = 0; length < 300; length++) {
    const text = 'abcdefghij'.repeat(30).slice(0, length);
    assert.equal(hex(text), createHash('sha256').update(text).digest('hex'), `${length} characters`);
  }
  for (const text of ['é', '日本語', '😀', '\ud800', 'a\0b', '\uffff', 'x'.repeat(100_000)]) {
    assert.equal(hex(text), createHash('sha256').update(text).digest('hex'));
  }
});
