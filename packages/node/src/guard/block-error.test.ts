import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isBlockError, WardlineBlockError } from './block-error.ts';

test('a block error is known by itself and as a cause', () => {
  const error = new WardlineBlockError(403, 'the-id');
  assert.equal(error.statusCode, 403);
  assert.equal(error.code, 'WARDLINE_BLOCKED');
  assert.ok(isBlockError(error));
  assert.ok(isBlockError(new Error('outer', { cause: new Error('middle', { cause: error }) })));
});

test('nothing else is one', () => {
  const cycle = new Error('cycle');
  cycle.cause = cycle;
  for (const value of [undefined, null, 'text', {}, new Error('other'), cycle]) {
    assert.equal(isBlockError(value), false);
  }
});
