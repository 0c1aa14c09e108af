import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RateLimiter } from './rate-limiter.ts';

describe('RateLimiter', () => {
  it('lets a burst through, then one each interval', () => {
    const limiter = new RateLimiter({ burst: 3, interval: 1_000 });
    assert.deepEqual(
      [0, 0, 0, 0].map(() => limiter.take('a', 0)),
      [0, 0, 0, 1_000],
    );
    assert.equal(limiter.take('a', 400), 600);
    assert.equal(limiter.take('a', 1_000), 0);
    assert.equal(limiter.take('a', 1_000), 1_000);
    assert.deepEqual(
      [0, 0, 0, 0].map(() => limiter.take('a', 1_000_000)),
      [0, 0, 0, 1_000],
    );
  });

  it('counts keys apart, and forgets one that is reset', () => {
    const limiter = new RateLimiter({ burst: 1, interval: 1_000 });
    assert.equal(limiter.take('a', 0), 0);
    assert.equal(limiter.take('b', 0), 0);
    assert.equal(limiter.take('a', 0), 1_000);
    limiter.reset('a');
    assert.equal(limiter.take('a', 0), 0);
  });

  it('remembers a bounded number of keys', () => {
    const limiter = new RateLimiter({ burst: 1, interval: 1_000 });
    limiter.take('first', 0);
    for (let i = 0; i < 9_999; i++) limiter.take(`${i}`, 0);
    assert.equal(limiter.take('first', 0), 1_000);
    for (let i = 0; i < 10_000; i++) limiter.take(`more ${i}`, 0);
    assert.equal(limiter.take('first', 0), 0);
  });
});
