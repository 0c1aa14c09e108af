import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ClickHouseParameters, PostgresParameters, parseQuery, toClickHouse, toPostgres } from './index.ts';
import { assertGolden } from './testing/golden.ts';

const NOW = Date.parse('2026-03-04T05:06:07.890Z');

const both = [
  '',
  'env:staging service:my-service status:high',
  'service:(a OR b) -env:prod',
  'a b OR NOT (c AND d*)',
  '"100% \\"sure\\""',
  '@http.client_ip:*',
  '-@usr.id:*',
  '@usr.id:""',
  '@odd.path:a_b*c?',
  '@odd.path:>=5',
  '@odd.path:[1 TO 20ms}',
  'CIDR(@http.client_ip,10.0.0.0/8,2001:db8::/32)',
  'team:blue',
  'tags:"a:b"',
  'timestamp:[now-1h TO now}',
  'service:"\'; DROP TABLE signals --"',
];
const events = [
  '@appsec.security_activity:vulnerability_trigger.*',
  '@appsec.type:(sql_injection OR xss)',
  '@appsec.blocked:true',
  '@http.status_code:404',
  '@http.status_code:[400 TO 499]',
  '@http.status_code:4*',
];
const signals = [
  '@workflow.rule.type:"Application Security" @workflow.triage.state:open',
  '@workflow.triage.assignee.handle:ada*',
  '@workflow.events_matched:>100',
  '@workflow.first_seen:<now-1d',
  '@title:*injection* host:web-1',
];

it('conditions over security_events', () =>
  assertGolden(
    new URL('vectors/clickhouse.golden', import.meta.url),
    [...both, ...events].map((query) => {
      const parameters = new ClickHouseParameters();
      return {
        title: query,
        sql: toClickHouse(parseQuery(query), parameters, NOW),
        params: parameters.values,
      };
    }),
  ));

it('conditions over signals', () =>
  assertGolden(
    new URL('vectors/postgres.golden', import.meta.url),
    [...both, ...signals].map((query) => {
      const parameters = new PostgresParameters();
      return { title: query, sql: toPostgres(parseQuery(query), parameters, NOW), params: parameters.values };
    }),
  ));

it('no text of a query stands in the SQL', () => {
  const secret = 'zq9';
  for (const query of [
    `@${secret}:${secret}`,
    `${secret}:${secret}*`,
    `"${secret}"`,
    `tags:${secret}`,
    `${secret}:>5`,
  ]) {
    assert.doesNotMatch(toClickHouse(parseQuery(query), new ClickHouseParameters(), NOW), /zq9/);
    assert.doesNotMatch(toPostgres(parseQuery(query), new PostgresParameters(), NOW), /zq9/);
  }
});
