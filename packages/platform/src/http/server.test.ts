import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import { API_KEY, createTestApp, KEYS, type TestApp } from '../../test/harness.ts';
import { StoreError } from '../store/error.ts';
import { validate } from './validate.ts';

describe('the server', () => {
  let test: TestApp;
  before(async () => {
    test = await createTestApp((app) => {
      app.post('/api/v2/echo', async (request) => ({ got: request.body ?? null }));
      app.post('/api/v2/checked', async (request) =>
        validate(
          z.object({ data: z.object({ attributes: z.object({ name: z.string(), size: z.number() }) }) }),
          request.body,
        ),
      );
      app.get('/api/v2/bug', async () => {
        throw new Error('the password is hunter2');
      });
      app.get('/api/v2/store', async () => {
        throw new StoreError('WARDLINE_STORE_UNAVAILABLE', 'refused by 10.0.0.7');
      });
      app.get('/api/v1/key', { config: { access: 'api-key' } }, async () => ({ ok: true }));
      app.get('/open', { config: { access: 'public' } }, async () => ({ ok: true }));
    });
  });
  after(() => test.close());

  const post = (payload: string | Buffer, type = 'application/json', url = '/api/v2/echo') =>
    test.app.inject({ method: 'POST', url, payload, headers: { ...KEYS, 'content-type': type } });

  const wrong = 'f'.repeat(32);
  const both = ['Unauthorized', 'Send DD-API-KEY and DD-APPLICATION-KEY'];
  const access: [
    name: string,
    url: string,
    headers: Record<string, string>,
    status: number,
    errors?: string[],
  ][] = [
    ['nothing given', '/api/v2/bug', {}, 401, both],
    ['API key only', '/api/v2/bug', { 'dd-api-key': API_KEY }, 403, ['Forbidden']],
    [
      'application key only',
      '/api/v2/bug',
      { 'dd-application-key': KEYS['dd-application-key'] },
      403,
      ['Forbidden'],
    ],
    ['wrong API key', '/api/v2/bug', { ...KEYS, 'dd-api-key': wrong }, 403, ['Forbidden']],
    ['wrong application key', '/api/v2/bug', { ...KEYS, 'dd-application-key': wrong }, 403, ['Forbidden']],
    [
      'keys exchanged',
      '/api/v2/bug',
      { 'dd-api-key': KEYS['dd-application-key'], 'dd-application-key': API_KEY },
      403,
    ],
    ['unknown session', '/api/v2/bug', { cookie: `wardline_session=${'A'.repeat(43)}` }, 401, both],
    ['no API key', '/api/v1/key', {}, 401, ['Unauthorized', 'Send DD-API-KEY']],
    ['wrong API key', '/api/v1/key', { 'dd-api-key': wrong }, 403, ['Forbidden']],
    ['API key', '/api/v1/key', { 'dd-api-key': API_KEY }, 200],
    ['API key as collectors send it', '/api/v1/key', { 'x-api-key': API_KEY }, 200],
    ['API key as a bearer token', '/api/v1/key', { authorization: `bearer ${API_KEY}` }, 200],
    ['another scheme', '/api/v1/key', { authorization: `Basic ${API_KEY}` }, 401],
    ['public', '/open', {}, 200],
    ['unknown route, nothing given', '/api/v2/unknown', {}, 401, ['Unauthorized', 'Send DD-API-KEY']],
    ['unknown route, wrong key', '/api/v2/unknown', { 'dd-api-key': wrong }, 403, ['Forbidden']],
    ['unknown route, an agent', '/api/agent/v9/unknown', { 'x-api-key': API_KEY }, 404, ['Not found']],
    ['unknown route', '/api/v2/unknown', KEYS, 404, ['Not found']],
    ['unknown route', '/v1/unknown', KEYS, 404, ['Not found']],
    ['escaped route', '/%61pi/v2/bug', {}, 401],
    ['file that is not there', '/assets/gone-1234.js', {}, 404, ['Not found']],
    ['malformed path', '/api/%', KEYS, 400],
  ];
  for (const [name, url, headers, status, errors] of access) {
    it(`${url}, ${name}: ${status}`, async () => {
      const response = await test.app.inject({ url, headers });
      assert.equal(response.statusCode, status, response.body);
      if (status >= 400) assert.ok(Array.isArray(response.json().errors));
      if (errors) assert.deepEqual(response.json(), { errors });
      if (status === 401) assert.match(String(response.headers['www-authenticate']), /DD-API-KEY/);
    });
  }

  it('answers every method without a key alike', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const) {
      assert.equal((await test.app.inject({ method, url: '/api/v2/echo' })).statusCode, 401, method);
      assert.equal((await test.app.inject({ method, url: '/api/v2/nowhere' })).statusCode, 401, method);
    }
  });

  it('reads JSON, also as JSON:API calls it', async () => {
    for (const type of ['application/json', 'application/json; charset=utf-8', 'application/vnd.api+json']) {
      assert.deepEqual((await post('{"a":[1]}', type)).json(), { got: { a: [1] } });
    }
  });

  it('names the position of what is no JSON', async () => {
    const response = await post('{"a": 1,\n "b" 2}');
    assert.equal(response.statusCode, 400);
    assert.deepEqual(response.json(), {
      errors: ['The body is not valid JSON: at position 14 (line 2, column 6), expected ":"'],
    });
  });

  it('refuses other content types, and bodies that are too large, also in chunks', async () => {
    const other = await post('a=1', 'application/x-www-form-urlencoded');
    assert.equal(other.statusCode, 415);
    assert.match(other.json().errors[0], /application\/x-www-form-urlencoded/);
    const large = await post(JSON.stringify('x'.repeat(1024 * 1024)));
    assert.equal(large.statusCode, 413);
    assert.match(large.json().errors[0], /1048576 bytes/);
  });

  it('names each field that is wrong', async () => {
    const response = await post(
      '{"data":{"attributes":{"size":"1"}}}',
      'application/json',
      '/api/v2/checked',
    );
    assert.equal(response.statusCode, 400);
    const { errors } = response.json();
    assert.equal(errors.length, 2);
    assert.match(errors[0], /^input_validation_error\(Field 'data\.attributes\.name' is invalid: /);
    assert.match(errors[1], /^input_validation_error\(Field 'data\.attributes\.size' is invalid: /);
    assert.equal((await post('', 'application/json', '/api/v2/checked')).statusCode, 400);
    assert.equal(
      (await post('{"__proto__":{"data":1}}', 'application/json', '/api/v2/checked')).statusCode,
      400,
    );
  });

  it('tells clients nothing about faults of its own but the request', async () => {
    const response = await test.app.inject({ url: '/api/v2/bug', headers: KEYS });
    assert.equal(response.statusCode, 500);
    const id = response.headers['x-request-id'];
    assert.deepEqual(response.json(), { errors: [`Internal server error (request ${id})`] });
    assert.doesNotMatch(response.body, /hunter2|at /);
  });

  it('asks to try again when the store does not answer', async () => {
    const response = await test.app.inject({ url: '/api/v2/store', headers: KEYS });
    assert.equal(response.statusCode, 503);
    assert.equal(response.headers['retry-after'], '5');
    assert.doesNotMatch(response.body, /10\.0\.0\.7/);
  });

  it('sends security headers, and forbids caching, with every answer', async () => {
    for (const url of ['/open', '/api/v2/bug', '/api/v2/unknown', '/api/%']) {
      const { headers } = await test.app.inject({ url });
      assert.equal(headers['x-content-type-options'], 'nosniff', url);
      assert.equal(headers['cache-control'], 'no-store', url);
      assert.match(String(headers['content-security-policy']), /frame-ancestors 'none'/, url);
      assert.match(String(headers['x-request-id']), /^[0-9a-f-]{36}$/, url);
    }
  });

  it('survives what is not even HTTP', async () => {
    await test.app.listen({ port: 0 });
    const { port } = test.app.server.address() as AddressInfo;
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write('\x16\x03\x01 nonsense\r\n\r\n'));
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('close', () => resolve(text));
    });
    assert.match(answer, /^HTTP\/1\.1 400/);
    assert.match(answer, /\{"errors":\[/);
    assert.equal((await fetch(`http://127.0.0.1:${port}/open`)).status, 200);
  });
});
