import { AsyncLocalStorage } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
import { type Context, type ContextManager, ROOT_CONTEXT } from '@opentelemetry/api';
import { bindEmitter } from './bind-emitter.ts';

/** OpenTelemetry's context over Node's AsyncLocalStorage. */
export class AsyncContextManager implements ContextManager {
  readonly #storage = new AsyncLocalStorage<Context>();

  active(): Context {
    return this.#storage.getStore() ?? ROOT_CONTEXT;
  }

  with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    ctx: Context,
    fn: F,
    thisArg?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    const callback = thisArg === undefined || thisArg === null ? fn : fn.bind(thisArg);
    return this.#storage.run(ctx, callback as F, ...args);
  }

  /** A function that runs in `ctx`, or an emitter whose listeners, added from now on, do. Anything else as it is. */
  bind<T>(ctx: Context, target: T): T {
    if (target instanceof EventEmitter) return bindEmitter(target, (fn) => this.#bindFunction(ctx, fn)) as T;
    return typeof target === 'function' ? this.#bindFunction(ctx, target) : target;
  }

  attach(ctx: Context): { dispose(): void } {
    const before = this.active();
    this.#storage.enterWith(ctx);
    return { dispose: () => this.#storage.enterWith(before) };
  }

  enable(): this {
    return this;
  }

  disable(): this {
    this.#storage.disable();
    return this;
  }

  #bindFunction<T>(ctx: Context, fn: T): T {
    const storage = this.#storage;
    const target = fn as (...args: unknown[]) => unknown;
    const bound = function (this: unknown, ...args: unknown[]): unknown {
      return storage.run(ctx, () => target.apply(this, args));
    };
    // Express and others tell handlers apart by their number of parameters.
    Object.defineProperty(bound, 'length', { configurable: true, value: target.length });
    return bound as T;
  }
}
