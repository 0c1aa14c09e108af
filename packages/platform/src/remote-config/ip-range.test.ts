import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dangerOf, parseIpRange } from './ip-range.ts';

const spellings: [text: string, value: string | undefined][] = [
  ['192.0.2.1', '192.0.2.1'],
  [' 192.0.2.1 ', '192.0.2.1'],
  ['192.0.2.1/32', '192.0.2.1'],
  ['192.0.2.77/24', '192.0.2.0/24'],
  ['10.0.0.0/8', '10.0.0.0/8'],
  ['0.0.0.0/0', '0.0.0.0/0'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1/120', '192.0.2.0/24'],
  ['::ffff:192.0.2.1/90', '::ffc0:0:0/90'],
  ['/24', undefined],
  ['192.0.2.1/24/8', undefined],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['2001:db8::/32', '2001:db8::/32'],
  ['2001:db8:0:0:1:0:0:0', '2001:db8:0:0:1::'],
  ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
  ['1:0:2:0:3:0:4:0', '1:0:2:0:3:0:4:0'],
  ['10:0:0:100:0:0:0:1', '10:0:0:100::1'],
  ['::', '::'],
  ['::1', '::1'],
  ['::/0', '::/0'],
  ['fe80::1/64', 'fe80::/64'],
  ['', undefined],
  ['localhost', undefined],
  ['192.0.2', undefined],
  ['192.0.2.256', undefined],
  ['192.0.2.1/33', undefined],
  ['192.0.2.1/', undefined],
  ['2001:db8::1::2', undefined],
  ['192.0.2.1,192.0.2.2', undefined],
];

describe('parseIpRange', () => {
  for (const [text, value] of spellings) {
    it(`reads '${text}' as ${value}`, () => assert.equal(parseIpRange(text)?.value, value));
  }
});

const dangers: [text: string, danger: RegExp | undefined][] = [
  ['0.0.0.0/0', /wider/],
  ['128.0.0.0/1', /wider/],
  ['::/0', /wider/],
  ['127.0.0.1', /loopback/],
  ['127.3.0.0/16', /loopback/],
  ['127.0.0.0/8', /loopback/],
  ['::1', /loopback/],
  ['::/64', /loopback/],
  ['::ffff:127.0.0.1', /loopback/],
  ['::ffff:0:0/90', /loopback/],
  ['10.0.0.0/8', undefined],
  ['192.0.2.1', undefined],
  ['2001:db8::/32', undefined],
];

describe('dangerOf', () => {
  for (const [text, danger] of dangers) {
    it(`${text}: ${danger}`, () => {
      const found = dangerOf(parseIpRange(text)!);
      if (danger) assert.match(found ?? '', danger);
      else assert.equal(found, undefined);
    });
  }
});
