import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { maskIp, parseIp, parseNetwork } from './ip-address.ts';

test('IPv4 addresses are mapped to IPv6', () => {
  assert.deepEqual(parseIp('1.2.3.4'), [0, 0, 0, 0, 0, 0xffff, 0x102, 0x304]);
  assert.deepEqual(parseIp('1.2.3.4'), parseIp('::ffff:1.2.3.4'));
});

test('IPv6 addresses in all their forms', () => {
  assert.deepEqual(parseIp('2001:db8::1'), [0x2001, 0xdb8, 0, 0, 0, 0, 0, 1]);
  assert.deepEqual(parseIp('::'), [0, 0, 0, 0, 0, 0, 0, 0]);
  assert.deepEqual(parseIp('1:2:3:4:5:6:1.2.3.4'), [1, 2, 3, 4, 5, 6, 0x102, 0x304]);
});

test('what is not an address', () => {
  const texts = [
    '',
    '1',
    '1.2.3',
    '1.2.3.4.5',
    '01.2.3.4',
    '256.1.1.1',
    ' 1.2.3.4',
    '1.2.3.4:80',
    ':',
    ':::',
  ];
  texts.push(
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1::2::3',
    '12345::',
    'fe80::1%eth0',
    '[::1]',
    '1.2.3.4::',
  );
  texts.push('1:2:3:4:5:6:7:1.2.3.4', '::g', '1:2:3:4:5:6:7:8::');
  for (const text of texts) assert.equal(parseIp(text), undefined, text);
});

test('networks', () => {
  assert.equal(parseNetwork('10.1.2.3/8')?.prefix, 104);
  assert.deepEqual(parseNetwork('10.1.2.3/8')?.address, parseIp('10.0.0.0'));
  for (const text of ['1.2.3.4/', '1.2.3.4/33', '::/129', '1.2.3.4/-1', '1.2.3.4/8/8', 'x/8']) {
    assert.equal(parseNetwork(text), undefined, text);
  }
});

test('a mask keeps the first bits', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 }), fc.nat(128), (address, prefix) => {
      const bits = (groups: readonly number[]) => groups.map((g) => g.toString(2).padStart(16, '0')).join('');
      assert.equal(bits(maskIp(address, prefix)), bits(address).slice(0, prefix).padEnd(128, '0'));
    }),
  );
});

test('any text is an address or not', () => {
  const unit = fc.constantFrom(...'0123456789abcdef.:/%[] ');
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 60 }), (text) => {
      const address = parseIp(text);
      assert.ok(address === undefined || address.length === 8);
    }),
  );
});
