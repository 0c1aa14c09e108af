import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Attributes, SecurityEvent, SpanRecord } from '@wardline/telemetry';
import fc from 'fast-check';
import { securityEvents } from './security-events.ts';

const RESOURCE = { service: 'shop', env: 'prod', version: '2', host: 'h' };

function spanWith(attributes: Attributes): SpanRecord {
  return {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    parentSpanId: '',
    traceState: '',
    name: 'GET /',
    kind: 2,
    startTime: 1_700_000_000_000_000_001n,
    endTime: 1_700_000_000_000_000_002n,
    attributes,
    events: [],
    status: { code: 0, message: '' },
  };
}

const eventsOf = (attributes: Attributes) => securityEvents(RESOURCE, spanWith(attributes)).events;

function trigger(changes: Record<string, unknown> = {}, rule: Record<string, unknown> = {}) {
  return {
    rule: {
      id: 'crs-942-100',
      name: 'SQLi',
      tags: { type: 'sql_injection', category: 'attack_attempt' },
      ...rule,
    },
    rule_matches: [
      {
        operator: 'match_regex',
        operator_value: 'x',
        parameters: [
          { address: 'server.request.query', key_path: ['a', 0], value: '1 OR 1', highlight: ['OR', '1'] },
        ],
      },
    ],
    ...changes,
  };
}

const triggers = (...list: unknown[]) => JSON.stringify({ triggers: list });
const withTriggers = (...list: unknown[]) => ({ 'wardline.appsec.triggers': triggers(...list) });

test('a whole event', () => {
  const item = trigger({ stack_id: 's1' });
  const stack = { id: 's1', language: 'nodejs', frames: [{ id: 0, file: 'a.js', line: 1 }] };
  const [event] = eventsOf({
    ...withTriggers(item),
    'wardline.appsec.stack': JSON.stringify([{ id: 's0' }, stack]),
    'wardline.appsec.blocked': true,
    'client.address': '203.0.113.1',
    'user.id': 42,
    'session.id': 'sess',
    'user_agent.original': 'curl',
    'http.request.method': 'POST',
    'http.route': '/a/:b',
    'url.path': '/a/1',
    'http.response.status_code': 403,
  });
  assert.deepEqual(event, {
    event_id: '0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0',
    timestamp: 1_700_000_000_000_000_001n,
    trace_id: '0af7651916cd43dd8448eb211c80319c',
    span_id: 'b7ad6b7169203331',
    service: 'shop',
    env: 'prod',
    version: '2',
    host: 'h',
    activity: 'attack_attempt.sql_injection',
    category: 'attack_attempt',
    type: 'sql_injection',
    rule_id: 'crs-942-100',
    rule_name: 'SQLi',
    blocked: true,
    client_ip: '203.0.113.1',
    user_id: '42',
    user_login: '',
    session_id: 'sess',
    user_agent: 'curl',
    method: 'POST',
    route: '/a/:b',
    path: '/a/1',
    status_code: 403,
    address: 'server.request.query',
    key_path: 'a.0',
    value: '1 OR 1',
    highlight: 'OR, 1',
    operator: 'match_regex',
    trigger: JSON.stringify(item),
    stack: JSON.stringify(stack),
    attributes: { type: 'sql_injection', category: 'attack_attempt' },
  } satisfies SecurityEvent);
});

const block = { on_match: ['block'] };
const observe = { on_match: ['stack_trace'] };
const CASES: { name: string; attributes: Attributes; expected: Partial<SecurityEvent>[] }[] = [
  { name: 'a span without triggers', attributes: { 'http.route': '/' }, expected: [] },
  {
    name: 'one event for each trigger',
    attributes: withTriggers(trigger(), trigger({}, { id: 'b' })),
    expected: [{ rule_id: 'crs-942-100' }, { rule_id: 'b' }],
  },
  {
    name: 'without a category it is an attempt',
    attributes: withTriggers(trigger({}, { tags: { type: 'xss' } })),
    expected: [{ activity: 'attack_attempt.xss', category: 'attack_attempt' }],
  },
  {
    name: 'without tags',
    attributes: withTriggers({ rule: { id: 'r' } }),
    expected: [{ activity: 'attack_attempt', type: '', rule_name: '', address: '' }],
  },
  {
    name: 'tags that are no strings',
    attributes: withTriggers({ rule: { id: 'r', tags: { type: 't', n: 1, list: ['a'], none: null } } }),
    expected: [{ attributes: { type: 't', n: '1', list: '["a"]' } }],
  },
  {
    name: 'of a detector, the input and not the sink',
    attributes: withTriggers(
      trigger({
        rule_matches: [
          {
            operator: 'sqli_detector',
            parameters: [
              {
                resource: { address: 'server.db.statement', value: 'SELECT' },
                params: { address: 'server.request.body', key_path: ['q'], value: 'x' },
                highlight: ['x'],
              },
            ],
          },
        ],
      }),
    ),
    expected: [
      {
        address: 'server.request.body',
        key_path: 'q',
        value: 'x',
        highlight: 'x',
        operator: 'sqli_detector',
      },
    ],
  },
  {
    name: 'blocked: the trigger that says so',
    attributes: {
      ...withTriggers(trigger({}, observe), trigger({}, block)),
      'wardline.appsec.blocked': true,
    },
    expected: [{ blocked: false }, { blocked: true }],
  },
  {
    name: 'blocked: a custom action',
    attributes: {
      ...withTriggers(trigger({}, { on_match: ['redirect_home'] }), trigger()),
      'wardline.appsec.blocked': true,
    },
    expected: [{ blocked: true }, { blocked: false }],
  },
  {
    name: 'blocked: a response id',
    attributes: {
      ...withTriggers(trigger({ security_response_id: 'x' }), trigger()),
      'wardline.appsec.blocked': 'true',
    },
    expected: [{ blocked: true }, { blocked: false }],
  },
  {
    name: 'blocked: no trigger says so, the span does',
    attributes: { ...withTriggers(trigger(), trigger({}, observe)), 'appsec.blocked': 'true' },
    expected: [{ blocked: true }, { blocked: true }],
  },
  {
    name: 'not blocked: in monitor mode',
    attributes: withTriggers(trigger({}, block)),
    expected: [{ blocked: false }],
  },
  {
    name: 'a stack that is not there',
    attributes: { ...withTriggers(trigger({ stack_id: 'x' })), 'wardline.appsec.stack': '[null,{"id":"y"}]' },
    expected: [{ stack: '' }],
  },
  {
    name: 'a stack that is no JSON',
    attributes: { ...withTriggers(trigger({ stack_id: 'x' })), 'wardline.appsec.stack': '[{' },
    expected: [{ stack: '' }],
  },
  {
    name: "Datadog's spelling",
    attributes: {
      'appsec.event': 'true',
      '_dd.appsec.json': triggers(trigger()),
      'appsec.blocked': 'true',
      'http.client_ip': '203.0.113.2',
      'usr.id': 'u',
      'http.useragent': 'curl',
      'http.method': 'GET',
      'http.url': 'https://shop.test/a/b?c=d#e',
      'http.status_code': '403',
    },
    expected: [
      {
        blocked: true,
        client_ip: '203.0.113.2',
        user_id: 'u',
        user_agent: 'curl',
        method: 'GET',
        path: '/a/b',
        status_code: 403,
      },
    ],
  },
  {
    name: "OpenTelemetry's former names",
    attributes: { ...withTriggers(trigger()), 'http.target': '/x?y', 'http.user_agent': 'a' },
    expected: [{ path: '/x', user_agent: 'a' }],
  },
  {
    name: 'a status that is none',
    attributes: { ...withTriggers(trigger()), 'http.response.status_code': 70_000 },
    expected: [{ status_code: 0 }],
  },
  {
    name: 'business-logic events',
    attributes: {
      'user.id': 'span-user',
      'appsec.events.users.login.failure.track': 'true',
      'appsec.events.users.login.failure.usr.login': 'alice',
      'appsec.events.users.login.failure.usr.exists': false,
      'appsec.events.payment.failure.track': true,
      'appsec.events.payment.failure.amount': 12.5,
      'appsec.events.not.tracked.track': false,
      'appsec.events..track': true,
    },
    expected: [
      {
        event_id: '0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-business_logic.users.login.failure',
        activity: 'business_logic.users.login.failure',
        category: 'business_logic',
        type: 'users.login.failure',
        user_login: 'alice',
        user_id: 'span-user',
        rule_id: '',
        trigger: '',
        attributes: { 'usr.login': 'alice', 'usr.exists': 'false' },
      },
      { activity: 'business_logic.payment.failure', attributes: { amount: '12.5' } },
    ],
  },
  {
    name: 'the user whom a login names',
    attributes: {
      'user.id': 'a',
      'appsec.events.users.login.success.track': true,
      'appsec.events.users.login.success.usr.id': 'b',
    },
    expected: [{ user_id: 'b' }],
  },
];

for (const { name, attributes, expected } of CASES) {
  test(name, () => {
    const events = eventsOf(attributes);
    assert.equal(events.length, expected.length);
    expected.forEach((columns, index) => {
      const found = Object.fromEntries(
        Object.keys(columns).map((key) => [key, events[index]![key as keyof SecurityEvent]]),
      );
      assert.deepEqual(found, columns);
    });
  });
}

test('malformed triggers are told, and cost no other trigger', () => {
  const cases: [text: string, events: number][] = [
    ['{', 0],
    ['null', 0],
    ['[]', 0],
    ['{"triggers":{}}', 0],
    [triggers('x', trigger(), null, { rule: { name: 'no id' } }), 1],
    [triggers(...Array.from({ length: 300 }, () => trigger())), 256],
  ];
  for (const [text, count] of cases) {
    const { events, malformed } = securityEvents(RESOURCE, spanWith({ 'wardline.appsec.triggers': text }));
    assert.equal(events.length, count, text.slice(0, 80));
    assert.equal(malformed, true, text.slice(0, 80));
  }
});

test('whether the span has an event', () => {
  const hasEvent = (attributes: Attributes) => securityEvents(RESOURCE, spanWith(attributes)).hasEvent;
  assert.equal(hasEvent({}), false);
  assert.equal(hasEvent({ 'wardline.appsec.event': true }), true);
  assert.equal(hasEvent({ 'appsec.event': 'true' }), true);
  assert.equal(hasEvent({ 'appsec.event': 'false' }), false);
  assert.equal(hasEvent(withTriggers(trigger())), true);
  assert.equal(hasEvent({ 'wardline.appsec.event': true, 'wardline.appsec.triggers': '{' }), true);
});

test('the number of business-logic events is bounded, and so is the time', () => {
  const attributes: Attributes = {};
  for (let i = 0; i < 20_000; i++) attributes[`appsec.events.e${i}.track`] = true;
  const start = performance.now();
  assert.equal(eventsOf(attributes).length, 32);
  assert.ok(performance.now() - start < 2_000);
});

test('any triggers and any stacks give events, never an exception', () => {
  const json = fc.json({ maxDepth: 4 });
  const near = fc.record(
    {
      rule: fc.record(
        { id: fc.jsonValue(), tags: fc.jsonValue(), on_match: fc.jsonValue() },
        { requiredKeys: [] },
      ),
      rule_matches: fc.array(fc.record({ parameters: fc.array(fc.jsonValue()) })),
      stack_id: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(
      fc.oneof(
        json,
        fc.array(near).map((list) => triggers(...list)),
      ),
      json,
      (text, stack) => {
        securityEvents(
          RESOURCE,
          spanWith({ 'wardline.appsec.triggers': text, 'wardline.appsec.stack': stack }),
        );
      },
    ),
  );
});
