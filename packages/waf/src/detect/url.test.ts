import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { DEFAULT_SSRF_OPTIONS, readSsrfOptions } from './ssrf-options.ts';
import { countReads, readVectors, type UrlVector } from './test-support.ts';
import { detectSsrf, findPolicyViolation, outgoingUrl } from './url.ts';

const ALL = readSsrfOptions({ 'path-inspection': true, 'query-inspection': true });
const FRAGMENTS = [
  ...[
    'http://',
    '//',
    'a.com',
    'evil',
    '/',
    '\\',
    '..',
    '?',
    '&',
    '#',
    '@',
    ':',
    '80',
    '127.0.0.1',
    '[::1]',
    '[',
    ']',
  ],
  ...['localhost', '%2f', '%2e', '.', '0x', '::', '\u0000', 'é'],
];
const urlLike = fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 20 }).map((parts) => parts.join(''));
const anyText = fc.oneof(urlLike, fc.string({ unit: 'binary' }));

describe('detectSsrf', () => {
  for (const { url, input, detect, options, policy } of readVectors<UrlVector>('url')) {
    const settings = options || policy ? ` with ${JSON.stringify({ ...options, ...policy })}` : '';
    test(`${detect ? 'finds' : 'passes'} ${JSON.stringify(input)} in ${url}${settings}`, () => {
      const outgoing = outgoingUrl(url, readSsrfOptions(options, policy));
      assert.equal(detectSsrf(outgoing, input) !== null, detect);
    });
  }

  test('reports the URL and the input as it stands there', () => {
    assert.deepEqual(detectSsrf(outgoingUrl('http://localhost/x'), 'LOCALHOST'), {
      resource: 'http://localhost/x',
      highlight: 'localhost',
    });
  });

  test('never throws', () => {
    fc.assert(
      fc.property(anyText, anyText, (url, input) => {
        detectSsrf(outgoingUrl(url + input, ALL), input);
        detectSsrf(outgoingUrl(`http://${url}${input}`, ALL), input);
      }),
      { numRuns: 3000 },
    );
  });

  test('finds no input that does not occur', () => {
    fc.assert(
      fc.property(anyText, anyText, (url, input) => {
        fc.pre(!input.includes('%'));
        fc.pre(!url.toLowerCase().includes(input.trim().toLowerCase()));
        fc.pre(!url.includes(input.trim().toUpperCase()));
        assert.equal(detectSsrf(outgoingUrl(`http://${url}`, ALL), input), null);
      }),
    );
  });

  test('reads a URL and an input in linear time', () => {
    for (const fragment of [...FRAGMENTS, '/..', '%2e%2e/', 'a&', '@@', '0x7f.']) {
      const reads = (count: number) =>
        countReads(() => {
          for (const prefix of ['http://a.com/', 'http://', 'http://a.com/?', '']) {
            const url = outgoingUrl(prefix + fragment.repeat(count), ALL);
            for (const length of [3, 8, count / 2, count]) detectSsrf(url, fragment.repeat(length));
          }
        });
      const small = reads(1000);
      assert.ok(reads(2000) <= small * 2.5, `${JSON.stringify(fragment)}: ${small}`);
    }
  });
});

describe('findPolicyViolation', () => {
  test('highlights the scheme and the authority', () => {
    assert.deepEqual(findPolicyViolation(outgoingUrl('http://u@10.0.0.1:80/x')), {
      resource: 'http://u@10.0.0.1:80/x',
      highlight: 'http://u@10.0.0.1:80',
    });
    assert.equal(findPolicyViolation(outgoingUrl('https://example.com/x')), null);
    assert.equal(findPolicyViolation(outgoingUrl('nothing')), null);
  });
});

describe('readSsrfOptions', () => {
  test('has its defaults for what is absent or of another type', () => {
    assert.deepEqual(readSsrfOptions(undefined), DEFAULT_SSRF_OPTIONS);
    assert.deepEqual(
      readSsrfOptions({ 'path-inspection': 'yes', 'allowed-schemes': 1 }, 7),
      DEFAULT_SSRF_OPTIONS,
    );
  });

  test('leaves out ranges that are none', () => {
    const { forbiddenIps } = readSsrfOptions({}, { 'forbidden-ips': ['1.2.3.0/24', 'x', '1.2.3.4/40', 5] });
    assert.equal(forbiddenIps.length, 1);
  });
});
