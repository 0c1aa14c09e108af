import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blockOf } from './block.ts';
import { blockPage } from './block-page.ts';

const id = { security_response_id: 'the-id' };

for (const [what, actions, block] of [
  ['no action', {}, undefined],
  ['only a stack', { generate_stack: { stack_id: '1' } }, undefined],
  [
    'a page',
    { block_request: { ...id, status_code: 418, type: 'html' } },
    { type: 'page', status: 418, format: 'html', responseId: 'the-id' },
  ],
  [
    'numbers as text, an unknown type',
    { block_request: { ...id, status_code: '451', type: 'xml' } },
    { type: 'page', status: 451, format: 'auto', responseId: 'the-id' },
  ],
  [
    'a status that is none',
    { block_request: { ...id, status_code: 99 } },
    { type: 'page', status: 403, format: 'auto', responseId: 'the-id' },
  ],
  [
    'a redirect before a page',
    {
      block_request: id,
      redirect_request: { ...id, location: '/b?i=[security_response_id]', status_code: 302 },
    },
    { type: 'redirect', status: 302, location: '/b?i=the-id', responseId: 'the-id' },
  ],
  [
    'a redirect to nowhere',
    { redirect_request: id },
    { type: 'page', status: 403, format: 'auto', responseId: 'the-id' },
  ],
] as const) {
  test(`the block of ${what}`, () => {
    assert.deepEqual(blockOf(actions as Record<string, Record<string, unknown>>), block);
  });
}

test('a block without a response id gets one', () => {
  assert.match(blockOf({ block_request: {} })?.responseId ?? '', /^[0-9a-f-]{36}$/);
});

test('the page does not carry markup in a response id', () => {
  const page = blockPage({ type: 'page', status: 403, format: 'html', responseId: '<b>&"' }, undefined);
  assert.ok(!page.body.includes('<b>'));
  assert.ok(page.body.includes('&#60;b&#62;&#38;&#34;'));
});

test('the page is JSON where the client does not say', () => {
  const page = blockPage({ type: 'page', status: 403, format: 'auto', responseId: 'the-id' }, undefined);
  assert.equal(page.contentType, 'application/json');
  assert.equal(JSON.parse(page.body).security_response_id, 'the-id');
});
