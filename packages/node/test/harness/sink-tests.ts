import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ATTRIBUTE } from '@wardline/telemetry';
import { type App, lineOfSink } from './app.ts';
import type { Trace } from './receiver.ts';
import type { SinkCase } from './sink-cases.ts';

const SOURCE = 'sinks.cjs';

/**
 * The tests of one sink: a benign input passes; an attack is reported with the line that is vulnerable, and in block mode
 * it does not run and the client is answered 403. `more` is asserted of the benign request's trace.
 */
export function testSink(
  sink: SinkCase,
  mode: 'monitor' | 'block',
  app: () => App,
  more: (trace: Trace) => void = () => {},
): void {
  const path = (input: string) => `/sinks/${sink.name}?input=${encodeURIComponent(input)}`;
  const runs = () => app().output().split(`ran ${sink.name}\n`).length - 1;

  test(`${sink.name}: a benign input passes, an attack is ${mode === 'block' ? 'stopped' : 'reported'}`, async () => {
    await passes();
    await isFound();
  });

  async function passes(): Promise<void> {
    const answer = await app().request(path(sink.benign));
    assert.equal(answer.status, 200, answer.body);
    assert.ok(answer.body.includes(sink.answer), answer.body);
    const trace = await answer.trace();
    const { entry, events, spans } = trace;
    assert.deepEqual(events, []);
    assert.equal(entry.attributes[ATTRIBUTE.appsecEvent], undefined);
    if (sink.span !== undefined) {
      const own = spans.filter((span) => span !== entry && sink.span?.test(span.name));
      assert.equal(own.length, 1, `spans: ${spans.map(({ name }) => name).join(', ')}`);
      assert.equal(own[0]?.parentSpanId, entry.spanId);
    }
    more(trace);
  }

  async function isFound(): Promise<void> {
    const before = runs();
    const answer = await app().request(path(sink.attack));
    const { entry, events, stacks } = await answer.trace();

    assert.deepEqual(
      events.map(({ rule }) => rule.id),
      [sink.rule],
    );
    assert.equal(stacks.length, 1);
    assert.equal(events[0]?.stack_id, stacks[0]?.id);
    const top = stacks[0]?.frames.find((frame) => frame.in_app);
    assert.deepEqual(
      { file: top?.file, line: top?.line },
      { file: SOURCE, line: lineOfSink(SOURCE, sink.name) },
      JSON.stringify(stacks[0]?.frames, null, 1),
    );

    if (mode === 'monitor') {
      assert.equal(answer.status, 200, answer.body);
      assert.ok(answer.body.includes(sink.loot), answer.body);
      assert.equal(entry.attributes[ATTRIBUTE.appsecBlocked], undefined);
      assert.equal(runs(), before + 1);
    } else {
      assert.equal(answer.status, 403, answer.body);
      assert.match(answer.body, /security_response_id/);
      assert.equal(entry.attributes[ATTRIBUTE.appsecBlocked], true);
      assert.equal(entry.attributes[ATTRIBUTE.httpStatus], 403);
      assert.equal(runs(), before);
      assert.ok(app().isAlive(), app().output());
    }
  }
}
