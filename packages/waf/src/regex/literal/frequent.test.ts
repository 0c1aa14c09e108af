import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { REGEX_LIMITS } from '../limits.ts';
import { parse } from '../syntax/parse.ts';
import { isFrequent } from './frequent.ts';

const tree = (pattern: string) => parse(pattern, { ...REGEX_LIMITS, caseSensitive: true });

describe('isFrequent', () => {
  it('says what a common character is enough for', () => {
    for (const pattern of ['.*', 'x?', '[^0-9]', '\\s', '(?:abc|e)', 'x*[a-f]+y*', '^\\s*[^\\d\\s]', '^']) {
      assert.ok(isFrequent(tree(pattern)), pattern);
    }
    for (const pattern of ['union', '[&|]', '^[a-z]$', '$', 'e{2}', 'et']) {
      assert.ok(!isFrequent(tree(pattern)), pattern);
    }
  });
});
