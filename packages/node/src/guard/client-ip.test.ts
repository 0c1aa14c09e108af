import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientIp, normalizeIp } from './client-ip.ts';

for (const [text, ip] of [
  ['192.0.2.1', '192.0.2.1'],
  [' 192.0.2.1 ', '192.0.2.1'],
  ['192.0.2.1:8080', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::FFFF:192.0.2.1', '192.0.2.1'],
  ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
  ['2001:DB8::1', '2001:db8::1'],
  ['[2001:db8::1]:443', '2001:db8::1'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['', ''],
  ['unknown', ''],
  ['_hidden', ''],
  ['999.1.1.1', ''],
  ['192.0.2.1 OR 1=1', ''],
] as const) {
  test(`${JSON.stringify(text)} is the address ${JSON.stringify(ip)}`, () => {
    assert.equal(normalizeIp(text), ip);
  });
}

const PROXY = '::ffff:10.0.0.9';
for (const [what, forwarded, proxies, ip] of [
  ['no proxy is trusted', '192.0.2.1', 0, '10.0.0.9'],
  ['there is no header', undefined, 1, '10.0.0.9'],
  ['one proxy', '192.0.2.1', 1, '192.0.2.1'],
  ['the client wrote the header first', '6.6.6.6, 192.0.2.1', 1, '192.0.2.1'],
  ['two proxies', '6.6.6.6, 192.0.2.1, 10.0.0.8', 2, '192.0.2.1'],
  ['a proxy is missing', '192.0.2.1', 2, '192.0.2.1'],
  ['an entry is no address', 'nonsense, 10.0.0.8', 2, '10.0.0.8'],
  ['no entry is an address', 'nonsense', 1, '10.0.0.9'],
] as const) {
  test(`the client IP where ${what}`, () => {
    assert.equal(clientIp(PROXY, forwarded, proxies), ip);
  });
}

test('a UNIX socket has none', () => {
  assert.equal(clientIp(undefined, undefined, 0), '');
});

test('a long header takes linear time', () => {
  assert.equal(clientIp(PROXY, '0:'.repeat(100_000), 100), '10.0.0.9');
});
