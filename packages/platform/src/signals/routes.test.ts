import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { client, v2 } from '@datadog/datadog-api-client';
import fastify from 'fastify';
import { pino } from 'pino';
import { createDetection } from '../detection/detection.ts';
import { securityEvent } from '../detection/testing/security-event.ts';
import { openState, type State } from '../state/index.ts';
import { openStore, type Store } from '../store/index.ts';
import { registerSignalRoutes } from './routes.ts';

const log = pino({ level: 'silent' });
const SIGNALS = '/api/v2/security_monitoring/signals';
const EVENTS = '/api/v2/security/events';
const ADA = '773b045d-ccf8-4808-bd3b-955ef6a8c940';
const app = fastify();
const start = Date.now() - 10_000;
let directory: string;
let store: Store;
let state: State;
let api: v2.SecurityMonitoringApi;

interface Item {
  id: string;
  attributes: Record<string, unknown>;
}
interface Answer {
  data: Item[];
  errors?: string[];
  meta?: { page: { after: string } };
  links?: { next: string };
}

async function get(
  path: string,
  fields: Record<string, string> = {},
): Promise<{ status: number; body: Answer }> {
  const response = await app.inject({ method: 'GET', url: path, query: fields });
  return { status: response.statusCode, body: response.json<Answer>() };
}

const count = async (query: string, fields: Record<string, string> = {}) => {
  const { status, body } = await get(SIGNALS, { 'filter[query]': query, 'page[limit]': '1000', ...fields });
  assert.equal(status, 200, JSON.stringify(body));
  return body.data.length;
};

/** Nothing that the client read may be a shape that it doesn't know. */
function assertParsed(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  assert.notEqual((value as { _unparsed?: boolean })._unparsed, true, JSON.stringify(value));
  Object.values(value).forEach(assertParsed);
}

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'wardline-signals-'));
  store = await openStore({ kind: 'embedded', directory: join(directory, 'store') }, log);
  state = await openState({ kind: 'embedded', directory: join(directory, 'state') }, log);
  await state.query(
    "INSERT INTO users (id, email, name, password_hash) VALUES ($1, 'ada@example.com', 'Ada', '')",
    [ADA],
  );
  const exploited = { activity: 'vulnerability_trigger.sql_injection', category: 'vulnerability_trigger' };
  await store.insert('security_events', [
    ...Array.from({ length: 25 }, (_, index) =>
      securityEvent(start + index, {
        ...exploited,
        event_id: `event-${String(index).padStart(2, '0')}`,
        service: 'accounts',
        env: 'staging',
        stack: '{"id":"1","frames":[]}',
        attributes: { team: 'blue' },
      }),
    ),
    ...Array.from({ length: 12 }, (_, index) =>
      securityEvent(start, {
        ...exploited,
        service: `service-${index}`,
        route: '',
        user_id: 'ada',
        blocked: index === 0,
      }),
    ),
    // Twice, as a resend leaves it until the engine merges.
    securityEvent(start, { event_id: 'twice', type: 'xss', activity: 'attack_attempt.xss' }),
    securityEvent(start, { event_id: 'twice', type: 'xss', activity: 'attack_attempt.xss' }),
  ]);
  const detection = createDetection({ store, state, log });
  await detection.start();
  await detection.stop();

  registerSignalRoutes(app, { store, state });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const configuration = client.createConfiguration({
    authMethods: { apiKeyAuth: 'a', appKeyAuth: 'b' },
    serverIndex: 1,
  });
  configuration.setServerVariables({
    name: `127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    protocol: 'http',
  } as never);
  api = new v2.SecurityMonitoringApi(configuration);
});
after(async () => {
  await app.close();
  await store.close();
  await state.close();
  await rm(directory, { recursive: true, force: true });
});

describe("Datadog's client", () => {
  it('lists, searches and pages through signals', async () => {
    const listed = await api.listSecurityMonitoringSignals({
      filterQuery: 'env:staging',
      filterFrom: new Date(start),
    });
    assertParsed(listed);
    assert.equal(listed.data?.length, 1);
    assert.deepEqual(listed.data![0]!.attributes!.custom!.workflow.rule.type, 'Application Security');
    assert.ok(listed.data![0]!.attributes!.timestamp instanceof Date);

    const searched = await api.searchSecurityMonitoringSignals({
      body: {
        filter: { query: 'status:critical', from: new Date(start), to: new Date(Date.now() + 1_000) },
        page: { limit: 5 },
        sort: 'timestamp',
      },
    });
    assertParsed(searched);
    assert.equal(searched.data?.length, 5);
    assert.ok(searched.meta?.page?.after);

    const ids = new Set<string>();
    for await (const signal of api.searchSecurityMonitoringSignalsWithPagination({
      body: { page: { limit: 3 } },
    }))
      ids.add(signal.id!);
    assert.equal(ids.size, await count('*'));
    const others = new Set<string>();
    for await (const signal of api.listSecurityMonitoringSignalsWithPagination({
      pageLimit: 4,
      sort: 'timestamp',
    }))
      others.add(signal.id!);
    assert.deepEqual([...others].sort(), [...ids].sort());
  });

  it('gets a signal, changes its state and assigns it', async () => {
    // Not the one of staging, whose triage later tests look at.
    const [first] = (await api.listSecurityMonitoringSignals({ filterQuery: '-env:staging', pageLimit: 1 }))
      .data!;
    const signalId = first!.id!;
    const got = await api.getSecurityMonitoringSignal({ signalId });
    assertParsed(got);
    assert.equal(got.data?.id, signalId);

    const archived = await api.editSecurityMonitoringSignalState({
      signalId,
      body: {
        data: { attributes: { state: 'archived', archiveReason: 'false_positive', archiveComment: 'ours' } },
      },
    });
    assertParsed(archived);
    assert.equal(archived.data.attributes?.state, 'archived');
    assert.equal(archived.data.attributes?.archiveReason, 'false_positive');
    assert.ok(archived.data.attributes!.stateUpdateTimestamp! > start);
    assert.equal(await count('@workflow.triage.state:archived'), 1);

    const assigned = await api.editSecurityMonitoringSignalAssignee({
      signalId,
      body: { data: { attributes: { assignee: { uuid: ADA } } } },
    });
    assertParsed(assigned);
    assert.equal(assigned.data.attributes?.assignee.handle, 'ada@example.com');
    assert.equal(await count('@workflow.triage.assignee.handle:ada*'), 1);

    const nobody = await api.editSecurityMonitoringSignalAssignee({
      signalId,
      body: { data: { attributes: { assignee: { uuid: '' } } } },
    });
    assert.equal(nobody.data.attributes?.assignee.name, 'Unassigned');
    await api.editSecurityMonitoringSignalState({
      signalId,
      body: { data: { attributes: { state: 'open' } } },
    });
    await assert.rejects(
      api.editSecurityMonitoringSignalState({
        signalId,
        body: { data: { attributes: { state: 'archived', version: 0 } } },
      }),
      { code: 409 },
    );
  });
});

describe('signals', () => {
  const queries: readonly (readonly [query: string, count: number])[] = [
    ['', 13],
    ['env:staging service:accounts status:critical', 1],
    ['env:staging service:accounts status:(high OR critical)', 1],
    ['status:high', 1],
    ['@workflow.rule.type:"Application Security"', 13],
    ['@workflow.rule.id:wrd-sql-exp', 13],
    ['@workflow.rule.name:"SQL injection*"', 0],
    ['@workflow.rule.name:SQL*', 13],
    ['@title:"SQL injection exploited - stopped or failed"', 1],
    ['source:application-security', 13],
    ['security:attack', 13],
    ['category:sql_injection', 13],
    ['tags:"env:staging"', 1],
    ['@usr.id:ada', 12],
    ['-@usr.id:*', 1],
    ['@http.client_ip:203.0.113.*', 13],
    ['@network.client.ip:203.0.113.7', 13],
    ['CIDR(@http.client_ip,203.0.113.0/24)', 13],
    ['CIDR(@http.client_ip,10.0.0.0/8)', 0],
    ['@appsec.blocked:true', 1],
    ['@workflow.events_matched:>1', 1],
    ['@workflow.events_matched:25', 1],
    ['@workflow.last_seen:>now-1h', 13],
    ['@samples.content.custom.appsec.rule_id:crs-942-100', 13],
    ['host:web-1', 13],
    ['accounts', 1],
    ['"Triage AND response"', 13],
    ['"sql INJECTION exploited"', 13],
  ];
  for (const [query, expected] of queries)
    it(`finds ${expected} by ${query || 'nothing'}`, async () => assert.equal(await count(query), expected));

  it('filters by time, both ends included', async () => {
    const { body } = await get(SIGNALS, { 'page[limit]': '1' });
    const at = String(Date.parse(body.data[0]!.attributes.timestamp as string));
    assert.equal(await count('', { 'filter[from]': at }), await count('', { 'filter[to]': 'now' }));
    assert.equal(await count('', { 'filter[from]': 'now-1h', 'filter[to]': 'now+1h' }), 13);
    assert.equal(await count('', { 'filter[to]': 'now-1h' }), 0);
  });

  it('gives ten a page, and the way to the next until the last', async () => {
    const first = await get(SIGNALS, { 'filter[query]': 'status:*' });
    assert.equal(first.body.data.length, 10);
    const next = new URL(first.body.links!.next);
    assert.equal(next.searchParams.get('filter[query]'), 'status:*');
    const second = await get(`${next.pathname}${next.search}`);
    assert.equal(second.body.data.length, 3);
    assert.equal(second.body.meta, undefined);
    assert.deepEqual(
      second.body.data.filter(({ id }) => first.body.data.some((item) => item.id === id)),
      [],
    );
  });

  it('sends its attributes under both names', async () => {
    const { body } = await get(SIGNALS, { 'filter[query]': 'env:staging' });
    const { attributes, custom, ...rest } = body.data[0]!.attributes as Record<
      string,
      Record<string, unknown>
    >;
    assert.deepEqual(attributes, custom);
    assert.deepEqual(rest.service, ['accounts']);
    assert.equal(custom!.status, 'critical');
    assert.deepEqual((custom!.workflow as { triage: unknown }).triage, {
      state: 'open',
      archiveReason: 'none',
      archiveComment: '',
      assignee: { id: -1, name: 'Unassigned', uuid: '' },
      incidentIds: [],
    });
  });

  it('pages through the events behind one', async () => {
    const { body } = await get(SIGNALS, { 'filter[query]': 'env:staging' });
    const path = `${SIGNALS}/${body.data[0]!.id}/events`;
    const first = await get(path, { 'page[limit]': '20' });
    assert.deepEqual(
      first.body.data.map(({ id }) => id),
      Array.from({ length: 20 }, (_, index) => `event-${String(24 - index).padStart(2, '0')}`),
    );
    const { attributes } = first.body.data[0]!;
    assert.deepEqual(attributes.stack, { id: '1', frames: [] });
    assert.deepEqual(attributes.trigger, { rule: { id: 'crs-942-100' } });
    assert.equal(attributes.timestamp, new Date(start + 24).toISOString().replace('Z', '000000Z'));
    assert.deepEqual(attributes.attributes, { team: 'blue' });
    assert.equal(attributes.blocked, false);
    const next = new URL(first.body.links!.next);
    const second = await get(`${next.pathname}${next.search}`);
    assert.equal(second.body.data.length, 5);
    assert.equal(second.body.links, undefined);
  });

  it('searches events, duplicates once', async () => {
    const find = async (query: string) =>
      (await get(EVENTS, { 'filter[query]': query, 'page[limit]': '100' })).body.data.length;
    assert.equal(await find('@appsec.type:xss'), 1);
    assert.equal(await find('team:blue @appsec.security_activity:vulnerability_trigger.*'), 25);
    assert.equal(await find(''), 38);
    const { body } = await get(EVENTS, { 'filter[to]': 'now-1h' });
    assert.deepEqual(body, { data: [] });
  });

  const faults: readonly (readonly [
    path: string,
    fields: Record<string, string>,
    status: number,
    error: RegExp,
  ])[] = [
    [SIGNALS, { 'filter[query]': 'status:' }, 400, /position 7: expected a value right after "status:"/],
    [SIGNALS, { 'filter[query]': 'timestamp:>yesterday' }, 400, /position 11: expected a time/],
    [SIGNALS, { 'filter[query]': '@x:>abc' }, 400, /position 4: expected a number/],
    [SIGNALS, { 'filter[query]': 'a\0b' }, 400, /NUL/],
    [SIGNALS, { 'filter[from]': 'yesterday' }, 400, /Invalid 'from'.*yesterday/],
    [SIGNALS, { 'filter[from]': 'now', 'filter[to]': 'now-1h' }, 400, /'from' \(now\) should be before 'to'/],
    [SIGNALS, { 'page[limit]': '0' }, 400, /'page\[limit\]' should be a whole number from 1 to 1000/],
    [SIGNALS, { 'page[limit]': '1001' }, 400, /1000/],
    [SIGNALS, { 'page[limit]': 'ten' }, 400, /1000/],
    [SIGNALS, { 'page[cursor]': 'nonsense' }, 400, /not a cursor/],
    [SIGNALS, { 'page[cursor]': Buffer.from('{"after":1}').toString('base64') }, 400, /not a cursor/],
    [SIGNALS, { sort: 'severity' }, 400, /timestamp or -timestamp/],
    [`${SIGNALS}?sort=timestamp&sort=timestamp`, {}, 400, /given once/],
    [`${SIGNALS}/nothing`, {}, 404, /^Signal not found$/],
    [`${SIGNALS}/%00`, {}, 404, /^Signal not found$/],
    [`${SIGNALS}/nothing/events`, {}, 404, /^Signal not found$/],
    [EVENTS, { 'filter[query]': '(' }, 400, /position 1/],
    [EVENTS, { 'page[cursor]': 'nonsense' }, 400, /not a cursor/],
  ];
  for (const [path, fields, status, error] of faults) {
    it(`answers ${status} to ${JSON.stringify(path + JSON.stringify(fields))}`, async () => {
      const answer = await get(path, fields);
      assert.equal(answer.status, status, JSON.stringify(answer.body));
      assert.match(answer.body.errors![0]!, error);
    });
  }

  const bodies: readonly (readonly [
    method: 'POST' | 'PATCH',
    path: string,
    body: unknown,
    status: number,
    error: RegExp,
  ])[] = [
    [
      'POST',
      '/search',
      { filter: { query: 5, from: {} } },
      400,
      /'filter.from' should be given once, as text/,
    ],
    ['POST', '/search', { filter: 'status:high' }, 400, /Field 'filter'/],
    ['POST', '/search', [], 400, /body/],
    ['PATCH', '/nothing/state', { data: { attributes: { state: 'open' } } }, 404, /Signal not found/],
    ['PATCH', '/nothing/state', { data: { attributes: { state: 'closed' } } }, 400, /data.attributes.state/],
    [
      'PATCH',
      '/nothing/assignee',
      { data: { attributes: { assignee: { uuid: 'ada' } } } },
      400,
      /assignee.uuid/,
    ],
    [
      'PATCH',
      '/nothing/assignee',
      { data: { attributes: { assignee: { uuid: '11111111-1111-4111-8111-111111111111' } } } },
      400,
      /no user/,
    ],
  ];
  for (const [method, path, body, status, error] of bodies) {
    it(`answers ${status} to ${method} ${path} ${JSON.stringify(body)}`, async () => {
      const response = await app.inject({ method, url: `${SIGNALS}${path}`, payload: body as object });
      assert.equal(response.statusCode, status, response.body);
      assert.match(response.json<Answer>().errors![0]!, error);
    });
  }
});
