import { context } from '@opentelemetry/api';
import { ATTRIBUTE } from '@wardline/telemetry';
import type { PackageHook } from './engine/package-hook.ts';
import { type Finish, type Style, wrapSinks } from './engine/sink.ts';
import { calledBack, callLater, followCallback, followPromise, guarded, promised } from './engine/styles.ts';
import { type Callable, wrapMethod } from './engine/wrap.ts';
import { statementAddresses, statementSpan } from './request/sql.ts';

interface Client {
  database?: unknown;
  host?: unknown;
  port?: unknown;
  connection?: unknown;
}

/** A query object that runs itself: `pg.Query`, a cursor, a stream. */
interface Submittable {
  submit: Callable;
  handleError?: Callable;
  handleReadyForQuery?: Callable;
  callback?: unknown;
}

/** Reports by a callback, a promise, or through the query object, as it was called. */
const query: Style = {
  refuse(call, error) {
    const [config] = call.args;
    const callback = callbackOf(call.args);
    if (isSubmittable(config)) {
      if (callback !== undefined) config.callback ??= callback;
      const { connection } = call.self as Client;
      callLater(() => config.handleError?.(error, connection));
      return config;
    }
    if (callback === undefined) return promised.refuse(call, error);
    callLater(callback, error);
    return undefined;
  },
  run(call, finish) {
    const [config] = call.args;
    if (isSubmittable(config)) {
      followSubmittable(config, finish);
      return guarded(call, finish);
    }
    if (call.args.some((argument) => typeof argument === 'function')) return calledBack.run(call, finish);
    const callback = callbackOf(call.args);
    if (callback !== undefined) {
      // The configuration's text may be a getter of its class.
      const value = followCallback(callback, finish);
      call.args[0] = Object.create(config as object, {
        callback: { value, configurable: true, enumerable: true, writable: true },
      }) as object;
      return guarded(call, finish);
    }
    return followPromise(guarded(call, finish), finish);
  },
};

/** `pg` 8: every query, of a pool's clients too, goes through the client's `query`. */
export const pg: PackageHook = {
  name: 'pg',
  majors: [8],
  patch(exports, agent) {
    const { Client } = exports as { Client?: { prototype?: object } };
    if (Client?.prototype === undefined) return false;
    wrapSinks(agent, Client.prototype, [
      {
        method: 'query',
        style: query,
        examine: ({ args }) => statementAddresses(textOf(args[0]), 'postgresql'),
        span: ({ self, args }) => {
          const text = textOf(args[0]);
          if (text === undefined) return undefined;
          return statementSpan(text, 'postgresql', hasValues(args), clientAttributes(self as Client));
        },
      },
    ]);
    return true;
  },
};

/**
 * `pg-pool` 3 asks for a client first and calls its `query` later, from another stack: the statement is checked where
 * the application asked, so that the stack shows who did.
 */
export const pgPool: PackageHook = {
  name: 'pg-pool',
  majors: [3],
  patch(exports, agent) {
    const prototype = (exports as { prototype?: object }).prototype;
    if (prototype === undefined) return false;
    wrapSinks(agent, prototype, [
      {
        method: 'query',
        style: query,
        examine: ({ args }) => statementAddresses(textOf(args[0]), 'postgresql'),
      },
    ]);
    wrapMethod(prototype, 'connect', wrapConnect);
    return true;
  },
};

/** A request that waits for a client is called by the request that gives one back: in its own context, then. */
function wrapConnect(original: Callable): Callable {
  const wrapper: Callable = function (...args) {
    if (typeof args[0] === 'function') args[0] = context.bind(context.active(), args[0] as Callable);
    return Reflect.apply(original, this, args);
  };
  return wrapper;
}

function isSubmittable(config: unknown): config is Submittable {
  return typeof (config as Submittable | null | undefined)?.submit === 'function';
}

function textOf(config: unknown): string | undefined {
  if (typeof config === 'string') return config;
  const { text, cursor } = (config ?? {}) as { text?: unknown; cursor?: { text?: unknown } };
  if (typeof text === 'string') return text;
  // `pg-query-stream` holds a cursor, which holds the text.
  return typeof cursor?.text === 'string' ? cursor.text : undefined;
}

function hasValues(args: readonly unknown[]): boolean {
  const { values } = (args[0] ?? {}) as { values?: unknown };
  return Array.isArray(args[1]) || Array.isArray(values);
}

function callbackOf(args: readonly unknown[]): Callable | undefined {
  const given = args.findLast((argument) => typeof argument === 'function');
  const own = isSubmittable(args[0]) ? undefined : (args[0] as { callback?: unknown } | undefined)?.callback;
  return (given ?? (typeof own === 'function' ? own : undefined)) as Callable | undefined;
}

/** Ends the span where the query object learns that it is over; it has no event for that which harms nobody. */
function followSubmittable(submittable: Submittable, finish: Finish): void {
  const { handleError, handleReadyForQuery } = submittable;
  let done = false;
  const once = (error?: unknown) => {
    if (!done) finish(error);
    done = true;
  };
  submittable.handleError = function (...args) {
    once(args[0]);
    return handleError && Reflect.apply(handleError, this, args);
  };
  submittable.handleReadyForQuery = function (...args) {
    once();
    return handleReadyForQuery && Reflect.apply(handleReadyForQuery, this, args);
  };
}

function clientAttributes(client: Client) {
  return {
    ...(typeof client.database === 'string' && { [ATTRIBUTE.dbNamespace]: client.database }),
    ...(typeof client.host === 'string' && { [ATTRIBUTE.serverAddress]: client.host }),
    ...(typeof client.port === 'number' && { [ATTRIBUTE.serverPort]: client.port }),
  };
}
