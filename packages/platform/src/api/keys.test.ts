import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { API_KEY, createTestApp, KEYS, type TestApp } from '../../test/harness.ts';
import { registerKeys } from './keys.ts';
import { registerValidate } from './validate.ts';

describe('managing keys', () => {
  let test: TestApp;
  before(async () => {
    test = await createTestApp((app, { keys }) => {
      registerKeys(app, keys);
      registerValidate(app);
    });
  });
  after(() => test.close());

  const call = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object) =>
    test.app.inject({ method, url, headers: KEYS, ...(payload && { payload }) });
  const body = (type: string, name: unknown) => ({ data: { type, attributes: { name } } });
  const validate = (key: string) =>
    test.app.inject({ url: '/api/v1/validate', headers: { 'dd-api-key': key } });

  for (const [path, type, form] of [
    ['/api/v2/api_keys', 'api_keys', /^[0-9a-f]{32}$/],
    ['/api/v2/application_keys', 'application_keys', /^[0-9a-f]{40}$/],
    ['/api/v2/current_user/application_keys', 'application_keys', /^[0-9a-f]{40}$/],
  ] as const) {
    it(`${path}: a key is shown when it is made, and never again`, async () => {
      const made = await call('POST', path, body(type, 'deploy'));
      assert.equal(made.statusCode, 201);
      const { id, attributes } = made.json().data;
      assert.match(attributes.key, form);
      assert.equal(attributes.last4, attributes.key.slice(-4));
      const one = (await call('GET', `${path}/${id}`)).json().data;
      assert.partialDeepStrictEqual(one, {
        id,
        type,
        attributes: { name: 'deploy', last4: attributes.last4 },
      });
      const all = await call('GET', path);
      assert.ok(all.json().data.some((key: { id: string }) => key.id === id));
      assert.ok(!all.body.includes(attributes.key));
      assert.equal(one.attributes.key, undefined);

      assert.equal(
        (await call('PATCH', `${path}/${id}`, body(type, 'deploy 2'))).json().data.attributes.name,
        'deploy 2',
      );
      assert.equal((await call('DELETE', `${path}/${id}`)).statusCode, 204);
      for (const method of ['GET', 'DELETE'] as const) {
        const gone = await call(method, `${path}/${id}`);
        assert.equal(gone.statusCode, 404);
        assert.match(gone.json().errors[0], /key not found/);
      }
    });
  }

  it('ends a key at once', async () => {
    const { id, attributes } = (await call('POST', '/api/v2/api_keys', body('api_keys', 'short'))).json()
      .data;
    assert.equal((await validate(attributes.key)).statusCode, 200);
    await call('DELETE', `/api/v2/api_keys/${id}`);
    assert.equal((await validate(attributes.key)).statusCode, 403);
  });

  it('lists by name, in pages', async () => {
    for (const name of ['page c', 'page a', 'page b'])
      await call('POST', '/api/v2/api_keys', body('api_keys', name));
    const names = async (query: string) => {
      const { data, meta } = (await call('GET', `/api/v2/api_keys?filter=PAGE&${query}`)).json();
      assert.equal(meta.page.total_filtered_count, 3);
      return data.map((key: { attributes: { name: string } }) => key.attributes.name);
    };
    assert.deepEqual(await names(''), ['page a', 'page b', 'page c']);
    assert.deepEqual(await names('sort=-name'), ['page c', 'page b', 'page a']);
    assert.deepEqual(await names('sort=created_at'), ['page c', 'page a', 'page b']);
    assert.deepEqual(await names('page[size]=2&page[number]=1'), ['page c']);
  });

  const faults: [
    method: 'GET' | 'POST',
    url: string,
    payload: object | undefined,
    status: number,
    message: RegExp,
  ][] = [
    ['POST', '/api/v2/api_keys', {}, 400, /Field 'data'/],
    ['POST', '/api/v2/api_keys', body('application_keys', 'x'), 400, /Field 'data\.type'.*api_keys/],
    ['POST', '/api/v2/api_keys', body('api_keys', ' '), 400, /Field 'data\.attributes\.name'/],
    ['POST', '/api/v2/api_keys', body('api_keys', 'a\0b'), 400, /Field 'data\.attributes\.name'.*NUL/],
    ['POST', '/api/v2/api_keys', body('api_keys', 7), 400, /Field 'data\.attributes\.name'/],
    ['GET', '/api/v2/api_keys?page[size]=0', undefined, 400, /Field 'page\[size\]'/],
    ['GET', '/api/v2/api_keys?sort=colour', undefined, 400, /Field 'sort'/],
    ['GET', '/api/v2/api_keys/not-an-id', undefined, 404, /API key not found/],
    ['GET', '/api/v2/api_keys/00000000-0000-4000-8000-000000000000', undefined, 404, /API key not found/],
  ];
  for (const [method, url, payload, status, message] of faults) {
    it(`${method} ${url} ${JSON.stringify(payload) ?? ''}: ${status}`, async () => {
      const response = await call(method, url, payload);
      assert.equal(response.statusCode, status);
      assert.match(response.json().errors[0], message);
    });
  }

  it('validates an API key, without an application key', async () => {
    const response = await validate(API_KEY);
    assert.equal(response.statusCode, 200);
    assert.deepEqual(response.json(), { valid: true });
    assert.equal((await validate('0'.repeat(32))).statusCode, 403);
  });
});
