import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Agent } from '../../init/agent.ts';
import { Counters } from '../../init/counters.ts';
import { createLogger } from '../../init/log.ts';
import { type Sink, wrapSinks } from './sink.ts';
import { calledBack, promised, synchronous } from './styles.ts';

function setUp(sink: Omit<Sink, 'method'>, method: (...args: never[]) => unknown) {
  const counters = new Counters();
  const agent = { counters, log: createLogger('off') } as unknown as Agent;
  const holder = { method };
  wrapSinks(agent, holder, [{ method: 'method', ...sink }]);
  return { holder: holder as { method(...args: unknown[]): unknown }, counters };
}

const span = () => ({ name: 'span', attributes: {} });

test('a hook that fails lets the call through, and is counted', () => {
  const broken = (): never => {
    throw new Error('of the hook');
  };
  const { holder, counters } = setUp({ style: synchronous, span: broken }, (a: number) => a + 1);
  assert.equal(holder.method(1), 2);
  assert.equal(counters.get('instrument.method.error'), 1);
});

test('`this`, arguments, result and error pass through', async () => {
  const self = setUp({ style: synchronous, span }, function (this: unknown) {
    return this;
  });
  assert.equal(self.holder.method(), self.holder);

  const error = new Error('of the application');
  const thrower = setUp({ style: synchronous, span }, () => {
    throw error;
  });
  assert.throws(() => thrower.holder.method(), error);

  const rejecter = setUp({ style: promised, span }, () => Promise.reject(error));
  await assert.rejects(rejecter.holder.method() as Promise<void>, error);

  const caller = setUp({ style: calledBack, span }, (a: string, done: (error: null, a: string) => void) => {
    done(null, a);
  });
  const seen: unknown[] = [];
  caller.holder.method('x', (...args: unknown[]) => seen.push(...args));
  assert.deepEqual(seen, [null, 'x']);
});

test('properties of a promise stay on it', async () => {
  const { holder } = setUp({ style: promised, span }, () =>
    Object.assign(Promise.resolve(1), { child: 'c' }),
  );
  const promise = holder.method() as Promise<number> & { child: string };
  assert.equal(promise.child, 'c');
  assert.equal(await promise, 1);
});

test('a wrapped constructor constructs', () => {
  class Thing {
    readonly value: number;
    constructor(value: number) {
      this.value = value;
    }
  }
  const { holder } = setUp({ style: synchronous, span }, Thing as unknown as () => unknown);
  const Wrapped = holder.method as unknown as typeof Thing;
  const thing = new Wrapped(3);
  assert.equal(thing.value, 3);
  assert.ok(thing instanceof Thing);
  class Derived extends Wrapped {}
  assert.ok(new Derived(4) instanceof Derived);
});
