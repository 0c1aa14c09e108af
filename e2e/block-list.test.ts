/** A block pressed on the platform is enforced by the agents, and only by those in block mode. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Shop, send, startShop } from '../examples/shop/run/index.ts';
import { eventually, securityEvents, startTestPlatform, type TestPlatform } from './harness.ts';

const HOME = { name: 'home page', path: '/' };

describe('the block list', () => {
  let platform: TestPlatform;
  let blocking: Shop;
  let monitoring: Shop;
  const blockedIps = (method: string, path = '', body?: object) =>
    fetch(`${platform.url}/api/v2/security/blocked_ips${path}`, {
      method,
      headers: {
        'dd-api-key': platform.credentials.apiKey,
        'dd-application-key': platform.credentials.applicationKey,
        'content-type': 'application/json',
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  const statusOf = async (shop: Shop) => (await send(shop.url, HOME)).status;

  before(async () => {
    platform = await startTestPlatform();
    const common = { platformUrl: platform.url, apiKey: platform.credentials.apiKey };
    blocking = await startShop({ ...common, mode: 'block', env: 'blocking' });
    monitoring = await startShop({ ...common, mode: 'monitor', env: 'monitoring' });
  });
  after(async () => {
    await Promise.all([blocking.stop(), monitoring.stop()]);
    await platform.close();
  });

  it('is enforced within seconds of a block, and no longer after it is lifted', async () => {
    assert.equal(await statusOf(blocking), 200);
    const attributes = { value: '127.0.0.1', reason: 'test', duration_seconds: 600, force: true };
    const blocked = await blockedIps('POST', '', { data: { type: 'blocked_ips', attributes } });
    assert.equal(blocked.status, 201, await blocked.clone().text());
    const { data } = (await blocked.json()) as { data: { id: string } };

    await eventually('refusal', async () => ((await statusOf(blocking)) === 403 ? true : undefined));
    assert.equal(await statusOf(monitoring), 200);
    const event = await eventually('event of the refusal', async () => {
      const events = await securityEvents(platform, 'env:blocking @appsec.type:block_ip');
      return events[0];
    });
    assert.equal(event.blocked, true);

    assert.equal((await blockedIps('DELETE', `/${encodeURIComponent(data.id)}`)).status, 204);
    await eventually('answer', async () => ((await statusOf(blocking)) === 200 ? true : undefined));
  });

  it('refuses what would lock everyone out, unless forced', async () => {
    for (const value of ['0.0.0.0/0', '127.0.0.1', 'nonsense']) {
      const answer = await blockedIps('POST', '', { data: { type: 'blocked_ips', attributes: { value } } });
      assert.equal(answer.status, 400, value);
      assert.match(await answer.text(), /value|force/);
    }
  });
});
