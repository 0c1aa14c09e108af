import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SecurityEvent, Span } from '../api/client.ts';
import { attackOf, attacksOf, severityOf, vulnerableFrame } from './attacks.ts';

const attempt = {
  rule: {
    id: 'sqli',
    name: 'SQL injection',
    tags: { type: 'sql_injection', category: 'attack_attempt' },
    on_match: [],
  },
  rule_matches: [
    {
      operator: 'match_regex',
      parameters: [
        { address: 'server.request.query', key_path: ['q', 0], value: "x' OR 1=1", highlight: ['OR 1=1'] },
      ],
    },
  ],
};
const exploit = {
  rule: {
    id: 'exploit',
    name: 'SQL injection exploit',
    tags: { type: 'sql_injection', category: 'vulnerability_trigger' },
    on_match: ['stack_trace', 'block'],
  },
  rule_matches: [
    {
      operator: 'sqli_detector',
      parameters: [
        {
          resource: { address: 'server.db.statement', key_path: [], value: 'SELECT 1' },
          params: { address: 'server.request.query', key_path: ['q'], value: '1' },
          highlight: ['1'],
        },
      ],
    },
  ],
  stack_id: 's1',
};
const stack = {
  id: 's1',
  language: 'nodejs',
  frames: [
    { id: 0, file: 'node:fs', line: 1, column: 1, function: 'open', in_app: false },
    { id: 1, file: 'src/a.js', line: 5, column: 7, function: 'find', class_name: 'Repo', in_app: true },
    { id: 2, file: 'src/b.js', line: 9, column: 1, function: '', in_app: true },
  ],
};
const span = (meta: Record<string, string>) => ({ meta }) as Span;
const withTriggers = (triggers: unknown[], more: Record<string, string> = {}) =>
  span({
    'wardline.appsec.triggers': JSON.stringify({ triggers }),
    'wardline.appsec.stack': JSON.stringify([stack]),
    ...more,
  });

describe('attacksOf', () => {
  it('reads triggers, exploits first, with their code path', () => {
    const [first, second] = attacksOf(withTriggers([attempt, exploit]));
    assert.equal(first?.isExploit, true);
    assert.equal(first?.sink?.value, 'SELECT 1');
    assert.deepEqual(first?.input, { address: 'server.request.query', keyPath: 'q', value: '1' });
    assert.deepEqual(
      first?.frames.map((frame) => frame.function),
      ['open', 'Repo.find', '(anonymous)'],
    );
    assert.equal(vulnerableFrame(first!.frames)?.line, 5);
    assert.equal(second?.input?.keyPath, 'q.0');
    assert.deepEqual(second?.highlight, ['OR 1=1']);
    assert.deepEqual(second?.frames, []);
  });

  it('says blocked of the attack that stopped the request only', () => {
    const blocked = (more: Record<string, string>) =>
      attacksOf(withTriggers([attempt, exploit], more)).map((attack) => attack.blocked);
    assert.deepEqual(blocked({ 'wardline.appsec.blocked': 'true' }), [true, false]);
    assert.deepEqual(blocked({}), [false, false]);
    assert.deepEqual(
      attacksOf(withTriggers([attempt], { 'wardline.appsec.blocked': 'true' })).map(
        (attack) => attack.blocked,
      ),
      [true],
    );
  });

  for (const text of ['', 'null', '[]', '{', '{"triggers":5}', '{"triggers":[null,1,"x",{}]}'])
    it(`takes ${JSON.stringify(text)}`, () => {
      for (const attack of attacksOf(span({ 'wardline.appsec.triggers': text })))
        assert.equal(attack.ruleName, '');
    });

  it('is empty for a span without', () => assert.deepEqual(attacksOf(span({})), []));
});

it('attackOf reads an event, from its columns where the trigger is cut', () => {
  const event = {
    trigger: '{"cut',
    stack: null,
    blocked: true,
    rule_id: 'r',
    rule_name: 'R',
    type: 'xss',
    category: 'attack_attempt',
    address: 'server.request.body',
    key_path: 'note',
    value: '<script>',
    highlight: '<script',
  } as SecurityEvent;
  const attack = attackOf(event);
  assert.deepEqual(attack.input, { address: 'server.request.body', keyPath: 'note', value: '<script>' });
  assert.deepEqual(attack.highlight, ['<script']);
  assert.equal(attack.blocked, true);
  assert.deepEqual(attackOf({ ...event, trigger: attempt }).highlight, ['OR 1=1']);
});

it('severityOf tells exploits from attempts', () =>
  assert.deepEqual(
    [
      { isExploit: true, blocked: false },
      { isExploit: true, blocked: true },
      { isExploit: false, blocked: false },
    ].map(severityOf),
    ['critical', 'high', 'low'],
  ));
