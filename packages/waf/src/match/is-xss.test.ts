import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compile } from '../index.ts';
import { isXss } from './is-xss.ts';

test('any of the five contexts is enough', () => {
  const { match } = isXss.parse({});
  for (const text of ['<script>', 'x onclick=y', 'x" onclick=y', "x' onclick=y", 'x` onclick=y']) {
    assert.equal(match(text), '', text);
  }
  assert.equal(match('<b class="x">y</b>'), undefined);
});

test('an event shows the whole value, and an empty highlight as libddwaf', () => {
  const conditions = [{ operator: 'is_xss', parameters: { inputs: [{ address: 'a' }] } }];
  const waf = compile({ rules: [{ id: 'r', name: 'r', tags: { type: 't' }, conditions }] });
  const { events } = waf.newContext().run({ a: ['<p>', '<p onclick=x>'] });
  assert.deepEqual(events[0]?.rule_matches, [
    {
      operator: 'is_xss',
      operator_value: '',
      parameters: [{ address: 'a', key_path: [1], value: '<p onclick=x>', highlight: [''] }],
    },
  ]);
});

test('there is no negation', () => {
  assert.equal(isXss.negatable, false);
});

test('texts in which little is decided come to an end', () => {
  const { match } = isXss.parse({});
  for (const piece of [
    ...['<a ', '<a x="', 'href=&#', 'href="&#0;', '<a style="/*', '<a style="*/', '<!--', '<%', '"', '\'="`'],
    ...['<a href=j\0', 'style=:', '</', '<a\0', '<!-\0'],
  ]) {
    assert.equal(match(piece.repeat(50_000)), undefined, piece);
  }
});
