import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createTestApp, KEYS, silent, type TestApp, temporaryDirectory } from '../../../test/harness.ts';
import { openStore, type Store } from '../../store/index.ts';
import { MAX_SPANS, registerTrace } from './routes.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const LARGE = 'ffffffffffffffffffffffffffffffff';
const OLD = '0000000000000000eeeeeeeeeeeeeeee';
const now = Date.now();

function row(fields: object) {
  return {
    trace_id: TRACE,
    span_id: '00f067aa0ba902b7',
    parent_span_id: '',
    trace_state: '',
    name: 'GET /orders/:id',
    kind: 'server',
    service: 'orders',
    env: 'test',
    version: '1.2.3',
    host: 'box',
    start_time: new Date(now).toISOString(),
    duration_ns: '1500000',
    status: 'unset',
    status_message: '',
    scope: '@wardline/node',
    resource: { 'service.name': 'orders' },
    attributes: {},
    events: '[]',
    has_appsec_event: 0,
    ...fields,
  };
}

describe('a trace by its id', () => {
  let test: TestApp;
  let store: Store;
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  before(async () => {
    directory = await temporaryDirectory();
    store = await openStore({ kind: 'embedded', directory: directory.path }, silent);
    test = await createTestApp((app) => registerTrace(app, store));
    const query = row({
      span_id: 'fedcba9876543210',
      parent_span_id: '00f067aa0ba902b7',
      name: 'SELECT orders',
      kind: 'client',
      start_time: new Date(now + 1).toISOString(),
      status: 'error',
      status_message: 'syntax error',
      attributes: {
        'db.system.name': 'postgresql',
        'db.query.text': 'SELECT 1',
        'db.rows': '3',
        'server.address': '1.2.3.4',
      },
      events: JSON.stringify([
        { time: '1', name: 'exception', attributes: { 'exception.message': 'syntax error' } },
      ]),
    });
    const entry = row({ attributes: { 'http.request.method': 'GET', 'http.route': '/orders/:id' } });
    await store.insert('spans', [query, entry]);
    // A batch that was sent twice.
    await store.insert('spans', [query, entry]);
    await store.insert('spans', [row({ trace_id: OLD, events: 'no JSON' })]);
    const large = Array.from({ length: MAX_SPANS + 1 }, (_, i) =>
      row({ trace_id: LARGE, span_id: (i + 1).toString(16).padStart(16, '0') }),
    );
    await store.insert('spans', large);
  });
  after(async () => {
    await test.close();
    await store.close();
    await directory.remove();
  });

  const get = (id: string) => test.app.inject({ url: `/api/v2/trace/${id}`, headers: KEYS });

  it("has its spans in Datadog's shape, each once, with all digits", async () => {
    const response = await get(TRACE);
    assert.equal(response.statusCode, 200);
    assert.match(String(response.headers['content-type']), /application\/json/);
    const { data } = response.json();
    assert.deepEqual([data.type, data.id, data.attributes.is_truncated], ['trace', TRACE, false]);
    const [entry, query] = data.attributes.spans;
    assert.equal(data.attributes.spans.length, 2);
    assert.partialDeepStrictEqual(entry, {
      traceIDFull: TRACE,
      spanIDHex: '00f067aa0ba902b7',
      parentID: 0,
      parentIDHex: '',
      service: 'orders',
      name: 'GET /orders/:id',
      resource: 'GET /orders/:id',
      type: 'web',
      duration: 1_500_000,
      error: 0,
      kind: 'server',
      status: 'unset',
      env: 'test',
      version: '1.2.3',
      host: 'box',
      scope: '@wardline/node',
      events: [],
      resourceAttributes: { 'service.name': 'orders' },
    });
    assert.equal(Math.round(entry.startTime / 1e6), now);
    assert.equal(entry.endTime - entry.startTime > 0, true);
    assert.partialDeepStrictEqual(query, {
      spanIDHex: 'fedcba9876543210',
      parentIDHex: '00f067aa0ba902b7',
      resource: 'SELECT 1',
      type: 'db',
      error: 1,
      status: 'error',
      statusMessage: 'syntax error',
      meta: {
        'db.system.name': 'postgresql',
        'db.query.text': 'SELECT 1',
        'db.rows': '3',
        'server.address': '1.2.3.4',
      },
      metrics: { 'db.rows': 3 },
      events: [{ name: 'exception' }],
    });
    assert.deepEqual(Object.keys(query.metrics), ['db.rows']);
    // As numbers of 64 bits, whole.
    assert.ok(response.body.includes(`"spanID":${0xfedcba9876543210n}`));
    assert.ok(response.body.includes(`"traceID":${0xa3ce929d0e0e4736n}`));
    assert.ok(response.body.includes(`"startTime":${now}000000`));
  });

  for (const id of [
    TRACE.toUpperCase(),
    'a3ce929d0e0e4736',
    `${0xa3ce929d0e0e4736n}`,
    `${BigInt(`0x${TRACE}`)}`,
  ]) {
    it(`is found by ${id}`, async () => assert.equal((await get(id)).json().data.id, TRACE));
  }

  it('is found by a 64-bit id that was sent as one, and read although its events are not', async () => {
    const { data } = (await get(`${0xeeeeeeeeeeeeeeeen}`)).json();
    assert.equal(data.id, OLD);
    assert.deepEqual(data.attributes.spans[0].events, []);
  });

  it('is cut after 10,000 spans, and says so', async () => {
    const { attributes } = (await get(LARGE)).json().data;
    assert.equal(attributes.is_truncated, true);
    assert.equal(attributes.spans.length, MAX_SPANS);
  });

  it('is not found, or no id at all', async () => {
    for (const id of ['0'.repeat(31) + 1, '1'.repeat(16), '42']) {
      const response = await get(id);
      assert.equal(response.statusCode, 404);
      assert.deepEqual(response.json(), { errors: ['Trace not found'] });
    }
    for (const id of ['x', '%27%20OR%201=1', '1'.repeat(50), 'g'.repeat(32)]) {
      assert.equal((await get(id)).statusCode, 400, id);
    }
  });
});
