import type { EventEmitter } from 'node:events';
import { context } from '@opentelemetry/api';
import type { Call, Finish, Style } from './sink.ts';
import type { Callable } from './wrap.ts';

/** The call as it is, for the styles that change its arguments first. */
export function proceed(call: Call): unknown {
  return Reflect.apply(call.original, call.self, call.args);
}

/** Returns a value, and throws. */
export const synchronous: Style = {
  refuse(_call, error) {
    throw error;
  },
  run(call, finish) {
    const result = guarded(call, finish);
    finish();
    return result;
  },
};

/** Returns a promise, and rejects it. */
export const promised: Style = {
  refuse: (_call, error) => Promise.reject(error),
  run: (call, finish) => followPromise(guarded(call, finish), finish),
};

/** Calls its last function argument with the error first. */
export const calledBack: Style = {
  refuse(call, error) {
    const callback = call.args.findLast((argument) => typeof argument === 'function') as Callable | undefined;
    // Without a callback the API itself would throw, for want of somewhere to report to.
    if (callback === undefined) throw error;
    callLater(callback, error);
    return undefined;
  },
  run(call, finish) {
    const index = call.args.findLastIndex((argument) => typeof argument === 'function');
    if (index < 0) return synchronous.run(call, finish);
    call.args[index] = followCallback(call.args[index] as Callable, finish);
    return guarded(call, finish);
  },
};

/** Runs the call; an error that it throws at once ends the span and goes on. */
export function guarded(call: Call, finish: Finish): unknown {
  try {
    return proceed(call);
  } catch (error) {
    finish(error);
    throw error;
  }
}

/**
 * Sees an emitter's events before its listeners do. It is no listener itself: one for `error` would change what becomes
 * of an error that nobody listens for, and one for `response` would keep Node from discarding an unread response.
 */
export function tapEvents(emitter: EventEmitter, see: (event: unknown, argument: unknown) => void): void {
  const { emit } = emitter;
  const value: Callable = function (...args) {
    see(args[0], args[1]);
    return Reflect.apply(emit, this, args);
  };
  Object.defineProperty(emitter, 'emit', { value, configurable: true, writable: true });
}

/** Calls back with an error the way that Node does: not before the call has returned. */
export function callLater(callback: Callable, ...args: unknown[]): void {
  process.nextTick(context.bind(context.active(), () => Reflect.apply(callback, undefined, args)));
}

/**
 * A callback that ends the span and then runs in the context of the caller: a driver calls back from its connection,
 * whose context is that of whoever opened it.
 */
export function followCallback(callback: Callable, finish: Finish): Callable {
  const caller = context.active();
  return function (...args) {
    finish(args[0]);
    return context.with(caller, () => Reflect.apply(callback, this, args));
  };
}

/**
 * A promise like the one given, which ends the span when it settles. It is the derived promise that the application
 * gets, so that a rejection that it does not handle stays unhandled.
 */
export function followPromise(result: unknown, finish: Finish): unknown {
  const then: unknown = (result as { then?: unknown } | null | undefined)?.then;
  if (typeof then !== 'function') {
    finish();
    return result;
  }
  const followed: unknown = Reflect.apply(then, result, [
    (value: unknown) => {
      finish();
      return value;
    },
    (error: unknown) => {
      finish(error);
      throw error;
    },
  ]);
  // `exec` and `execFile`, promisified, put the child process on their promise.
  return Object.assign(followed as object, { ...(result as object) });
}
