import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { client, v1, v2 } from '@datadog/datadog-api-client';
import { type Platform, startPlatform } from '../src/index.ts';
import { API_KEY, APPLICATION_KEY, silent, temporaryDirectory } from './harness.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

/** Datadog's own client, pointed at the platform as its users would. */
describe("Datadog's API client", () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let platform: Platform;
  before(async () => {
    directory = await temporaryDirectory();
    platform = await startPlatform({
      port: 0,
      otlpPort: null,
      log: silent,
      dataDirectory: directory.path,
      bootstrap: { apiKey: API_KEY, applicationKey: APPLICATION_KEY },
    });
  });
  after(async () => {
    await platform.close();
    await directory.remove();
  });

  function configuration(apiKeyAuth = API_KEY, appKeyAuth = APPLICATION_KEY) {
    const result = client.createConfiguration({ authMethods: { apiKeyAuth, appKeyAuth }, serverIndex: 1 });
    result.setServerVariables({ name: new URL(platform.url).host, protocol: 'http' });
    return result;
  }

  /** What the client makes of an answer that is no success. */
  async function failure(call: Promise<unknown>): Promise<{ code: number; body: { errors: string[] } }> {
    try {
      await call;
    } catch (error) {
      return error as { code: number; body: { errors: string[] } };
    }
    throw new assert.AssertionError({ message: 'the call succeeded' });
  }

  it('validates its key', async () => {
    assert.equal((await new v1.AuthenticationApi(configuration()).validate()).valid, true);
    const refused = await failure(new v1.AuthenticationApi(configuration('0'.repeat(32))).validate());
    assert.equal(refused.code, 403);
    assert.deepEqual(refused.body.errors, ['Forbidden']);
  });

  it('manages API keys', async () => {
    const api = new v2.KeyManagementApi(configuration());
    const { data: made } = await api.createAPIKey({
      body: { data: { type: 'api_keys', attributes: { name: 'from the client' } } },
    });
    assert.match(made!.attributes!.key!, /^[0-9a-f]{32}$/);
    assert.ok(made!.attributes!.createdAt instanceof Date);
    const other = new v1.AuthenticationApi(configuration(made!.attributes!.key!));
    assert.equal((await other.validate()).valid, true);

    const { data: listed } = await api.listAPIKeys({
      filter: 'from the client',
      sort: '-name',
      pageSize: 10,
    });
    assert.deepEqual(
      listed!.map(({ id }) => id),
      [made!.id],
    );
    assert.equal(listed![0]!.attributes!.last4, made!.attributes!.key!.slice(-4));
    const { data: renamed } = await api.updateAPIKey({
      apiKeyId: made!.id!,
      body: { data: { id: made!.id!, type: 'api_keys', attributes: { name: 'renamed' } } },
    });
    assert.equal(renamed!.attributes!.name, 'renamed');
    assert.equal((await api.getAPIKey({ apiKeyId: made!.id! })).data!.attributes!.name, 'renamed');
    await api.deleteAPIKey({ apiKeyId: made!.id! });
    assert.equal((await failure(other.validate())).code, 403);
    const gone = await failure(api.getAPIKey({ apiKeyId: made!.id! }));
    assert.equal(gone.code, 404);
    assert.deepEqual(gone.body.errors, ['API key not found']);
  });

  it('manages application keys', async () => {
    const api = new v2.KeyManagementApi(configuration());
    const { data: made } = await api.createCurrentUserApplicationKey({
      body: { data: { type: 'application_keys', attributes: { name: 'from the client' } } },
    });
    assert.match(made!.attributes!.key!, /^[0-9a-f]{40}$/);
    const ids = async () => (await api.listApplicationKeys()).data!.map(({ id }) => id);
    assert.ok((await ids()).includes(made!.id));
    const other = new v2.KeyManagementApi(configuration(API_KEY, made!.attributes!.key!));
    assert.ok((await other.listAPIKeys()).data!.length > 0);
    await api.deleteApplicationKey({ appKeyId: made!.id! });
    assert.ok(!(await ids()).includes(made!.id));
    const refused = await failure(other.listAPIKeys());
    assert.equal(refused.code, 403);
    assert.deepEqual(refused.body.errors, ['Forbidden']);
  });

  it('gets errors in the shape that it knows', async () => {
    const api = new v2.KeyManagementApi(configuration());
    const refused = await failure(
      api.createAPIKey({ body: { data: { type: 'api_keys', attributes: { name: '' } } } }),
    );
    assert.equal(refused.code, 400);
    assert.match(refused.body.errors[0]!, /Field 'data\.attributes\.name' is invalid/);
  });

  it('reads a trace', async () => {
    const now = Date.now();
    const span = {
      traceId: TRACE,
      spanId: '00f067aa0ba902b7',
      name: 'GET /',
      kind: 2,
      startTimeUnixNano: `${now}000000`,
      endTimeUnixNano: `${now + 2}000000`,
    };
    const sent = await fetch(`${platform.url}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'dd-api-key': API_KEY },
      body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }),
    });
    assert.equal(sent.status, 200);
    const unstable = configuration();
    unstable.unstableOperations['v2.getTraceByID'] = true;
    const { data } = await new v2.APMTraceApi(unstable).getTraceByID({ traceId: TRACE });
    assert.equal(data!.id, TRACE);
    const [first] = data!.attributes!.spans;
    assert.equal(first!._unparsed, undefined);
    assert.equal(first!.traceIdFull, TRACE);
    assert.equal(first!.duration, 2_000_000);
    assert.equal(first!.error, 0);
    const missing = await failure(new v2.APMTraceApi(unstable).getTraceByID({ traceId: '0'.repeat(32) }));
    assert.equal(missing.code, 404);
  });

  it('lists signals', async () => {
    const { data } = await new v2.SecurityMonitoringApi(configuration()).listSecurityMonitoringSignals({});
    assert.deepEqual(data, []);
  });
});
