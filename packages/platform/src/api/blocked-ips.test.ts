import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createTestApp, KEYS, type TestApp } from '../../test/harness.ts';
import { createBlockList } from '../remote-config/block-list.ts';
import { registerBlockedIps } from './blocked-ips.ts';

const PATH = '/api/v2/security/blocked_ips';

describe('the block list', () => {
  let test: TestApp;
  let changes = 0;
  before(async () => {
    test = await createTestApp((app, { state, clock }) => {
      registerBlockedIps(
        app,
        createBlockList(state, () => changes++, clock.now),
        clock.now,
      );
    });
  });
  after(() => test.close());
  beforeEach(() => test.state.query('DELETE FROM blocked_ips'));

  const block = (attributes: object) =>
    test.app.inject({
      method: 'POST',
      url: PATH,
      headers: KEYS,
      payload: { data: { type: 'blocked_ips', attributes } },
    });
  const unblock = (value: string) =>
    test.app.inject({ method: 'DELETE', url: `${PATH}/${value}`, headers: KEYS });
  const list = async () => (await test.app.inject({ url: PATH, headers: KEYS })).json();

  it('takes an address, shows it, and lets it go', async () => {
    const before = changes;
    const response = await block({ value: '192.0.2.1', reason: 'scans', duration_seconds: 60 });
    assert.equal(response.statusCode, 201);
    const entry = {
      type: 'blocked_ips',
      id: '192.0.2.1',
      attributes: {
        value: '192.0.2.1',
        reason: 'scans',
        created_by: 'bootstrap',
        created_at: '2026-01-01T00:00:00.000Z',
        expires_at: '2026-01-01T00:01:00.000Z',
      },
    };
    assert.deepEqual(response.json(), { data: entry });
    assert.deepEqual(await list(), { data: [entry], meta: { page: { total_count: 1 } } });
    assert.equal((await unblock('192.0.2.1')).statusCode, 204);
    assert.deepEqual((await list()).data, []);
    assert.equal(changes, before + 2);
  });

  it('may be told twice', async () => {
    assert.equal((await block({ value: '192.0.2.1', reason: 'a' })).statusCode, 201);
    const again = await block({ value: '::ffff:192.0.2.1', reason: 'b', duration_seconds: 5 });
    assert.equal(again.statusCode, 200);
    assert.equal(again.json().data.attributes.reason, 'b');
    assert.equal((await list()).data.length, 1);
    assert.equal((await unblock('192.0.2.1')).statusCode, 204);
    const before = changes;
    assert.equal((await unblock('192.0.2.1')).statusCode, 204);
    assert.equal(changes, before);
  });

  it('takes ranges, and their slash encoded or not', async () => {
    for (const encode of [(text: string) => text, encodeURIComponent]) {
      assert.equal((await block({ value: '192.0.2.99/24' })).json().data.id, '192.0.2.0/24');
      assert.equal((await block({ value: '2001:DB8::/32' })).json().data.id, '2001:db8::/32');
      assert.equal((await unblock(encode('192.0.2.0/24'))).statusCode, 204);
      assert.equal((await unblock(encode('2001:db8::/32'))).statusCode, 204);
      assert.deepEqual((await list()).data, []);
    }
  });

  it('drops what has expired', async () => {
    await block({ value: '192.0.2.1', duration_seconds: 60 });
    await block({ value: '192.0.2.2', expires_at: '2026-01-01T02:00:00+01:00' });
    await block({ value: '192.0.2.3', duration_seconds: 0 });
    await block({ value: '192.0.2.4', expires_at: null });
    const values = async () => (await list()).data.map(({ id }: { id: string }) => id).sort();
    test.clock.time += 60_000;
    assert.deepEqual(await values(), ['192.0.2.2', '192.0.2.3', '192.0.2.4']);
    test.clock.time += 24 * 60 * 60_000;
    assert.deepEqual(await values(), ['192.0.2.3', '192.0.2.4']);
    assert.equal((await block({ value: '192.0.2.1' })).statusCode, 201);
  });

  const refused: [attributes: object, message: RegExp][] = [
    [{}, /Field 'data\.attributes\.value' is invalid/],
    [{ value: 'localhost' }, /'data\.attributes\.value'.*IPv4 or IPv6/],
    [{ value: '192.0.2.1/99' }, /'data\.attributes\.value'/],
    [{ value: '0.0.0.0/0' }, /'data\.attributes\.value'.*wider than \/8.*force/],
    [{ value: '::/0' }, /wider.*force/],
    [{ value: '127.0.0.1' }, /loopback.*force/],
    [{ value: '::1' }, /loopback.*force/],
    [{ value: '192.0.2.1', duration_seconds: -1 }, /'data\.attributes\.duration_seconds'/],
    [{ value: '192.0.2.1', duration_seconds: 1.5 }, /'data\.attributes\.duration_seconds'/],
    [{ value: '192.0.2.1', expires_at: 'tomorrow' }, /'data\.attributes\.expires_at'/],
    [{ value: '192.0.2.1', expires_at: '2000-01-01T00:00:00Z' }, /'data\.attributes\.expires_at'.*passed/],
    [{ value: '192.0.2.1', expires_at: '2030-01-01T00:00:00Z', duration_seconds: 1 }, /not both/],
    [{ value: '192.0.2.1', reason: '\0' }, /'data\.attributes\.reason'/],
    [{ value: '192.0.2.1', reason: 'x'.repeat(1_001) }, /'data\.attributes\.reason'/],
  ];
  for (const [attributes, message] of refused) {
    it(`refuses ${JSON.stringify(attributes).slice(0, 80)}`, async () => {
      const response = await block(attributes);
      assert.equal(response.statusCode, 400);
      assert.match(response.json().errors[0], message);
      assert.deepEqual((await list()).data, []);
    });
  }

  it('blocks what is dangerous only by force', async () => {
    for (const value of ['0.0.0.0/0', '127.0.0.1', '::1']) {
      assert.equal((await block({ value, force: true })).statusCode, 201);
    }
  });

  it('refuses a body of another shape, and unblocking what is no address', async () => {
    const post = (payload: object) => test.app.inject({ method: 'POST', url: PATH, headers: KEYS, payload });
    assert.match((await post({ value: '192.0.2.1' })).json().errors[0], /Field 'data' is invalid/);
    assert.match((await post([])).json().errors[0], /body is invalid/);
    assert.equal((await unblock('nobody')).statusCode, 400);
  });

  it('is bounded', async () => {
    await test.state.query(
      "INSERT INTO blocked_ips (value) SELECT '10.0.' || n / 256 || '.' || n % 256 FROM generate_series(0, 9999) AS n",
    );
    const response = await block({ value: '192.0.2.1' });
    assert.equal(response.statusCode, 409);
    assert.match(response.json().errors[0], /full.*10000/);
    assert.equal((await block({ value: '10.0.0.1', reason: 'known' })).statusCode, 200);
  });
});
