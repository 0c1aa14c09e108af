import { it } from 'node:test';
import { ClickHouseParameters, PostgresParameters } from '../search/index.ts';
import { assertGolden } from '../search/testing/golden.ts';
import { eventsSql } from './event-store.ts';
import { BODY_NAMES, type PageFields, readPageRequest, writeCursor } from './page-request.ts';
import type { SignalBody } from './signal.ts';
import { signalsSql } from './signal-store.ts';

const NOW = Date.parse('2026-03-04T05:06:07.890Z');
const pages: readonly (readonly [title: string, fields: PageFields])[] = [
  ['first page', {}],
  ['a query and a range', { query: 'service:shop', from: 'now-1h', to: 'now', limit: 50 }],
  ['the next page', { cursor: writeCursor({ time: '1772600767890', id: 'AAAA' }) }],
  [
    'the next page, oldest first',
    { sort: 'timestamp', cursor: writeCursor({ time: '1772600767890', id: 'AAAA' }) },
  ],
];
const behind = {
  group_key: '{"@http.route":"/search","service":"shop"}',
  first_seen: new Date(NOW - 1_000),
  last_seen: new Date(NOW),
  body: { custom: { queries: [{ query: '@appsec.type:xss' }, { query: '@appsec.type:lfi' }] } } as SignalBody,
};

it('pages of signals', () =>
  assertGolden(
    new URL('vectors/signals.golden', import.meta.url),
    pages.map(([title, fields]) => {
      const parameters = new PostgresParameters();
      const sql = signalsSql(readPageRequest(fields, BODY_NAMES, NOW), parameters, NOW);
      return { title, sql, params: parameters.values };
    }),
  ));

it('pages of events', () =>
  assertGolden(
    new URL('vectors/events.golden', import.meta.url),
    [...pages.map((page) => [...page, undefined] as const), ['behind a signal', {}, behind] as const].map(
      ([title, fields, signal]) => {
        const parameters = new ClickHouseParameters();
        const sql = eventsSql(readPageRequest(fields, BODY_NAMES, NOW), parameters, NOW, signal);
        return { title, sql, params: parameters.values };
      },
    ),
  ));
