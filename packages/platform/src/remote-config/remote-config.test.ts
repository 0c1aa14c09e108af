import assert from 'node:assert/strict';
import { type ClientRequest, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { BLOCK_LIST_PATH, type RemoteConfig } from '@wardline/telemetry';
import { API_KEY, createTestApp, silent, type TestApp } from '../../test/harness.ts';
import { type BlockList, createBlockList } from './block-list.ts';
import { RemoteConfigService } from './remote-config.ts';
import { registerRemoteConfig } from './routes.ts';

const HOLD = 2_000;
const MAX_HELD = 3;

describe('remote config', () => {
  let test: TestApp;
  let service: RemoteConfigService;
  let blockList: BlockList;
  let url: string;
  before(async () => {
    test = await createTestApp((app, { state }) => {
      blockList = createBlockList(state, () => void service.changed());
      service = new RemoteConfigService({ blockList, log: silent, maxHeld: MAX_HELD });
      registerRemoteConfig(app, service, HOLD);
      app.addHook('preClose', async () => service.close());
    });
    await test.app.listen({ port: 0 });
    url = `http://127.0.0.1:${(test.app.server.address() as AddressInfo).port}/api/agent/v1/config`;
  });
  after(() => test.close());
  beforeEach(async () => {
    for (const { value } of await blockList.list()) await blockList.unblock(value);
  });

  const get = (version = '', signal?: AbortSignal) =>
    fetch(`${url}?version=${version}&service=shop&env=test`, {
      headers: { 'dd-api-key': API_KEY },
      ...(signal && { signal }),
    });
  const currentVersion = async () => ((await (await get()).json()) as RemoteConfig).version;
  const block = (value: string, expiresAt: Date | null = null) =>
    blockList.block({ value, reason: '', createdBy: 'test', expiresAt });
  const held = async (count: number) => {
    while (service.held !== count) await setTimeout(5);
  };

  it('is sent at once to who has another version, with the end of each block', async () => {
    await block('192.0.2.9');
    await block('192.0.2.0/28', new Date(Date.now() + 60_000));
    await block('192.0.2.200', new Date(Date.now() - 60_000));
    const response = await get('something else');
    assert.equal(response.status, 200);
    const config = (await response.json()) as RemoteConfig;
    const [data] = (
      config.configurations[BLOCK_LIST_PATH] as {
        rules_data: { data: { value: string; expiration: number }[] }[];
      }
    ).rules_data;
    assert.partialDeepStrictEqual(data, { id: 'blocked_ips', type: 'ip_with_expiration' });
    assert.deepEqual(
      data!.data.map(({ value }) => value),
      ['192.0.2.0/28', '192.0.2.9'],
    );
    assert.ok(Math.abs(data!.data[0]!.expiration - Date.now() / 1000 - 60) < 5);
    assert.equal(data!.data[1]!.expiration, 0);
  });

  it('has the same version for the same content', async () => {
    const empty = await currentVersion();
    await block('192.0.2.1');
    assert.notEqual(await currentVersion(), empty);
    await blockList.unblock('192.0.2.1');
    assert.equal(await currentVersion(), empty);
  });

  it('answers held requests as soon as it changes', async () => {
    const version = await currentVersion();
    const waiting = [get(version), get(version)];
    await held(2);
    await block('192.0.2.1');
    for (const response of await Promise.all(waiting)) {
      assert.equal(response.status, 200);
      assert.notEqual(((await response.json()) as RemoteConfig).version, version);
    }
    assert.equal(service.held, 0);
  });

  it('sees what others write to the database', async () => {
    const version = await currentVersion();
    const waiting = get(version);
    await held(1);
    await test.state.query("INSERT INTO blocked_ips (value) VALUES ('192.0.2.44')");
    assert.equal((await waiting).status, 200);
  });

  it('answers 204 when nothing has changed for so long', async () => {
    const response = await get(await currentVersion());
    assert.equal(response.status, 204);
    assert.equal(await response.text(), '');
    assert.equal(service.held, 0);
  });

  it('forgets a request whose client has gone', async () => {
    const version = await currentVersion();
    const gone = new AbortController();
    const waiting = get(version, gone.signal);
    await held(1);
    gone.abort();
    await assert.rejects(waiting);
    await held(0);
  });

  it('holds a bounded number of requests, and tells others when to come again', async () => {
    const version = await currentVersion();
    const waiting = Array.from({ length: MAX_HELD }, () => get(version));
    await held(MAX_HELD);
    const refused = await get(version);
    assert.equal(refused.status, 503);
    assert.ok(Number(refused.headers.get('retry-after')) > 0);
    // Who has an old version is not held, and is served.
    assert.equal((await get('old')).status, 200);
    await block('192.0.2.1');
    await Promise.all(waiting);
  });

  it('takes no request without a valid API key', async () => {
    for (const [headers, status] of [
      [{}, 401],
      [{ 'dd-api-key': 'f'.repeat(32) }, 403],
      [{ 'x-api-key': API_KEY }, 200],
      [{ authorization: `Bearer ${API_KEY}` }, 200],
    ] as [Record<string, string>, number][]) {
      assert.equal((await fetch(url, { headers })).status, status, JSON.stringify(headers));
    }
  });

  it('survives a database that fails, and goes on afterwards', async () => {
    let fails = true;
    const flaky = new RemoteConfigService({
      blockList: {
        list: async () => {
          if (fails) throw new Error('no database');
          return [];
        },
      },
      log: silent,
    });
    await assert.rejects(flaky.current(), /no database/);
    await flaky.changed();
    fails = false;
    assert.match((await flaky.current()).version, /^[0-9a-f]{16}$/);
  });

  it('lets held requests go when the server closes', async () => {
    const version = await currentVersion();
    const answered = new Promise<number | undefined>((resolve, reject) => {
      const request: ClientRequest = httpRequest(`${url}?version=${version}`, {
        headers: { 'dd-api-key': API_KEY },
      });
      request
        .on('response', (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end();
    });
    await held(1);
    service.close();
    assert.equal(await answered, 204);
  });
});
