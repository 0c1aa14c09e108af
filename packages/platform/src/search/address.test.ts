import assert from 'node:assert/strict';
import { isIP } from 'node:net';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { formatAddress, parseAddress, parseRange } from './address.ts';

const addresses: readonly (readonly [text: string, full: string | undefined])[] = [
  ['1.2.3.4', '0000:0000:0000:0000:0000:ffff:0102:0304'],
  ['::ffff:1.2.3.4', '0000:0000:0000:0000:0000:ffff:0102:0304'],
  ['::', '0000:0000:0000:0000:0000:0000:0000:0000'],
  ['2001:DB8::1', '2001:0db8:0000:0000:0000:0000:0000:0001'],
  ['1:2:3:4:5:6:7:8', '0001:0002:0003:0004:0005:0006:0007:0008'],
  ['1::', '0001:0000:0000:0000:0000:0000:0000:0000'],
  ['1.2.3', undefined],
  ['1.2.3.256', undefined],
  ['01.2.3.4', undefined],
  [':::', undefined],
  ['1::2::3', undefined],
  ['1:2:3:4:5:6:7', undefined],
  ['1:2:3:4:5:6:7:8::', undefined],
  ['1.2.3.4::', undefined],
  ['12345::', undefined],
  ['', undefined],
];

describe('addresses', () => {
  for (const [text, full] of addresses)
    it(`reads ${text || 'nothing'}`, () => {
      const address = parseAddress(text);
      assert.equal(address === undefined ? undefined : formatAddress(address), full);
    });

  it('agree with Node.js on what an address is', () => {
    const text = fc.oneof(fc.ipV4(), fc.ipV6(), fc.stringMatching(/^[0-9a-f:.]{0,20}$/));
    fc.assert(
      fc.property(text, (given) => assert.equal(parseAddress(given) !== undefined, isIP(given) !== 0)),
    );
  });

  it('have ranges', () => {
    assert.equal(parseRange('10.0.0.0/8')!.intervals[0]!.last, parseAddress('10.255.255.255'));
    assert.equal(parseRange('10.1.2.3/8')!.intervals[0]!.first, parseAddress('10.0.0.0'));
    assert.deepEqual(parseRange('10.1.2.3')!.intervals, [
      { first: parseAddress('10.1.2.3'), last: parseAddress('10.1.2.3') },
    ]);
    const around = parseRange('::/0')!.intervals;
    const ipv4 = parseAddress('10.0.0.1')!;
    assert.ok(around.every(({ first, last }) => ipv4 < first || ipv4 > last));
    for (const text of ['10.0.0.0/33', '::/129', '10.0.0.0/', '10.0.0.0/a', '/8', 'x/8'])
      assert.equal(parseRange(text), undefined, text);
  });
});
