import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { StringCache } from './string-cache.ts';

test('whatever came before, a string is decoded as it is', () => {
  const texts = fc.array(fc.oneof(fc.constantFrom('', 'GET', 'POST', 'é'), fc.string({ unit: 'binary' })));
  fc.assert(
    fc.property(texts, (values) => {
      // So few slots that most strings share one.
      const cache = new StringCache(2);
      for (const value of [...values, ...values, ...values]) {
        const bytes = Buffer.from(`<${value}>`);
        assert.equal(cache.get(bytes, 1, bytes.length - 1), bytes.toString('utf8', 1, bytes.length - 1));
      }
    }),
  );
});

test('bytes that are no UTF-8, and strings with the same hash', () => {
  const cache = new StringCache(1);
  // 'Aa' and 'BB' have the same hash, as in Java.
  for (const bytes of ['ff80', '4161', '4242', '4161', '4161', '4242', 'ff80', 'ff80', 'ff80']) {
    const buffer = Buffer.from(bytes, 'hex');
    assert.equal(cache.get(buffer, 0, buffer.length), buffer.toString());
  }
});
