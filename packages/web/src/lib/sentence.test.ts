import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Signal } from '../api/client.ts';
import { whatHappened } from './sentence.ts';

const signal = (fields: Partial<Signal>): Signal => ({
  id: '1',
  severity: 'high',
  title: '',
  state: 'open',
  archiveReason: 'none',
  archiveComment: '',
  updatedBy: '',
  services: ['orders'],
  envs: ['production'],
  hosts: [],
  ips: ['203.0.113.7'],
  users: [],
  userAgents: [],
  methods: [],
  routes: [],
  types: [],
  categories: ['attack_attempt'],
  blocked: false,
  events: 1,
  firstSeen: '',
  lastSeen: '',
  rule: { id: '', name: '', version: 1 },
  case: { name: '', condition: '' },
  queries: [],
  message: '',
  ...fields,
});

describe('whatHappened', () => {
  const cases: readonly (readonly [fields: Partial<Signal>, sentence: string])[] = [
    [
      { categories: ['vulnerability_trigger'], types: ['sql_injection'], routes: ['/products'] },
      'SQL injection: input from 203.0.113.7 reached a dangerous call of orders in production on /products once; nothing stopped it.',
    ],
    [
      { categories: ['vulnerability_trigger'], types: ['lfi'], events: 3, blocked: true },
      'Local file inclusion: input from 203.0.113.7 reached a dangerous call of orders in production 3 times; at least one was blocked.',
    ],
    [
      { types: ['xss', 'lfi'], events: 1234, services: ['a', 'b', 'c'] },
      '203.0.113.7 sent 1,234 attacks to 3 services in production; none was blocked, and is not known to have reached a dangerous call.',
    ],
    [
      { types: ['xss'], blocked: true },
      '203.0.113.7 sent 1 Cross-site scripting attempt to orders in production; it was blocked.',
    ],
    [
      {
        categories: ['business_logic'],
        types: ['users.login.failure'],
        users: ['grace@shop.example'],
        events: 120,
      },
      '120 failed logins for grace@shop.example on orders in production, from 203.0.113.7.',
    ],
    [
      { ips: [], services: [], envs: [] },
      'Someone sent 1 attack to a service; it was not blocked, and is not known to have reached a dangerous call.',
    ],
  ];
  for (const [fields, sentence] of cases)
    it(sentence, () => assert.equal(whatHappened(signal(fields)), sentence));
});
