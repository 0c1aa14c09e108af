import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { isInRange, parseHostAddress, parseIpRange } from './ip.ts';

const LOOPBACK = [0, 0, 0, 0, 0, 0xffff, 0x7f00, 1];

describe('parseHostAddress', () => {
  for (const host of [
    ...[
      '127.0.0.1',
      '127.0.0.1.',
      '127.1',
      '127.0.1',
      '2130706433',
      '0x7f000001',
      '0x7f.0x0.0.1',
      '0177.0.0.01',
    ],
    ...['::ffff:127.0.0.1', '::ffff:7f00:1', '::127.0.0.1', '64:ff9b::7f00:1'],
  ]) {
    test(`reads ${host} as loopback`, () => assert.deepEqual(parseHostAddress(host), LOOPBACK));
  }

  test('reads IPv6 addresses', () => {
    assert.deepEqual(parseHostAddress('::1'), [0, 0, 0, 0, 0, 0, 0, 1]);
    assert.deepEqual(parseHostAddress('fe80::1%25eth0'), [0xfe80, 0, 0, 0, 0, 0, 0, 1]);
    assert.deepEqual(parseHostAddress('1:2:3:4:5:6:7:8'), [1, 2, 3, 4, 5, 6, 7, 8]);
  });

  for (const host of [
    ...['', 'a.com', '1.2.3.4.5', '256.1.1.1', '1.2.3.256', '4294967296', '08', '1..2', 'x1'],
    ...[':', ':::', '1::2::3', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '12345::', 'g::', '1.2.3.4::'],
  ]) {
    test(`reads no address in ${JSON.stringify(host)}`, () =>
      assert.equal(parseHostAddress(host), undefined));
  }

  test('never throws, and agrees with a URL on what an IPv4 address is', () => {
    const part = fc.oneof(
      fc.nat(300).map(String),
      fc.nat(300).map((n) => `0x${n.toString(16)}`),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
        const host = parts.join('.');
        const address = parseHostAddress(host);
        if (!/^[0-9a-fx.]+$/.test(host) || !URL.canParse(`http://${host}/`)) return;
        const { hostname } = new URL(`http://${host}/`);
        assert.equal(address !== undefined, /^\d+\.\d+\.\d+\.\d+$/.test(hostname), host);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('isInRange', () => {
  const inRange = (address: string, range: string) =>
    isInRange(parseHostAddress(address)!, parseIpRange(range)!);
  for (const [address, range, expected] of [
    ['10.1.2.3', '10.0.0.0/8', true],
    ['11.1.2.3', '10.0.0.0/8', false],
    ['172.31.0.1', '172.16.0.0/12', true],
    ['172.32.0.1', '172.16.0.0/12', false],
    ['1.2.3.4', '0.0.0.0/0', true],
    ['::1', '0.0.0.0/0', false],
    ['::ffff:10.0.0.1', '10.0.0.0/8', true],
    ['fe80::1', 'fe80::/10', true],
    ['fec0::1', 'fe80::/10', false],
    ['1.2.3.4', '1.2.3.4', true],
  ] as const) {
    test(`${address} is ${expected ? '' : 'not '}in ${range}`, () =>
      assert.equal(inRange(address, range), expected));
  }
});
