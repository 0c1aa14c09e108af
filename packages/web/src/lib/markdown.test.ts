import assert from 'node:assert/strict';
import { it } from 'node:test';
import { parseMarkdown } from './markdown.ts';

it('parseMarkdown reads headings, paragraphs and lists', () => {
  assert.deepEqual(
    parseMarkdown('%%%\n## Goal\nFind it,\nall of it.\n\n## Steps\n1. One\n2. Two\n   more\n- three\n%%%'),
    [
      { kind: 'heading', text: 'Goal' },
      { kind: 'paragraph', text: 'Find it, all of it.' },
      { kind: 'heading', text: 'Steps' },
      { kind: 'list', ordered: true, items: ['One', 'Two more'] },
      { kind: 'list', ordered: false, items: ['three'] },
    ],
  );
  assert.deepEqual(parseMarkdown(''), []);
});

it('parseMarkdown keeps markup as text', () =>
  assert.deepEqual(parseMarkdown('<b>[x](javascript:1)</b>'), [
    { kind: 'paragraph', text: '<b>[x](javascript:1)</b>' },
  ]));
