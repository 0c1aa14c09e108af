import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { includes } from './code-point-set.ts';
import { unicodeProperty } from './unicode.ts';

const SAMPLES = [
  0, 0x41, 0xe9, 0x3b1, 0x378, 0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, 0x1f600, 0x10ffff,
];

describe('unicodeProperty', () => {
  for (const name of ['L', 'Lu', 'Nd', 'So', 'Cs', 'Co', 'P']) {
    it(`${name} holds the code points that the JavaScript engine says`, () => {
      const property = new RegExp(`^\\p{${name}}$`, 'u');
      for (const codePoint of SAMPLES) {
        const expected = property.test(String.fromCodePoint(codePoint));
        assert.equal(includes(unicodeProperty(name)!, codePoint), expected, `U+${codePoint.toString(16)}`);
      }
    });
  }

  it('C is without unassigned code points, Any with all', () => {
    assert.equal(includes(unicodeProperty('C')!, 0x378), false);
    assert.equal(includes(unicodeProperty('C')!, 0x00), true);
    assert.deepEqual(unicodeProperty('Any'), [0, 0x10ffff]);
  });

  it('knows no others', () => {
    for (const name of [
      '',
      'Foo',
      'greek',
      'Lu}',
      'constructor',
      '__proto__',
      'Script=Greek',
      'ASCII',
      'Emoji',
    ]) {
      assert.equal(unicodeProperty(name), undefined, name);
    }
  });
});
