import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type HtmlContext, type HtmlToken, htmlTokens } from './html-tokens.ts';

/** `<name`, `name=value`, `!text` and `doctype`, by their types. */
function tokens(text: string, context: HtmlContext = 'data'): string[] {
  return Array.from(htmlTokens(text, context), show);
}

function show(token: HtmlToken): string {
  switch (token.type) {
    case 'tag':
      return `<${token.name}`;
    case 'attribute':
      return `${token.name}=${token.value}`;
    case 'comment':
      return `!${token.text}`;
    case 'doctype':
      return 'doctype';
  }
}

test('tags and attributes', () => {
  assert.deepEqual(tokens('a <b c=d e="f g" h=\'i\' j=`k` l m = n/>o</b>'), [
    ...['<b', 'c=d', 'e=f g', 'h=i', 'j=k', 'm=n/'],
  ]);
  assert.deepEqual(tokens('<a/b="c"/d=e>'), ['<a', 'b=c', 'd=e']);
  assert.deepEqual(tokens('<a =b=c "d=e>'), ['<a', '=b=c', '"d=e']);
  assert.deepEqual(tokens('</a b=c><d></e'), ['<a', 'b=c', '<d', '<e']);
  assert.deepEqual(tokens('<a b="<c d=e>'), ['<a', 'b=<c d=e>']);
  assert.deepEqual(tokens('<<a>< b><1><é>'), ['<a']);
});

test('attributes without a value are left out', () => {
  assert.deepEqual(tokens('<a b>'), ['<a']);
  assert.deepEqual(tokens('<a b='), ['<a']);
  assert.deepEqual(tokens('<a b= >'), ['<a', 'b=']);
  assert.deepEqual(tokens('<a b=""'), ['<a', 'b=']);
  assert.deepEqual(tokens('<a b="'), ['<a', 'b=']);
});

test('NUL is white space in attributes and part of tags', () => {
  assert.deepEqual(tokens('<a\0b c\0=\0d\0e=f>'), ['<a\0b', 'c=d', 'e=f']);
});

test('comments and declarations', () => {
  assert.deepEqual(tokens('<!--a--><!b><?c></ d><!doctype e>'), ['!a', '!b', '!c', '! d', 'doctype']);
  assert.deepEqual(tokens('<!--a-!><b><!--c--!><d><!--e-\0-><f>'), ['!a', '<b', '!c-', '<d', '!e', '<f']);
  assert.deepEqual(tokens('<!--><a><!---><b><!----><c>'), ['<a', '<b', '!', '<c']);
  assert.deepEqual(tokens('<!--a'), ['!a']);
  assert.deepEqual(tokens('<![CDATA[a]]><b>'), ['![CDATA[a]]', '<b']);
  assert.deepEqual(tokens('<%import%><b>'), ['!import%>', '<b']);
  assert.deepEqual(tokens('</></'), ['!']);
});

test('contexts', () => {
  assert.deepEqual(tokens('a b=c><d>', 'tag'), ['b=c', '<d']);
  assert.deepEqual(tokens('a" b=c><d>', '"'), ['b=c', '<d']);
  assert.deepEqual(tokens("a' b=c><d>", "'"), ['b=c', '<d']);
  assert.deepEqual(tokens('a` b=c><d>', '`'), ['b=c', '<d']);
  assert.deepEqual(tokens('a b=c><d>', '"'), []);
});

test('there are no more tokens than characters, and it comes to an end', () => {
  for (const piece of [
    '<',
    '</',
    '<!',
    '<!--',
    '<?',
    '<%',
    '<a',
    'a=',
    'a="',
    '-\0',
    '<!---\0',
    '\0',
    '/',
    '"',
    '<a ',
  ]) {
    const text = piece.repeat(20_000);
    for (const context of ['data', 'tag', '"'] as const) {
      let length = 0;
      for (const token of htmlTokens(text, context)) {
        length += token.type === 'attribute' ? token.name.length + token.value.length : 1;
      }
      assert.ok(length <= text.length, `${piece} ${context}`);
    }
  }
});
