/** An engine whose automaton has no more states to give, because of hostile texts, finds what a fresh one finds. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { compile } from '../src/index.ts';

const json = (file: string | URL) => JSON.parse(readFileSync(file, 'utf8'));
const datadog = json(
  createRequire(import.meta.url).resolve('dd-trace/packages/dd-trace/src/appsec/recommended.json'),
);
const attacks = Object.values(
  json(new URL('vectors/attacks.json', import.meta.url)) as Record<string, string[]>,
).flat();

/** Pieces of attacks in an order that is the same each time. */
function jumble(seed: number): string {
  let state = seed;
  const below = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  let text = '';
  while (text.length < 4096) {
    const attack = attacks[below(attacks.length)]!;
    text += `${attack.slice(0, 2 + below(attack.length))} `;
  }
  return text.slice(0, 4096);
}

const options = { limits: { timeout: 1e9 } };

test('what is found does not depend on what the automaton has room for', () => {
  const tired = compile(datadog, options);
  const requests = [...Array(20).keys()].map((seed) => ({
    'server.request.body': [jumble(seed), jumble(seed + 1e6)],
  }));
  for (const request of requests) tired.newContext().run(request);
  assert.ok(tired.statistics.givenUp > 20, `${tired.statistics.givenUp} searches given up`);

  let fresh = compile(datadog, options);
  const texts = [...attacks, ...attacks.map((text) => `${encodeURIComponent(text)}&amp;${text}`)];
  for (const [index, text] of texts.entries()) {
    if (index % 40 === 0) fresh = compile(datadog, options);
    const request = {
      'server.request.query': { q: [text, 'x'] },
      'server.request.headers.no_cookies': { 'x-y': text },
    };
    const found = tired.newContext().run(request).events;
    assert.deepEqual(found, fresh.newContext().run(request).events, text);
  }
});
