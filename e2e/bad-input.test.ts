/** Faulty and hostile input gets an answer that names the fault, and the platform goes on. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { startTestPlatform, type TestPlatform } from './harness.ts';

interface Case {
  name: string;
  path: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
  /** Without the keys, or with others. */
  keys?: Record<string, string>;
  status: number;
  says: RegExp;
}

const SIGNALS = '/api/v2/security_monitoring/signals';
const protobuf = { 'content-type': 'application/x-protobuf' };
const json = { 'content-type': 'application/json' };

const CASES: readonly Case[] = [
  {
    name: 'intake without a key',
    path: '/v1/traces',
    method: 'POST',
    headers: json,
    body: '{}',
    keys: {},
    status: 401,
    says: /key/i,
  },
  {
    name: 'intake with a wrong key',
    path: '/v1/traces',
    method: 'POST',
    headers: json,
    body: '{}',
    keys: { 'dd-api-key': 'no' },
    status: 403,
    says: /Forbidden|key/i,
  },
  {
    name: 'malformed OTLP protobuf',
    path: '/v1/traces',
    method: 'POST',
    headers: protobuf,
    body: new Uint8Array([0x0a, 0xff, 0xff, 0x01]),
    status: 400,
    says: /byte|offset|truncated|length/i,
  },
  {
    name: 'malformed OTLP JSON',
    path: '/v1/traces',
    method: 'POST',
    headers: json,
    body: '{"resourceSpans":[{',
    status: 400,
    says: /JSON/i,
  },
  {
    name: 'OTLP JSON of a wrong type',
    path: '/v1/traces',
    method: 'POST',
    headers: json,
    body: '{"resourceSpans":7}',
    status: 400,
    says: /resourceSpans/,
  },
  {
    name: 'OTLP of an unknown content type',
    path: '/v1/traces',
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: 'x',
    status: 415,
    says: /content.type|media type/i,
  },
  {
    name: 'OTLP that is not gzip',
    path: '/v1/traces',
    method: 'POST',
    headers: { ...protobuf, 'content-encoding': 'gzip' },
    body: new Uint8Array([1, 2, 3]),
    status: 400,
    says: /gzip/i,
  },
  {
    name: 'a zip bomb',
    path: '/v1/traces',
    method: 'POST',
    headers: { ...protobuf, 'content-encoding': 'gzip' },
    body: new Uint8Array(gzipSync(Buffer.alloc(300_000_000))),
    status: 413,
    says: /large|bytes|limit/i,
  },
  { name: 'signals without keys', path: SIGNALS, keys: {}, status: 401, says: /key|Unauthorized/i },
  {
    name: 'signals with a wrong key',
    path: SIGNALS,
    keys: { 'dd-api-key': 'no', 'dd-application-key': 'no' },
    status: 403,
    says: /Forbidden/,
  },
  {
    name: 'a query that does not parse',
    path: `${SIGNALS}?filter[query]=${encodeURIComponent('@a:[1 TO')}`,
    status: 400,
    says: /position|at \d+|expected/i,
  },
  { name: 'a time that is none', path: `${SIGNALS}?filter[from]=yesterday`, status: 400, says: /from/ },
  { name: 'a limit that is none', path: `${SIGNALS}?page[limit]=-1`, status: 400, says: /limit/ },
  { name: 'a cursor that is none', path: `${SIGNALS}?page[cursor]=zzz`, status: 400, says: /cursor/ },
  { name: 'an unknown signal', path: `${SIGNALS}/nothing`, status: 404, says: /Signal not found/ },
  {
    name: 'an unknown trace',
    path: `/api/v2/trace/${'0'.repeat(31)}1`,
    status: 404,
    says: /Trace not found/,
  },
  { name: 'a trace id that is none', path: '/api/v2/trace/xyz', status: 400, says: /trace id/ },
  { name: 'an unknown route', path: '/api/v2/nothing', status: 404, says: /Not found/ },
  {
    name: 'malformed JSON',
    path: `${SIGNALS}/search`,
    method: 'POST',
    headers: json,
    body: '{"filter":',
    status: 400,
    says: /JSON/i,
  },
  {
    name: 'an oversized body',
    path: `${SIGNALS}/search`,
    method: 'POST',
    headers: json,
    body: `{"filter":{"query":"${'x'.repeat(20_000_000)}"}}`,
    status: 413,
    says: /large|limit/i,
  },
];

describe('bad input', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  for (const { name, path, method, headers, body, keys, status, says } of CASES) {
    it(`${name}: ${status}`, async () => {
      const { apiKey, applicationKey } = platform.credentials;
      const response = await fetch(platform.url + path, {
        method: method ?? 'GET',
        headers: { ...headers, ...(keys ?? { 'dd-api-key': apiKey, 'dd-application-key': applicationKey }) },
        ...(body !== undefined && { body }),
      });
      const text = await response.text();
      assert.equal(response.status, status, text);
      assert.match(text, says);
      assert.doesNotMatch(text, /\n\s+at /, 'no stack trace');
    });
  }

  it('unknown fields do no harm', async () => {
    const response = await fetch(`${platform.url}/v1/traces`, {
      method: 'POST',
      headers: { ...json, 'dd-api-key': platform.credentials.apiKey },
      body: '{"resourceSpans":[{"unknown":1,"scopeSpans":[{"spans":[],"more":{}}]}],"other":[]}',
    });
    assert.equal(response.status, 200);
  });

  it('goes on', async () => {
    assert.equal((await fetch(`${platform.url}/healthz`)).status, 200);
  });
});
