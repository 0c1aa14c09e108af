import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as lists from './user-agents.ts';

const { AUTOMATIC_CLIENTS, ...tools } = lists;
const all: Readonly<Record<string, readonly string[]>> = { ...tools, ...AUTOMATIC_CLIENTS };

/** What visitors' browsers and devices send, with names in it that tools have too. */
const VISITORS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'Mozilla/5.0 (Linux; Android 4.4.2; VEGA LTE-A IM-A900S Build/KOT49H) AppleWebKit/537.36 Mobile Safari/537.36',
  'Mozilla/5.0 (Linux; Android 7.0; Lenovo K6 Build/NRD90M) AppleWebKit/537.36 Chrome/96.0 Mobile Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 [Pinterest/iOS]',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Instagram 350.0',
  'Mozilla/5.0 (Linux; Android 14; SM-S918B; wv) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36 Snapchat/13.2',
  'SCP-6600/1.0 Katana UP.Browser/6.2',
  'Ory-Hydra/2.2',
  'absinthe_client/0.9',
  'okhttp/4.12.0',
  'Shop/2.1 CFNetwork/1568.200.51 Darwin/24.1.0',
];

describe('lists of user agents', () => {
  it('are in lower case, as the values are that they are looked for in', () => {
    for (const name of Object.values(all).flat()) assert.equal(name, name.toLowerCase());
  });

  it('have each name once, and none that another of its list finds already', () => {
    const names = Object.values(all).flat();
    assert.deepEqual(
      names.filter((name, index) => names.indexOf(name) !== index),
      [],
    );
    for (const list of Object.values(all)) {
      const found = list.filter((name) => list.some((other) => other !== name && name.includes(other)));
      assert.deepEqual(found, []);
    }
  });

  it('have no name that visitors send', () => {
    for (const visitor of VISITORS) {
      for (const [kind, list] of Object.entries(all)) {
        const found = list.filter((name) => visitor.toLowerCase().includes(name));
        assert.deepEqual(found, [], `${kind} in ${visitor}`);
      }
    }
  });
});
