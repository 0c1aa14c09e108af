/** The three compilers answer alike: generated queries over generated rows, on the real engines. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { SecurityEvent } from '@wardline/telemetry';
import fc from 'fast-check';
import { pino } from 'pino';
import { securityEvent } from '../detection/testing/security-event.ts';
import { renderSignal, type SignalWithPeople } from '../signals/render.ts';
import type { SignalAttributes } from '../signals/signal.ts';
import { openState, type State } from '../state/index.ts';
import { openStore, type Store } from '../store/index.ts';
import {
  ClickHouseParameters,
  documentReader,
  eventReader,
  PostgresParameters,
  parseQuery,
  QuerySyntaxError,
  toClickHouse,
  toPostgres,
  toPredicate,
} from './index.ts';

const log = pino({ level: 'silent' });
/** Lately: the store drops what is old. */
const NOW = Date.now();
const BATCH = 20;
let directory: string;
let store: Store;
let state: State;

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'wardline-search-'));
  store = await openStore({ kind: 'embedded', directory: join(directory, 'store') }, log);
  state = await openState({ kind: 'embedded', directory: join(directory, 'state') }, log);
});
after(async () => {
  await store.close();
  await state.close();
  await rm(directory, { recursive: true, force: true });
});

/** Few, so that queries and rows meet; odd, so that escapes matter. */
const VALUES = [
  ...[
    '',
    'a',
    'A',
    'ab',
    'a b',
    'a%b',
    'a_b',
    'axb',
    'a\\b',
    'a*b',
    "a'b",
    'a"b',
    'a\nb',
    'Äß',
    'äß',
    '😀',
    'x😀y',
    '$1',
  ],
  ...[
    '0',
    '5',
    '-5',
    '5.0',
    '5.5',
    '404',
    '500',
    '1e3',
    '05',
    ' 5',
    '5 ',
    'NaN',
    'Infinity',
    '20',
    'true',
    'false',
  ],
  ...[
    '10.0.0.1',
    '10.0.0.255',
    '203.0.113.7',
    '::1',
    '2001:db8::1',
    '::ffff:10.0.0.1',
    '10.0.0.1/8',
    '10.0.0',
    'null',
  ],
];
const value = fc.constantFrom(...VALUES);
const times = [NOW - 86_400_000, NOW - 3_600_000, NOW - 1_000, NOW, NOW + 1_000];

const quote = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;
const escaped = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '\\$&');
const wildcard = fc
  .array(fc.oneof(value.map(escaped), fc.constantFrom('*', '?', 'a', 'b')), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(''))
  .filter((text) => text !== '');
const number = fc.constantFrom('5', '-5', '5.5', '404', '20', '0', '500', '1000000', '20ns');
const bracketed = fc
  .tuple(fc.constantFrom('[', '{'), fc.constantFrom('*', '5', '-5', '404'), number, fc.constantFrom(']', '}'))
  .map(([open, low, high, close]) => `${open}${low} TO ${high}${close}`);
const valueTest = fc.oneof(
  value.map(quote),
  wildcard,
  fc.constant('*'),
  fc.tuple(fc.constantFrom('>', '>=', '<', '<='), number).map((parts) => parts.join('')),
  bracketed,
);
const timeTest = fc.constantFrom(
  '>now-1h',
  '>=now-1h',
  '<now',
  '[now-1d TO now}',
  `>${NOW}`,
  `<=${new Date(NOW).toISOString()}`,
  '*',
);

function queries(fields: readonly string[], timeFields: readonly string[]): fc.Arbitrary<string> {
  const field = fc.constantFrom(...fields);
  const leaf = fc.oneof(
    { weight: 6, arbitrary: fc.tuple(field, valueTest).map(([name, test]) => `${name}:${test}`) },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.constantFrom(...timeFields), timeTest).map(([name, test]) => `${name}:${test}`),
    },
    { weight: 2, arbitrary: fc.oneof(value.map(quote), wildcard) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          field.filter((name) => !name.includes(' ')),
          fc.constantFrom(
            '10.0.0.0/8',
            '10.0.0.1',
            '::/0',
            '2001:db8::/32',
            '0.0.0.0/0',
            '::ffff:10.0.0.0/120',
          ),
        )
        .map(([name, range]) => `CIDR(${name},${range})`),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(field, valueTest, valueTest).map(([name, a, b]) => `${name}:(${a} OR -${b})`),
    },
  );
  const { query } = fc.letrec<{ query: string }>((tie) => ({
    query: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      leaf,
      fc
        .tuple(tie('query'), fc.constantFrom(' ', ' AND ', ' OR '), tie('query'))
        .map(([left, operator, right]) => `(${left}${operator}${right})`),
      tie('query').map((inner) => `-(${inner})`),
    ),
  }));
  return query;
}

describe('ClickHouse and the predicate agree', () => {
  const event = fc.record({
    timestamp: fc.constantFrom(...times).map((time) => BigInt(time) * 1_000_000n),
    service: value,
    activity: value,
    client_ip: value,
    user_login: value,
    user_agent: value,
    value,
    status_code: fc.constantFrom(0, 5, 20, 404, 500),
    blocked: fc.boolean(),
    attributes: fc.dictionary(fc.constantFrom('team', 'a.b', "o'dd"), value, { maxKeys: 3 }),
  });
  const fields = [
    ...[
      'service',
      '@appsec.security_activity',
      '@http.client_ip',
      '@network.client.ip',
      '@usr.login',
      '@http.useragent',
    ],
    ...['@http.status_code', '@appsec.blocked', 'team', '@a.b', "@o'dd", '@missing', 'env'],
  ];

  it('on security events', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { minLength: 5, maxLength: 15 }),
        fc.array(queries(fields, ['timestamp']), { minLength: BATCH, maxLength: BATCH }),
        async (values, texts) => {
          const events = values.map((given, index) =>
            securityEvent(0, { ...given, event_id: String(index) }),
          );
          await store.command('TRUNCATE TABLE security_events');
          await store.insert('security_events', events);
          const parameters = new ClickHouseParameters();
          const columns = texts.map(
            (text, index) => `toUInt8(${toClickHouse(parseQuery(text), parameters, NOW)}) AS q${index}`,
          );
          const rows = await store.query<Record<string, number | string>>(
            `SELECT event_id, ${columns.join(', ')} FROM security_events`,
            parameters.values,
          );
          assert.equal(rows.length, events.length);
          for (const [index, text] of texts.entries()) {
            const predicate = toPredicate<SecurityEvent>(parseQuery(text), eventReader, NOW);
            for (const row of rows) {
              const given = events[Number(row.event_id)]!;
              const shown = `${text} on ${JSON.stringify(values[Number(row.event_id)], (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v))}`;
              assert.equal(row[`q${index}`] === 1, predicate(given), shown);
            }
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('PostgreSQL and the predicate agree', () => {
  const scalar = fc.oneof(value, fc.constantFrom(0, 5, 404, 5.5, true, false, null));
  const list = fc.array(value, { maxLength: 3 });
  const signal = fc.record({
    status: fc.constantFrom('info', 'low', 'medium', 'high', 'critical'),
    state: fc.constantFrom('open', 'archived', 'under_review'),
    events: fc.constantFrom(1, 5, 404),
    time: fc.constantFrom(...times),
    service: list,
    tags: fc.array(
      fc.tuple(fc.constantFrom('team', 'env', 'odd tag'), value).map((parts) => parts.join(':')),
      { maxLength: 3 },
    ),
    title: value,
    message: value,
    custom: fc.record({
      a: fc.oneof(
        scalar,
        list,
        fc.record({ b: fc.oneof(scalar, list) }),
        fc.array(fc.record({ b: scalar }), { maxLength: 2 }),
      ),
      http: fc.record({ client_ip: fc.oneof(value, list) }),
      "o'dd": scalar,
    }),
  });
  const fields = [
    ...[
      'status',
      '@status',
      'service',
      'team',
      'tags',
      '@workflow.triage.state',
      '@workflow.events_matched',
      '@title',
    ],
    ...[
      '@a',
      '@a.b',
      '@http.client_ip',
      "@o'dd",
      '@missing.path',
      'odd\\ tag',
      'missing',
      '@workflow.rule.name',
    ],
  ];
  type Given = Omit<SignalWithPeople, 'triage_version' | 'created_at' | 'active'>;

  it('on signals', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(signal, { minLength: 5, maxLength: 12 }),
        fc.array(queries(fields, ['timestamp', '@workflow.first_seen']), {
          minLength: BATCH,
          maxLength: BATCH,
        }),
        async (values, texts) => {
          const rows = values.map((given, index): Given => {
            const custom = { title: given.title, workflow: { rule: { name: 'a*b' } }, ...given.custom };
            return {
              id: String(index),
              rule_id: 'r',
              group_key: String(index),
              status: given.status as Given['status'],
              state: given.state as Given['state'],
              archive_reason: 'none',
              archive_comment: '',
              assignee: null,
              first_seen: new Date(given.time),
              last_seen: new Date(given.time),
              triggered_at: new Date(given.time),
              events_matched: given.events,
              service: given.service,
              env: [],
              body: {
                message: given.message,
                tags: given.tags,
                custom: custom as unknown as SignalAttributes,
                seen: {},
              },
              state_updated_at: null,
              assignee_handle: null,
              assignee_name: null,
              updater_handle: null,
              updater_name: null,
              state_updated_by: null,
            };
          });
          await state.query('DELETE FROM signals');
          await state.query(
            `INSERT INTO signals (id, rule_id, group_key, status, state, first_seen, last_seen, triggered_at,
                                  events_matched, service, env, body)
             SELECT id, rule_id, group_key, status, state, first_seen, last_seen, triggered_at, events_matched, service,
                    env, body FROM jsonb_populate_recordset(NULL::signals, $1::jsonb)`,
            [JSON.stringify(rows)],
          );
          for (const text of texts) {
            const parameters = new PostgresParameters();
            const condition = toPostgres(parseQuery(text), parameters, NOW);
            const found = await state.query<{ id: string; matches: boolean }>(
              `SELECT id, (${condition}) AS matches FROM signals`,
              parameters.values,
            );
            const predicate = toPredicate(parseQuery(text), documentReader, NOW);
            for (const { id, matches } of found) {
              const row = rows[Number(id)]!;
              const document = renderSignal({
                ...row,
                triage_version: 0,
                created_at: new Date(0),
                active: true,
              });
              assert.equal(
                matches,
                predicate(document.attributes),
                `${text} on ${JSON.stringify(values[Number(id)])}`,
              );
            }
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});

it('all three refuse a bound that is no number with the same error', () => {
  for (const text of ['@x:>abc', '@workflow.events_matched:[a TO b]', 'timestamp:>soon', 'timestamp:5']) {
    const refused: { positions: number[] } = { positions: [] };
    for (const compile of [
      () => toClickHouse(parseQuery(text), new ClickHouseParameters(), NOW),
      () => toPostgres(parseQuery(text), new PostgresParameters(), NOW),
      () => toPredicate(parseQuery(text), documentReader, NOW),
      () => toPredicate(parseQuery(text), eventReader, NOW),
    ])
      assert.throws(compile, (error) => {
        assert.ok(error instanceof QuerySyntaxError);
        refused.positions.push(error.position);
        return true;
      });
    assert.equal(new Set(refused.positions).size, 1);
  }
});
