import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { INVALID_SPAN_CONTEXT, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import type { Waf, WafResult } from '@wardline/waf';
import { attachRequest, type RequestState } from '../context/request.ts';
import type { Agent } from '../init/agent.ts';
import type { Mode } from '../init/config.ts';
import { Counters } from '../init/counters.ts';
import { createLogger } from '../init/log.ts';
import { type Addresses, checkInputs, checkSink } from './check.ts';

const NOTHING: WafResult = {
  events: [],
  actions: {},
  attributes: {},
  keep: false,
  timedOut: false,
  duration: 10,
};
const FOUND: WafResult = {
  ...NOTHING,
  events: [{ rule: { id: 'r', name: 'r', tags: { type: 'test' } }, rule_matches: [], stack_id: 'the-stack' }],
  actions: {
    block_request: { status_code: 403, type: 'auto', security_response_id: 'the-id' },
    generate_stack: { stack_id: 'the-stack' },
  },
};

interface Setup {
  state: RequestState;
  counters: Counters;
  attributes: Record<string, unknown>;
  runs: { inputs: Addresses; sink: Addresses | undefined }[];
}

function setUp(mode: Mode, answer: () => WafResult): Setup {
  const counters = new Counters();
  const runs: Setup['runs'] = [];
  const waf: Waf = {
    diagnostics: {},
    knownAddresses: new Set(['server.request.query', 'server.db.statement']),
    rulesVersion: '1',
    statistics: { states: 0, bytes: 0, transitions: 0, clears: 0, givenUp: 0 },
    update: () => ({ sections: {} }),
    remove: () => false,
    newContext: () => ({
      run(inputs, options) {
        runs.push({ inputs, sink: options?.ephemeral });
        return answer();
      },
    }),
  };
  const agent = { counters, log: createLogger('off'), waf: () => waf, mode: () => mode } as unknown as Agent;
  const attributes: Record<string, unknown> = {};
  const span = Object.assign(trace.wrapSpanContext(INVALID_SPAN_CONTEXT), {
    setAttribute(name: string, value: unknown) {
      attributes[name] = value;
      return span;
    },
    setAttributes(added: object) {
      Object.assign(attributes, added);
      return span;
    },
  });
  const state = attachRequest(ROOT_CONTEXT, {
    agent,
    span,
    ownsSpan: true,
    request: {} as IncomingMessage,
    response: {} as ServerResponse,
    clientIp: '',
  });
  return { state, counters, attributes, runs };
}

const INPUTS = { 'server.request.query': { q: 'x' } };
const SINK = { 'server.db.statement': 'SELECT 1' };

test('only addresses that a rule reads are given', () => {
  const { state, runs } = setUp('block', () => NOTHING);
  checkInputs(state, { ...INPUTS, 'server.request.body': 'y', 'http.client_ip': undefined });
  checkInputs(state, { 'server.request.body': 'y' });
  assert.deepEqual(runs, [{ inputs: INPUTS, sink: undefined }]);
});

test('a sink is looked at once until an input is added', () => {
  const { state, runs } = setUp('block', () => NOTHING);
  checkInputs(state, INPUTS);
  checkSink(state, SINK);
  checkSink(state, { ...SINK });
  assert.equal(runs.length, 2);
  checkInputs(state, INPUTS);
  checkSink(state, SINK);
  assert.equal(runs.length, 4);
});

test('a sink is not looked at before any input', () => {
  const { state, runs } = setUp('block', () => FOUND);
  assert.equal(checkSink(state, SINK), undefined);
  assert.deepEqual(runs, []);
});

test('an attack that is tried again is stopped again and reported once', () => {
  const { state, runs } = setUp('block', () => (runs.length > 1 ? FOUND : NOTHING));
  checkInputs(state, INPUTS);
  for (let i = 0; i < 3; i++) assert.equal(checkSink(state, SINK)?.block?.responseId, 'the-id');
  assert.equal(state.events.length, 1);
  assert.equal(state.stacks.length, 1);
});

test('monitor mode reports and blocks nothing', () => {
  const { state, attributes } = setUp('monitor', () => FOUND);
  assert.equal(checkInputs(state, INPUTS), undefined);
  assert.equal(checkSink(state, SINK)?.block, undefined);
  assert.equal(attributes['wardline.appsec.event'], true);
  assert.equal(JSON.parse(String(attributes['wardline.appsec.triggers'])).triggers.length, 2);
});

test('attributes of the rule engine are those of the span, schemas compressed', () => {
  const schema = [{ id: [16], mail: [8, { type: 'email', category: 'pii' }] }];
  const found = {
    '_dd.appsec.fp.http.network': 'net-0-0000000000',
    count: 1,
    '_dd.appsec.s.req.body': schema,
  };
  const { state, attributes } = setUp('monitor', () => ({ ...NOTHING, attributes: found }));
  checkInputs(state, INPUTS);
  const { '_dd.appsec.s.req.body': compressed, ...others } = attributes;
  assert.deepEqual(others, { '_dd.appsec.fp.http.network': 'net-0-0000000000', count: 1 });
  const json = gunzipSync(Buffer.from(String(compressed), 'base64')).toString();
  assert.deepEqual(JSON.parse(json), schema);
});

test('mode off runs nothing', () => {
  const { state, runs } = setUp('off', () => FOUND);
  assert.equal(checkInputs(state, INPUTS), undefined);
  assert.deepEqual(runs, []);
});

test('what one request reports is bounded', () => {
  const { state } = setUp('monitor', () => FOUND);
  for (let i = 0; i < 200; i++) checkInputs(state, INPUTS);
  assert.equal(state.events.length, 64);
  assert.equal(state.stacks.length, 4);
});

test('a rule engine that fails lets the request pass, and is counted', () => {
  const { state, counters } = setUp('block', () => {
    throw new Error('of the engine');
  });
  assert.equal(checkInputs(state, INPUTS), undefined);
  assert.equal(checkSink(state, SINK), undefined);
  assert.equal(counters.get('guard.check.error'), 2);
});
