import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { maskIp, parseIp, parseNetwork } from './ip-address.ts';
import { ipMatcher } from './ip-match.ts';

const byte = fc.constantFrom(0, 1, 127, 128, 255);
const ipv4 = fc.tuple(byte, byte, byte, byte).map((bytes) => bytes.join('.'));
const ipv6 = fc.oneof(
  fc.constantFrom('::', '::1', '2001:db8::1', '2001:db8:8000::', '::fffe:1.2.3.4'),
  ipv4.map((address) => `::ffff:${address}`),
);
const network = fc.oneof(
  ipv4,
  ipv6,
  fc.tuple(ipv4, fc.nat(32)).map(([address, prefix]) => `${address}/${prefix}`),
  fc.tuple(ipv6, fc.nat(128)).map(([address, prefix]) => `${address}/${prefix}`),
);

test('an address matches just where it lies in a network, however both are written', () => {
  fc.assert(
    fc.property(fc.array(network, { maxLength: 4 }), fc.oneof(ipv4, ipv6), (networks, text) => {
      const matcher = ipMatcher({ values: networks, expirations: networks.map(() => 0) }, () => 0);
      const address = parseIp(text)!;
      const expected = networks
        .map((network) => parseNetwork(network))
        .some((candidate) => {
          return maskIp(address, candidate!.prefix).join() === candidate!.address.join();
        });
      assert.equal(matcher.match(text) === text, expected, `${text} in ${networks}`);
    }),
    { numRuns: 2000 },
  );
});
