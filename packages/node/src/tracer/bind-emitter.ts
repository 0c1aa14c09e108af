import type { EventEmitter } from 'node:events';

type Listener = (...args: unknown[]) => void;

const ADDERS = ['addListener', 'on', 'once', 'prependListener', 'prependOnceListener'] as const;
const REMOVERS = ['removeListener', 'off'] as const;
const BOUND = Symbol('wardline.bound-listeners');

type BoundListeners = Map<string | symbol, WeakMap<Listener, Listener>>;

/**
 * Makes the listeners that are added to `emitter` from now on run through `bind`, and removable by the function that
 * was added. Binding twice is harmless: the first stays.
 */
export function bindEmitter<E extends EventEmitter>(emitter: E, bind: (listener: Listener) => Listener): E {
  const target = emitter as E & { [BOUND]?: BoundListeners };
  if (target[BOUND] !== undefined) return emitter;
  const bound: BoundListeners = new Map();
  Object.defineProperty(target, BOUND, { value: bound, enumerable: false });

  for (const method of ADDERS) {
    const original = emitter[method];
    const add = function (this: E, event: string | symbol, listener: Listener): E {
      // `once` registers through `on`, with a wrapper of its own, which must not be bound again.
      if (typeof listener !== 'function' || adding.has(emitter)) {
        return original.call(this, event, listener) as E;
      }
      let listeners = bound.get(event);
      if (listeners === undefined) {
        listeners = new WeakMap();
        bound.set(event, listeners);
      }
      const wrapper = listeners.get(listener) ?? bind(listener);
      listeners.set(listener, wrapper);
      adding.add(emitter);
      try {
        return original.call(this, event, wrapper) as E;
      } finally {
        adding.delete(emitter);
      }
    };
    Object.defineProperty(emitter, method, { value: add, writable: true, configurable: true });
  }

  for (const method of REMOVERS) {
    const original = emitter[method];
    const remove = function (this: E, event: string | symbol, listener: Listener): E {
      const wrapper = typeof listener === 'function' ? bound.get(event)?.get(listener) : undefined;
      return original.call(this, event, wrapper ?? listener) as E;
    };
    Object.defineProperty(emitter, method, { value: remove, writable: true, configurable: true });
  }
  return emitter;
}

/** Emitters on which a listener is just being added. */
const adding = new WeakSet<EventEmitter>();
