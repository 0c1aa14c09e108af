import assert from 'node:assert/strict';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { type Callable, wrapMethod } from './wrap.ts';

const through =
  (original: Callable): Callable =>
  (...args) =>
    Reflect.apply(original, undefined, args);

test('a wrapper takes over what can be seen of the original', () => {
  const custom = () => {};
  function method(a: unknown, b: unknown): unknown[] {
    return [a, b];
  }
  const holder = { method: Object.assign(method, { extra: 1, [promisify.custom]: custom }) };
  const original = holder.method;
  Object.defineProperty(original, 'fixed', { value: 2 });
  assert.ok(wrapMethod(holder, 'method', through));
  assert.notEqual(holder.method, original);
  assert.equal(holder.method.name, 'method');
  assert.equal(holder.method.length, 2);
  assert.equal(holder.method.extra, 1);
  assert.equal((holder.method as { fixed?: number }).fixed, 2);
  assert.equal(holder.method[promisify.custom], custom);
  assert.deepEqual(holder.method('x', 'y'), ['x', 'y']);
});

test('a method is wrapped once', () => {
  const holder = { method: () => 1 };
  assert.equal(wrapMethod(holder, 'method', through), true);
  const first = holder.method;
  assert.equal(wrapMethod(holder, 'method', through), false);
  assert.equal(holder.method, first);
});

test('an inherited method is wrapped on the object itself', () => {
  class Parent {
    method(): number {
      return 1;
    }
  }
  class Child extends Parent {}
  const inherited = Parent.prototype.method;
  assert.ok(wrapMethod(Child.prototype, 'method', through));
  assert.ok(Object.hasOwn(Child.prototype, 'method'));
  assert.equal(Parent.prototype.method, inherited);
  assert.equal(Object.getOwnPropertyDescriptor(Child.prototype, 'method')?.enumerable, false);
});

test('a class keeps its prototype and its statics', () => {
  class Thing {
    static made = 'here';
    value = 1;
  }
  const holder = { Thing };
  wrapMethod(holder, 'Thing', (original) => {
    const wrapper: Callable = function (...args) {
      return Reflect.construct(original, args, new.target);
    };
    return wrapper;
  });
  assert.notEqual(holder.Thing, Thing);
  assert.equal(holder.Thing.made, 'here');
  assert.equal(new holder.Thing().value, 1);
  assert.ok(new holder.Thing() instanceof Thing);
});

test('what cannot be wrapped is left alone', () => {
  const frozen = Object.freeze({ method: () => 1 });
  assert.equal(wrapMethod(frozen, 'method', through), false);
  assert.equal(
    wrapMethod(Object.preventExtensions(Object.create({ method: () => 1 })), 'method', through),
    false,
  );
  assert.equal(wrapMethod({}, 'missing', through), false);
  assert.equal(wrapMethod({ value: 1 }, 'value', through), false);
});
