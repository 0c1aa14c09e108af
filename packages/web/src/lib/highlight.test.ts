import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clipParts, commonStretches, cutMiddle, splitHighlight } from './highlight.ts';

/** Marked parts in brackets. */
const split = (text: string, marks: string[]) =>
  splitHighlight(text, marks)
    .map((part) => (part.marked ? `[${part.text}]` : part.text))
    .join('');

describe('splitHighlight', () => {
  const cases: readonly (readonly [name: string, text: string, marks: string[], expected: string])[] = [
    ['nothing to mark', 'select 1', [], 'select 1'],
    ['an empty mark', 'select 1', [''], 'select 1'],
    ['an empty text', '', ['a'], ''],
    ['the whole', 'abc', ['abc'], '[abc]'],
    ['the middle', "x' OR 1=1 --", ['OR 1=1'], "x' [OR 1=1] --"],
    ['all occurrences', 'a-b-a', ['a'], '[a]-b-[a]'],
    ['several marks', 'a b c', ['a', 'c'], '[a] b [c]'],
    ['overlapping marks as one', 'abcdef', ['abc', 'bcd'], '[abcd]ef'],
    ['touching marks as one', 'abcd', ['ab', 'cd'], '[abcd]'],
    ['another case', 'UNION Select x', ['union select'], '[UNION Select] x'],
    ['what does not occur', 'abc', ['xyz'], 'abc'],
    ['a text that grows when folded', 'İx union', ['UNION'], 'İx union'],
  ];
  for (const [name, text, marks, expected] of cases)
    it(`marks ${name}`, () => assert.equal(split(text, marks), expected));

  it('keeps the text, whatever is marked', () => {
    const text = '<script>alert("😀")</script>';
    const parts = splitHighlight(text, ['script', '<script', '😀']);
    assert.equal(parts.map((part) => part.text).join(''), text);
  });
});

describe('cutMiddle', () => {
  it('keeps both ends', () => assert.equal(cutMiddle('abcdefghij', 5), 'ab…ij'));
  it('leaves what is short enough', () => assert.equal(cutMiddle('abcde', 5), 'abcde'));
});

describe('commonStretches', () => {
  it('finds what two texts share', () =>
    assert.deepEqual(
      commonStretches("x' UNION SELECT 1 FROM users", 'a = ? UNION SELECT ? FROM users --', 6),
      [' UNION SELECT ', ' FROM users'],
    ));
  it('leaves out what is short', () => assert.deepEqual(commonStretches('abcde', 'xxabcdexx', 6), []));
  it('does not compare long texts', () =>
    assert.deepEqual(commonStretches('a'.repeat(3_000), 'a'.repeat(3_000), 6), []));
});

describe('clipParts', () => {
  const clip = (text: string, marks: string[], limit: number) =>
    clipParts(splitHighlight(text, marks), limit)
      .map((part) => (part.marked ? `[${part.text}]` : part.text))
      .join('');
  it('leaves what is short', () => assert.equal(clip('abc', ['b'], 3), 'a[b]c'));
  it('begins shortly before the mark', () =>
    assert.equal(clip(`${'x'.repeat(50)}OR${'y'.repeat(50)}`, ['OR'], 8), '…xx[OR]yyyy…'));
  it('cuts a mark that is too long', () =>
    assert.equal(clip('a'.repeat(20), ['a'.repeat(20)], 4), '[aaaa]…'));
  it('cuts from the start where nothing is marked', () => assert.equal(clip('abcdef', [], 3), 'abc…'));
  it('shows the end where the mark is there', () => assert.equal(clip('abcdefgh', ['h'], 4), '…efg[h]'));
});
