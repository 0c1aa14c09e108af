import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Span } from '../api/client.ts';
import type { Attack } from './attacks.ts';
import { marksIn, story } from './story.ts';

const span = {
  service: 'orders',
  duration: 13_468_017,
  error: 0,
  meta: { 'client.address': '203.0.113.7', 'http.response.status_code': '200' },
} as unknown as Span;
const frame = (name: string, line: number, inApp: boolean) => ({
  file: 'src/orders.cjs',
  line,
  column: 30,
  function: name,
  inApp,
});
const attack: Attack = {
  ruleId: 'exploit-sql-injection',
  ruleName: 'SQL injection exploit',
  type: 'sql_injection',
  category: 'vulnerability_trigger',
  operator: 'sqli_detector',
  isExploit: true,
  blocked: false,
  input: { address: 'server.request.query', keyPath: 'q', value: "x' OR 1=1" },
  sink: { address: 'server.db.statement', keyPath: '', value: "SELECT * FROM t WHERE a = 'x' OR 1=1'" },
  highlight: ["x' OR 1=1"],
  frames: [frame('find', 19, true), frame('handle', 95, false), frame('route', 40, true)],
};

describe('story', () => {
  it('goes from the input over the code to the sink and the outcome', () =>
    assert.deepEqual(
      story(span, attack).map(({ title, detail }) => `${title}: ${detail}`),
      [
        "203.0.113.7 sent the query parameter q to orders: x' OR 1=1",
        'route passed it on: src/orders.cjs:40:30',
        'find handed it to the call: src/orders.cjs:19:30',
        "It became part of the SQL statement: SELECT * FROM t WHERE a = 'x' OR 1=1'",
        'It ran: nothing stopped it: orders answered 200 after 13.5 ms',
      ],
    ));

  const outcomes: readonly (readonly [change: Partial<Attack>, spanChange: Partial<Span>, title: string])[] =
    [
      [{ blocked: true }, {}, 'Blocked before it ran'],
      [{ blocked: true, sink: undefined }, {}, 'Blocked at the door'],
      [{}, { error: 1 }, 'It ran, and the request failed'],
      [
        { isExploit: false, sink: undefined },
        {},
        'Reported, not blocked: no dangerous call was reached by this SQL injection attempt',
      ],
    ];
  for (const [change, spanChange, title] of outcomes)
    it(`ends with ${JSON.stringify(title)}`, () =>
      assert.equal(story({ ...span, ...spanChange }, { ...attack, ...change }).at(-1)?.title, title));

  it('does without input and code path', () =>
    assert.deepEqual(
      story(span, { ...attack, input: undefined, sink: undefined, frames: [] }).map(({ kind }) => kind),
      ['outcome'],
    ));
});

it('marksIn marks the input where it stands in the argument', () => {
  assert.deepEqual(marksIn(attack.sink!, attack), ["x' OR 1=1"]);
  assert.deepEqual(marksIn({ ...attack.sink!, value: 'SELECT ?' }, attack), []);
  const masked = { ...attack.sink!, value: 'SELECT a FROM t WHERE b = ? UNION SELECT c, ? FROM users --' };
  const input = { ...attack.input!, value: "x' UNION SELECT c, 0 FROM users --" };
  assert.deepEqual(marksIn(masked, { ...attack, input, highlight: [] }), [
    ' UNION SELECT c, ',
    ' FROM users --',
  ]);
});
