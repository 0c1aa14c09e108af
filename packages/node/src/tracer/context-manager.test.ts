import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import test from 'node:test';
import { createContextKey, ROOT_CONTEXT } from '@opentelemetry/api';
import { AsyncContextManager } from './context-manager.ts';

const manager = new AsyncContextManager();
const KEY = createContextKey('test');
const ctx = ROOT_CONTEXT.setValue(KEY, 'value');
const current = () => manager.active().getValue(KEY);

test('a context holds over asynchronous work, and ends with it', async () => {
  const result = manager.with(ctx, async () => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    return current();
  });
  assert.equal(current(), undefined);
  assert.equal(await result, 'value');
});

test('with passes this and the arguments', () => {
  const target = { name: 'this' };
  const call = manager.with(
    ctx,
    function (this: typeof target, a: number, b: number) {
      return `${this.name} ${a} ${b}`;
    },
    target,
    1,
    2,
  );
  assert.equal(call, 'this 1 2');
});

test('a bound function runs in its context and keeps its number of parameters', () => {
  const bound = manager.bind(ctx, function (this: unknown, a: number, _b: number) {
    return [this, a, current()];
  });
  assert.equal(bound.length, 2);
  assert.deepEqual(bound.call('self', 1, 2), ['self', 1, 'value']);
});

test('listeners of a bound emitter run in the context, and can be removed', () => {
  const emitter = manager.bind(ctx, new EventEmitter());
  const seen: unknown[] = [];
  const listener = () => seen.push(current());
  emitter.on('event', listener);
  emitter.once('event', listener);
  emitter.prependOnceListener('other', listener);
  emitter.emit('event');
  assert.deepEqual(seen, ['value', 'value']);
  emitter.off('event', listener).off('other', listener);
  assert.equal(emitter.listenerCount('event') + emitter.listenerCount('other'), 0);
  emitter.emit('event');
  emitter.emit('other');
  assert.equal(seen.length, 2);
});

test('attach holds until it is disposed of', () => {
  manager.with(ROOT_CONTEXT, () => {
    const token = manager.attach(ctx);
    assert.equal(current(), 'value');
    token.dispose();
    assert.equal(current(), undefined);
  });
});

test('anything else is bound as it is', () => {
  assert.equal(manager.bind(ctx, 42), 42);
});
