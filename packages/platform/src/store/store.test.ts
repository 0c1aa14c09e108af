import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pino } from 'pino';
import { PlatformError } from '../errors.ts';
import { openStore, type Store, StoreError } from './index.ts';

const log = pino({ level: 'silent' });
let directory: string;
let store: Store;

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'wardline-store-'));
  store = await openStore({ kind: 'embedded', directory }, log);
});
after(async () => {
  await store.close();
  await rm(directory, { recursive: true, force: true });
});

const SPAN = {
  trace_id: '0af7651916cd43dd8448eb211c80319c',
  span_id: 'b7ad6b7169203331',
  parent_span_id: '',
  trace_state: 'a=b',
  name: 'GET /',
  kind: 'server',
  service: 'shop',
  env: 'test',
  version: '1',
  host: 'host-1',
  start_time: BigInt(Date.now()) * 1_000_000n + 123_456n,
  duration_ns: 18_446_744_073_709_551_615n,
  status: 'error',
  status_message: 'it failed',
  scope: 'http',
  resource: { 'service.name': 'shop' },
  attributes: { quote: `'"\\`, control: '\u0000\n\t\u001f', unicode: 'é日本😀', empty: '' },
  events: '[]',
  has_appsec_event: 1,
};

test('all columns of a span come back as they went in', async () => {
  await store.insert('spans', [SPAN]);
  const rows = await store.query('SELECT * FROM spans WHERE trace_id = {id:String}', { id: SPAN.trace_id });
  const time = new Date(Number(SPAN.start_time / 1_000_000n)).toISOString().replace('T', ' ').slice(0, 23);
  assert.deepEqual(rows, [{ ...SPAN, start_time: `${time}123456`, duration_ns: '18446744073709551615' }]);
});

test('all columns of a security event come back as they went in', async () => {
  const today = new Date().toISOString().slice(0, 10);
  const event = {
    event_id: 'e1',
    timestamp: `${today}T03:04:05.678901234Z`,
    received_at: `${today}T03:04:06.789Z`,
    trace_id: SPAN.trace_id,
    span_id: SPAN.span_id,
    service: 'shop',
    env: 'test',
    version: '1',
    host: 'h',
    activity: 'attack_attempt.sql_injection',
    category: 'attack_attempt',
    type: 'sql_injection',
    rule_id: 'crs-942-100',
    rule_name: 'SQL injection',
    blocked: 1,
    client_ip: '2001:db8::1',
    user_id: 'u',
    user_login: 'l',
    session_id: 's',
    user_agent: 'curl',
    method: 'GET',
    route: '/orders/:id',
    path: '/orders/1',
    status_code: 403,
    address: 'server.request.query',
    key_path: 'q',
    value: `1' OR '1'='1`,
    highlight: 's&1',
    operator: 'is_sqli',
    trigger: '{"rule":{}}',
    stack: '',
    attributes: { confidence: '1' },
  };
  await store.insert('security_events', [event]);
  const rows = await store.query('SELECT * FROM security_events');
  assert.deepEqual(rows, [
    { ...event, timestamp: `${today} 03:04:05.678901234`, received_at: `${today} 03:04:06.789` },
  ]);
});

test('parameters arrive as they are, whatever they hold', async () => {
  const hostile = [
    `'`,
    `''; DROP TABLE spans; --`,
    '\\',
    `\\'`,
    '\\\\N',
    '\\N',
    '"`{a:String}',
    'line\nbreak\r\ttab',
    'nul\u0000inside',
    '\b\f\v\u001b',
    'é日本😀',
    '{name:Type}',
    '%27&param_other=1',
    'x'.repeat(5_000),
    '',
  ];
  for (const value of hostile) {
    const [row] = await store.query<{ v: string; n: number }>(
      'SELECT {v:String} AS v, length({v:String}) AS n',
      {
        v: value,
      },
    );
    assert.equal(row!.v, value);
    assert.equal(Number(row!.n), Buffer.byteLength(value));
  }
  assert.deepEqual(await store.query('SELECT {list:Array(String)} AS list', { list: hostile }), [
    { list: hostile },
  ]);
});

test('long parameters, one and many', async () => {
  for (const value of ['x'.repeat(100_000), 'ü\r\n--\t\\'.repeat(10_000), '\'"&=%;'.repeat(200_000)]) {
    const rows = await store.query('SELECT {long:String} AS long, {short:String} AS short', {
      long: value,
      short: `'`,
    });
    assert.deepEqual(rows, [{ long: value, short: `'` }]);
  }
  const ids = Array.from({ length: 20_000 }, (_, i) => `${i}`.padStart(32, '0'));
  assert.deepEqual(await store.query('SELECT length({ids:Array(String)}) AS n', { ids }), [{ n: '20000' }]);
});

test('parameters of every kind that the platform uses', async () => {
  const sql = `SELECT {u:UInt64} AS u, {f:Float64} AS f, {b:Bool} AS b, {t:DateTime64(9, 'UTC')} AS t, {m:Map(String, String)} AS m,
    {none:Nullable(String)} AS none, {list:Array(UInt32)} AS list FROM {table:Identifier} LIMIT {limit:UInt32}`;
  const params = {
    u: '18446744073709551615',
    f: 1.5,
    b: true,
    t: '2026-01-02 03:04:05.678901234',
    m: { "k'": 'v\\' },
    none: null,
    list: [1, 2],
    table: 'schema_migrations',
    limit: 1,
  };
  const { table: _, limit: __, ...expected } = params;
  assert.deepEqual(await store.query(sql, params), [expected]);
});

test('a parameter that is missing is an error, even after a query that had it', async () => {
  for (let i = 0; i < 8; i++) await store.query('SELECT {p:String} AS p', { p: 'before' });
  await assert.rejects(store.query('SELECT {p:String} AS p'), {
    clickhouseCode: 456,
    message: /Substitution `p`/,
  });
});

test('queries with parameters run side by side', async () => {
  const start = performance.now();
  await Promise.all([1, 2, 3].map((n) => store.query('SELECT {n:UInt8} AS n, sleep(0.5) AS s', { n })));
  assert.ok(performance.now() - start < 1_400, 'three sleeps of 0.5 s took as long as one after the other');
});

test('64-bit integers come as strings, times in UTC with all digits', async () => {
  const rows =
    await store.query(`SELECT toUInt64(1) AS u, toInt64(-1) AS i, count() AS c, toUInt32(7) AS small,
    toDateTime64('2026-01-02 03:04:05.1', 9, 'UTC') AS t FROM system.one`);
  assert.deepEqual(rows, [{ u: '1', i: '-1', c: '1', small: 7, t: '2026-01-02 03:04:05.100000000' }]);
});

test("ClickHouse's exceptions come with their code and message", async () => {
  const failures: [work: () => Promise<unknown>, code: number, message: RegExp][] = [
    [() => store.query('SELEC 1'), 62, /SYNTAX_ERROR/],
    [() => store.query('SELECT * FROM nowhere'), 60, /nowhere/],
    [() => store.command('DROP TABLE nowhere'), 60, /nowhere/],
    [() => store.insert('spans', [{ start_time: [] }]), 27, /ClickHouse/],
    [
      () => store.query('SELECT throwIf(number = 9, {m:String}) FROM numbers(10)', { m: 'on purpose' }),
      395,
      /on purpose/,
    ],
  ];
  for (const [work, clickhouseCode, message] of failures) {
    await assert.rejects(work, (error) => {
      assert.ok(error instanceof StoreError);
      assert.equal(error.code, 'WARDLINE_STORE_FAILED');
      assert.equal(error.clickhouseCode, clickhouseCode, error.message);
      assert.match(error.message, message);
      return true;
    });
  }
});

test('an insert with a bad row stores none of its rows', async () => {
  const good = { trace_id: 'bad-batch', start_time: 1 };
  await assert.rejects(store.insert('spans', [good, good, { start_time: [] }]), StoreError);
  assert.deepEqual(await store.query("SELECT 1 FROM spans WHERE trace_id = 'bad-batch'"), []);
});

test('rows of many megabytes, one after the other', async () => {
  for (const unit of ['x', '\u0001', 'ü', 'x']) {
    await store.insert('spans', [{ ...SPAN, trace_id: 'large', status_message: unit.repeat(6_000_000) }]);
  }
  const rows = await store.query(
    "SELECT length(status_message) AS n FROM spans WHERE trace_id = 'large' ORDER BY n",
  );
  assert.deepEqual(rows, [{ n: '6000000' }, { n: '6000000' }, { n: '6000000' }, { n: '12000000' }]);
});

test('inserting nothing is no error', async () => {
  await store.insert('spans', []);
});

test('migrations run once', async () => {
  const own = await mkdtemp(join(tmpdir(), 'wardline-store-'));
  for (let i = 0; i < 2; i++) {
    const opened = await openStore({ kind: 'embedded', directory: own }, log);
    const rows = await opened.query('SELECT version, name FROM schema_migrations ORDER BY version');
    assert.deepEqual(rows, [
      { version: 1, name: '0001_spans.sql' },
      { version: 2, name: '0002_security_events.sql' },
    ]);
    await opened.close();
  }
  await rm(own, { recursive: true });
});

test('a directory whose path is too long for a socket', async () => {
  const own = await mkdtemp(join(tmpdir(), 'wardline-store-'));
  const opened = await openStore({ kind: 'embedded', directory: join(own, 'x'.repeat(120)) }, log);
  assert.deepEqual(await opened.query('SELECT 1 AS one'), [{ one: 1 }]);
  await opened.close();
  await rm(own, { recursive: true });
});

test('a second open of the same directory says that it is in use', async () => {
  await assert.rejects(openStore({ kind: 'embedded', directory }, log), (error) => {
    assert.ok(error instanceof PlatformError, String(error));
    assert.equal(error.code, 'WARDLINE_DATA_IN_USE');
    assert.match(error.message, /in use by another platform.*--data/);
    return true;
  });
  assert.deepEqual(await store.query('SELECT 1 AS one'), [{ one: 1 }]);
});

test('a directory that cannot be made says so', async () => {
  const file = join(directory, 'a-file');
  await writeFile(file, '');
  await assert.rejects(openStore({ kind: 'embedded', directory: join(file, 'data') }, log), {
    code: 'WARDLINE_DATA_NOT_WRITABLE',
    message: /a-file\/data.*ENOTDIR/,
  });
});

test('a server that does not answer says so', async () => {
  await assert.rejects(openStore({ kind: 'server', url: 'http://127.0.0.1:9' }, log), {
    name: 'PlatformError',
    code: 'WARDLINE_STORE_UNREACHABLE',
    message: /ClickHouse at 127\.0\.0\.1:9 .*ECONNREFUSED/,
  });
});
