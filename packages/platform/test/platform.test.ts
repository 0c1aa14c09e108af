import assert from 'node:assert/strict';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { BLOCK_LIST_PATH, type RemoteConfig } from '@wardline/telemetry';
import { type Platform, type PlatformOptions, startPlatform } from '../src/index.ts';
import { silent, temporaryDirectory } from './harness.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

/** One span, as OTLP's JSON. */
function otlp(now: number) {
  const span = {
    traceId: TRACE,
    spanId: '00f067aa0ba902b7',
    name: 'GET /',
    kind: 2,
    startTimeUnixNano: `${now}000000`,
    endTimeUnixNano: `${now + 5}000000`,
    attributes: [{ key: 'http.request.method', value: { stringValue: 'GET' } }],
  };
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] };
  return JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] });
}

const ANY_PORTS = { port: 0, otlpPort: 0, log: silent } satisfies PlatformOptions;

describe('the platform', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let platform: Platform;
  let keys: { 'dd-api-key': string; 'dd-application-key': string };
  before(async () => {
    directory = await temporaryDirectory();
    platform = await startPlatform({ ...ANY_PORTS, dataDirectory: directory.path });
    const { apiKey, applicationKey } = platform.credentials!;
    keys = { 'dd-api-key': apiKey!, 'dd-application-key': applicationKey! };
  });
  after(async () => {
    await platform.close();
    await directory.remove();
  });

  const send = (url: string, apiKey = keys['dd-api-key']) =>
    fetch(`${url}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'dd-api-key': apiKey },
      body: otlp(Date.now()),
    });
  const signIn = () =>
    fetch(`${platform.url}/api/v2/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: platform.url },
      body: JSON.stringify({
        email: platform.credentials!.adminEmail,
        password: platform.credentials!.adminPassword,
      }),
    });

  it('says what the first start made up', () => {
    assert.match(platform.url, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.match(platform.credentials!.apiKey!, /^[0-9a-f]{32}$/);
    assert.match(platform.credentials!.applicationKey!, /^[0-9a-f]{40}$/);
    assert.ok(platform.credentials!.adminPassword!.length >= 20);
  });

  it('is healthy', async () => {
    const response = await fetch(`${platform.url}/healthz`);
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), { status: 'ok' });
  });

  it('answers nothing else without a key', async () => {
    for (const [method, path] of [
      ['GET', '/api/v1/validate'],
      ['GET', `/api/v2/trace/${TRACE}`],
      ['GET', '/api/v2/security_monitoring/signals'],
      ['POST', '/api/v2/security_monitoring/signals/search'],
      ['GET', '/api/v2/security/blocked_ips'],
      ['POST', '/api/v2/security/blocked_ips'],
      ['GET', '/api/v2/api_keys'],
      ['GET', '/api/agent/v1/config'],
      ['POST', '/v1/traces'],
      ['GET', '/v1/traces'],
    ]) {
      const response = await fetch(`${platform.url}${path}`, { method: method! });
      assert.ok([401, 403].includes(response.status), `${method} ${path}: ${response.status}`);
      await response.text();
    }
    const nobody = await fetch(`${platform.url}/api/v2/session`);
    assert.deepEqual(await nobody.json(), { data: null });
    assert.equal((await send(platform.url, 'f'.repeat(32))).status, 403);
    assert.equal((await send(platform.otlpUrl!, 'f'.repeat(32))).status, 403);
  });

  it('takes spans on both ports, and shows their trace', async () => {
    for (const url of [platform.url, platform.otlpUrl!]) assert.equal((await send(url)).status, 200);
    const response = await fetch(`${platform.url}/api/v2/trace/${TRACE}`, { headers: keys });
    assert.equal(response.status, 200);
    const { data } = (await response.json()) as {
      data: { attributes: { spans: { service: string; kind: string }[] } };
    };
    assert.deepEqual(
      data.attributes.spans.map(({ service, kind }) => [service, kind]),
      [['shop', 'server']],
    );
  });

  it('serves OTLP alone on the second port', async () => {
    for (const path of ['/', '/healthz', '/api/v1/validate', '/api/v2/session']) {
      const response = await fetch(`${platform.otlpUrl}${path}`, { headers: keys });
      assert.equal(response.status, 404, path);
      assert.deepEqual(await response.json(), { errors: ['Not found'] });
    }
  });

  it('lets a person in by the UI, who sees signals and blocks an IP, which agents learn at once', async () => {
    const response = await signIn();
    assert.equal(response.status, 200);
    const cookie = response.headers.getSetCookie()[0]!.split(';')[0]!;
    const signals = await fetch(`${platform.url}/api/v2/security_monitoring/signals`, {
      headers: { cookie },
    });
    assert.equal(signals.status, 200);
    assert.deepEqual(((await signals.json()) as { data: unknown[] }).data, []);

    const ask = (version: string) =>
      fetch(`${platform.url}/api/agent/v1/config?version=${version}`, {
        headers: { 'x-api-key': keys['dd-api-key'] },
      });
    const { version } = (await (await ask('')).json()) as RemoteConfig;
    const waiting = ask(version);
    const blocked = await fetch(`${platform.url}/api/v2/security/blocked_ips`, {
      method: 'POST',
      headers: { cookie, origin: platform.url, 'content-type': 'application/json' },
      body: JSON.stringify({ data: { type: 'blocked_ips', attributes: { value: '192.0.2.1' } } }),
    });
    assert.equal(blocked.status, 201);
    const { configurations } = (await (await waiting).json()) as RemoteConfig;
    assert.deepEqual(configurations[BLOCK_LIST_PATH], {
      rules_data: [
        { id: 'blocked_ips', type: 'ip_with_expiration', data: [{ value: '192.0.2.1', expiration: 0 }] },
      ],
    });
  });

  it('refuses a data directory that is in use, and a port that is', async () => {
    await assert.rejects(startPlatform({ ...ANY_PORTS, dataDirectory: directory.path }), {
      code: 'WARDLINE_DATA_IN_USE',
    });

    const other = createTcpServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const second = await temporaryDirectory();
    const options = { ...ANY_PORTS, dataDirectory: second.path };
    await assert.rejects(startPlatform({ ...options, port }), {
      code: 'WARDLINE_PORT_IN_USE',
      message: new RegExp(`${port}.*--port`),
    });
    await assert.rejects(startPlatform({ ...options, otlpPort: port }), {
      code: 'WARDLINE_PORT_IN_USE',
      message: new RegExp(`${port}.*--otlp-port`),
    });
    await assert.rejects(startPlatform({ ...options, host: '192.0.2.1' }), {
      code: 'WARDLINE_ADDRESS_UNAVAILABLE',
    });
    other.close();
    // What failed has let go of the directory, and made up nothing that got lost.
    const recovered = await startPlatform({ ...options, otlpPort: null });
    assert.ok(recovered.credentials?.adminPassword);
    assert.equal(recovered.otlpUrl, undefined);
    await recovered.close();
    await second.remove();
  });

  it('refuses values for the first start that are no good, before it does anything', async () => {
    await assert.rejects(
      startPlatform({ ...ANY_PORTS, dataDirectory: '/dev/null/x', bootstrap: { apiKey: 'short' } }),
      {
        code: 'WARDLINE_BOOTSTRAP_INVALID',
      },
    );
  });
});

describe('the platform over restarts', () => {
  it('finishes requests, keeps its data, and tells credentials once', async () => {
    const directory = await temporaryDirectory();
    const given = {
      adminEmail: 'me@example.com',
      adminPassword: 'correct horse',
      apiKey: 'a'.repeat(32),
      applicationKey: 'b'.repeat(40),
    };
    const headers = { 'dd-api-key': given.apiKey, 'dd-application-key': given.applicationKey };
    const first = await startPlatform({
      ...ANY_PORTS,
      otlpPort: null,
      dataDirectory: directory.path,
      bootstrap: given,
    });
    assert.equal(first.credentials, undefined);
    const body = otlp(Date.now());
    const sent = await fetch(`${first.url}/v1/traces`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body,
    });
    assert.equal(sent.status, 200);
    const config = `${first.url}/api/agent/v1/config`;
    const { version } = (await (await fetch(config, { headers })).json()) as RemoteConfig;
    const held = fetch(`${config}?version=${version}`, { headers });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await Promise.all([first.close(), first.close()]);
    assert.equal((await held).status, 204);
    await assert.rejects(fetch(first.url));

    const second = await startPlatform({ ...ANY_PORTS, otlpPort: null, dataDirectory: directory.path });
    assert.equal(second.credentials, undefined);
    assert.equal((await fetch(`${second.url}/api/v2/trace/${TRACE}`, { headers })).status, 200);
    await second.close();
    await directory.remove();
  });
});

describe('the platform on PostgreSQL', () => {
  it('keeps its state there', async () => {
    const database = await PGlite.create();
    const server = new PGLiteSocketServer({ db: database, port: 0, maxConnections: 5 });
    await server.start();
    const directory = await temporaryDirectory();
    const postgres = { url: `postgres://postgres:x@${server.getServerConn()}/postgres`, maxConnections: 1 };
    const platform = await startPlatform({ ...ANY_PORTS, dataDirectory: directory.path, postgres });
    const headers = { 'dd-api-key': platform.credentials!.apiKey! };
    assert.equal((await fetch(`${platform.url}/api/v1/validate`, { headers })).status, 200);
    assert.equal((await fetch(`${platform.url}/healthz`)).status, 200);
    await platform.close();
    await server.stop();
    await database.close();
    await directory.remove();
  });
});
