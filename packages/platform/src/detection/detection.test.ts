import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { SecurityEvent } from '@wardline/telemetry';
import { pino } from 'pino';
import type { SignalRow } from '../signals/signal.ts';
import { openState, type State } from '../state/index.ts';
import { openStore, type Store } from '../store/index.ts';
import { createDetection, type Detection } from './detection.ts';
import { securityEvent } from './testing/security-event.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const log = pino({ level: 'silent' });
const directory = await mkdtemp(join(tmpdir(), 'wardline-detection-'));
let store: Store;
let state: State;
/** The clock of detection, which the tests move. Events carry their own times. */
let now: number;
let detection: Detection;

before(async () => {
  store = await openStore({ kind: 'embedded', directory: join(directory, 'store') }, log);
  state = await openState({ kind: 'embedded', directory: join(directory, 'state') }, log);
});
after(async () => {
  await detection.stop();
  await store.close();
  await state.close();
  await rm(directory, { recursive: true, force: true });
});
beforeEach(async () => {
  await detection?.stop();
  await store.command('TRUNCATE TABLE security_events');
  await state.query('DELETE FROM signals');
  await state.query('DELETE FROM detection_progress');
  now = Date.now();
  detection = createDetection({ store, state, log, now: () => now });
  await detection.start();
});

async function arrive(...events: SecurityEvent[]): Promise<void> {
  const received_at = new Date(now).toISOString();
  await store.insert(
    'security_events',
    events.map((event) => ({ ...event, received_at })),
  );
  detection.notify(events);
}

/** Restarts detection: it evaluates everything, and has no memory of its own. */
async function restart(): Promise<void> {
  await detection.stop();
  detection = createDetection({ store, state, log, now: () => now });
  await detection.start();
}

const signals = () =>
  state.query<SignalRow & { events_counted: number }>(
    'SELECT * FROM signals ORDER BY rule_id, created_at, group_key',
  );

async function eventually<T>(read: () => Promise<T | undefined>): Promise<T> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const value = await read();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('it did not happen within 4 s');
}

const injection = (values: Partial<SecurityEvent> = {}) =>
  securityEvent(now, {
    activity: 'vulnerability_trigger.sql_injection',
    category: 'vulnerability_trigger',
    type: 'sql_injection',
    ...values,
  });
const attempt = (values: Partial<SecurityEvent> = {}) => securityEvent(now, values);
const login = (outcome: 'success' | 'failure', at: number, values: Partial<SecurityEvent> = {}) =>
  securityEvent(at, {
    activity: `business_logic.users.login.${outcome}`,
    category: 'business_logic',
    type: `users.login.${outcome}`,
    user_login: 'ada',
    ...values,
  });

describe('detection', () => {
  it('makes a signal of an exploit as soon as it is told of it', async () => {
    const event = injection({ value: "' OR 1=1 \0--" });
    await arrive(event);
    const [signal, ...others] = await eventually(async () => {
      const rows = await signals();
      return rows.length > 0 ? rows : undefined;
    });
    assert.deepEqual(others, []);
    assert.equal(signal!.status, 'critical');
    assert.equal(signal!.rule_id, 'wrd-sql-exp');
    assert.equal(signal!.group_key, '{"@http.route":"/search","env":"prod","service":"shop"}');
    assert.equal(signal!.events_matched, 1);
    assert.deepEqual(signal!.service, ['shop']);
    assert.deepEqual(signal!.env, ['prod']);
    const { custom, message, tags } = signal!.body;
    assert.equal(custom.title, 'SQL injection exploited');
    assert.equal(custom.samples.length, 1);
    assert.equal(custom.samples[0]!.content.custom.trace_id, event.trace_id);
    assert.equal(custom.samples[0]!.content.custom.appsec.value, "' OR 1=1 \ufffd--");
    assert.deepEqual(custom.http, {
      client_ip: '203.0.113.7',
      method: 'GET',
      route: '/search',
      useragent: 'curl',
    });
    assert.ok(tags.includes('security:attack') && tags.includes('env:prod'));
    assert.match(message, /Open a trace of shop, route \/search/);
    assert.doesNotMatch(message, /\{\{/);
  });

  it('calls a blocked exploit high, and raises it when one goes through', async () => {
    await arrive(injection({ blocked: true, status_code: 403 }));
    await restart();
    assert.deepEqual(
      (await signals()).map(({ status }) => status),
      ['high'],
    );
    assert.equal((await signals())[0]!.body.custom.title, 'SQL injection exploited - stopped or failed');
    now += SECOND;
    await arrive(injection());
    await restart();
    assert.deepEqual(
      (await signals()).map((row) => [row.status, row.events_matched]),
      [['critical', 2]],
    );
    now += SECOND;
    await arrive(injection({ blocked: true }));
    await restart();
    assert.deepEqual(
      (await signals()).map((row) => [row.status, row.events_matched]),
      [['critical', 3]],
    );
  });

  it('counts duplicates of an event once, whenever they arrive', async () => {
    const event = injection();
    await arrive(event, event);
    await arrive(event);
    await restart();
    assert.deepEqual(
      (await signals()).map((row) => row.events_matched),
      [1],
    );
    const at = now;
    for (now of [at + MINUTE, at + 10 * MINUTE, at + 2 * 60 * MINUTE]) {
      await arrive(event);
      await restart();
      assert.deepEqual(
        (await signals()).map((row) => row.events_matched),
        [1],
        `after ${now - at} ms`,
      );
    }
  });

  it('neither loses nor doubles anything over restarts and quiet times', async () => {
    let total = 0;
    for (let round = 0; round < 12; round++) {
      for (let index = 0; index < 3; index++) {
        total++;
        await arrive(injection({ event_id: `${round}-${index}`, client_ip: `203.0.113.${total}` }));
      }
      await restart();
      await restart();
      const rows = await signals();
      assert.deepEqual(
        rows.map((row) => row.events_matched),
        [total],
        `round ${round}`,
      );
      now += 2 * MINUTE;
    }
    const [row] = await signals();
    assert.equal(row!.body.custom.samples.length, 20);
    assert.equal(row!.body.seen.client_ip!.length, 20);
  });

  it('finds what arrived while it was not running', async () => {
    await detection.stop();
    await arrive(injection());
    now += 30 * MINUTE;
    await restart();
    assert.deepEqual(
      (await signals()).map((row) => row.events_matched),
      [1],
    );
  });

  it('finds events that arrive long after they happened', async () => {
    const late = injection({ event_id: 'late', timestamp: BigInt(now - 40 * MINUTE) * 1_000_000n });
    await arrive(late);
    await restart();
    assert.deepEqual(
      (await signals()).map((row) => row.events_matched),
      [1],
    );
    now += MINUTE;
    await arrive(injection());
    await restart();
    assert.deepEqual(
      (await signals()).map((row) => row.events_matched),
      [2],
    );
  });

  it('closes a signal after keepAlive, and opens another for new events only', async () => {
    await arrive(injection());
    await restart();
    now += 61 * MINUTE;
    await restart();
    assert.deepEqual(
      (await signals()).map((row) => row.active),
      [false],
    );
    await arrive(injection());
    await restart();
    assert.deepEqual(
      (await signals()).map((row) => [row.active, row.events_matched]),
      [
        [false, 1],
        [true, 1],
      ],
    );
  });

  it('keeps a signal open while events come, until maxSignalDuration', async () => {
    const setDuration = (seconds: number) =>
      state.query(
        `UPDATE detection_rules SET updated_at = now(),
           definition = jsonb_set(definition, '{options,maxSignalDuration}', to_jsonb($1::integer)) WHERE id = 'wrd-sql-exp'`,
        [seconds],
      );
    await setDuration(10_800);
    for (let hour = 0; hour < 5; hour++) {
      await arrive(injection());
      await restart();
      now += 59 * MINUTE - SECOND;
      await restart();
      now += SECOND;
    }
    await setDuration(86_400);
    assert.deepEqual(
      (await signals()).map((row) => [row.active, row.events_matched]),
      [
        [false, 4],
        [true, 1],
      ],
    );
  });

  it('makes one signal where two processes detect', async () => {
    const other = createDetection({ store, state, log, now: () => now });
    await other.start();
    try {
      for (let round = 1; round <= 5; round++) {
        now += SECOND;
        const event = injection();
        await arrive(event);
        other.notify([event]);
        await eventually(async () => ((await signals())[0]?.events_matched === round ? true : undefined));
      }
    } finally {
      await other.stop();
    }
    assert.deepEqual(
      (await signals()).map((row) => row.events_matched),
      [5],
    );
    assert.equal(other.stats().failures + detection.stats().failures, 0);
  });

  it('takes what attackers choose: long values, NUL, markup', async () => {
    const user_login = `\0"\\'{{service}}<b>${'😀'.repeat(5_000)}`;
    await arrive(
      ...Array.from({ length: 41 }, () => login('failure', now, { user_login, user_agent: user_login })),
      injection({ route: user_login, value: user_login, service: user_login, env: user_login }),
    );
    await restart();
    await restart();
    assert.deepEqual(
      (await signals()).map((row) => [row.rule_id, row.events_matched]),
      [
        ['wrd-bru-acc', 41],
        ['wrd-sql-exp', 1],
      ],
    );
    assert.equal(detection.stats().failures, 0);
  });

  it('counts attempts of one address over a threshold, in a sliding window', async () => {
    const burst = (count: number, client_ip: string) =>
      arrive(...Array.from({ length: count }, () => attempt({ client_ip })));
    await burst(10, '203.0.113.7');
    await burst(11, '203.0.113.8');
    await burst(11, '');
    await restart();
    assert.deepEqual(
      (await signals()).map((row) => [row.group_key, row.status]),
      [['{"@http.client_ip":"203.0.113.8"}', 'low']],
    );
    now += 4 * MINUTE;
    await burst(45, '203.0.113.8');
    await restart();
    assert.deepEqual(
      (await signals()).map((row) => [row.status, row.events_matched]),
      [['medium', 56]],
    );
    now += 4 * MINUTE;
    await burst(10, '203.0.113.7');
    await restart();
    assert.equal((await signals()).length, 1, 'the first ten have left the window');
  });

  it('grades scanners by what they reach', async () => {
    const scan = (values: Partial<SecurityEvent>) =>
      arrive(attempt({ type: 'security_scanner', activity: 'attack_attempt.security_scanner', ...values }));
    await scan({ status_code: 404, route: '' });
    await restart();
    assert.deepEqual(
      (await signals()).map((row) => row.status),
      ['info'],
    );
    await scan({ status_code: 200 });
    await restart();
    assert.deepEqual(
      (await signals()).map((row) => row.status),
      ['low'],
    );
    await scan({ status_code: 500 });
    await restart();
    assert.deepEqual(
      (await signals()).map((row) => [row.rule_id, row.status]),
      [['wrd-scn-det', 'medium']],
    );
  });

  it('calls a success after many failures critical, but not one before them', async () => {
    const failures = Array.from({ length: 41 }, (_, index) => login('failure', now - 60_000 + index * 100));
    await arrive(login('success', now - 120_000), ...failures);
    await restart();
    assert.deepEqual(
      (await signals()).map((row) => [row.rule_id, row.status]),
      [['wrd-bru-acc', 'low']],
    );
    await arrive(login('success', now));
    await restart();
    const [signal] = await signals();
    assert.equal(signal!.status, 'critical');
    assert.equal(signal!.body.custom.title, 'Brute force on one account - login succeeded');
    assert.deepEqual(signal!.body.custom.usr, { login: 'ada' });
  });

  it('goes on where one rule fails, and tries it again', async () => {
    await detection.stop();
    let broken = true;
    const flaky: Store = {
      ...store,
      query: (sql, params) =>
        broken && sql.includes('metric_')
          ? Promise.reject(new Error('no metric today'))
          : store.query(sql, params),
    };
    const definition = {
      name: 'Slow',
      message: 'm',
      queries: [{ query: '*', aggregation: 'max', metric: '@http.status_code', groupByFields: ['service'] }],
      cases: [{ condition: 'a >= 200', status: 'info' }],
      options: { evaluationWindow: 60, keepAlive: 60, maxSignalDuration: 60 },
    };
    const insert = 'INSERT INTO detection_rules (id, definition) VALUES ($1, $2::jsonb)';
    await state.query(insert, ['aaa-aaa-aaa', JSON.stringify(definition)]);
    await state.query(insert, ['bad-bad-bad', JSON.stringify({ ...definition, queries: [] })]);
    try {
      detection = createDetection({ store: flaky, state, log, now: () => now });
      await detection.start();
      assert.equal(detection.stats().failures, 1);
      await arrive(injection());
      await eventually(async () => ((await signals()).length === 1 ? true : undefined));
      broken = false;
      detection.notify([injection()]);
      await eventually(async () => ((await signals()).length === 2 ? true : undefined));
      assert.ok(detection.stats().failures >= 2);
    } finally {
      await state.query("DELETE FROM detection_rules WHERE id IN ('aaa-aaa-aaa', 'bad-bad-bad')");
    }
  });

  it('keeps what people changed of a default rule', async () => {
    const name = () =>
      state.query<{ name: string; enabled: boolean; version: number }>(
        "SELECT definition ->> 'name' AS name, enabled, version FROM detection_rules WHERE id = 'wrd-sql-exp'",
      );
    const { seedDefaultRules } = await import('./seed.ts');
    const { DEFAULT_RULES } = await import('./default-rules.ts');
    const rule = DEFAULT_RULES[0]!;
    const shipped = (version: number, title: string) =>
      seedDefaultRules(state, [{ ...rule, version, definition: { ...rule.definition, name: title } }]);
    try {
      await shipped(2, 'Second');
      assert.deepEqual(await name(), [{ name: 'Second', enabled: true, version: 2 }]);
      await shipped(1, 'Older');
      assert.deepEqual(await name(), [{ name: 'Second', enabled: true, version: 2 }]);
      await state.query(
        `UPDATE detection_rules SET enabled = false, definition = jsonb_set(definition, '{name}', '"Mine"') WHERE id = $1`,
        [rule.id],
      );
      await shipped(3, 'Third');
      assert.deepEqual(await name(), [{ name: 'Mine', enabled: false, version: 2 }]);
    } finally {
      await state.query('DELETE FROM detection_rules WHERE id = $1', [rule.id]);
      await seedDefaultRules(state);
    }
  });
});
