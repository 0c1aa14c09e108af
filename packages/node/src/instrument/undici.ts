import { subscribe } from 'node:diagnostics_channel';
import { type Attributes, type Context, context, propagation } from '@opentelemetry/api';
import { currentRequest } from '../context/request.ts';
import { stopSink } from '../guard/block-response.ts';
import { checkSink } from '../guard/check.ts';
import { swallow } from '../guard/faults.ts';
import type { Agent } from '../init/agent.ts';
import { isTracingSuppressed } from '../tracer/suppress.ts';
import type { PackageHook } from './engine/package-hook.ts';
import { type Finish, type Sink, type Style, wrapSinks } from './engine/sink.ts';
import { calledBack, followCallback, guarded, promised } from './engine/styles.ts';
import type { Callable } from './engine/wrap.ts';
import { clientSpan, responseAttributes } from './request/client-span.ts';

interface Target {
  url?: unknown;
  href?: unknown;
  origin?: unknown;
  path?: unknown;
  pathname?: unknown;
  search?: unknown;
  method?: unknown;
}

/** Resolves to a response, and rejects. */
const responding: Style = {
  refuse: promised.refuse,
  run(call, finish) {
    const result = guarded(call, finish);
    if (!(result instanceof Promise)) {
      finish();
      return result;
    }
    return result.then(
      (response: unknown) => {
        finish(undefined, statusOf(response));
        return response;
      },
      (error: unknown) => {
        finish(error);
        throw error;
      },
    );
  },
};

/** As `responding`, or with a callback as the last argument. */
const respondingOrCalledBack: Style = {
  refuse(call, error) {
    return typeof call.args.at(-1) === 'function'
      ? calledBack.refuse(call, error)
      : promised.refuse(call, error);
  },
  run(call, finish) {
    const callback = call.args.at(-1);
    if (typeof callback !== 'function') return responding.run(call, finish);
    call.args[call.args.length - 1] = followResponse(callback as Callable, finish);
    return guarded(call, finish);
  },
};

function followResponse(callback: Callable, finish: Finish): Callable {
  let attributes: Attributes = {};
  const followed = followCallback(callback, (error) => finish(error, attributes));
  return function (...args) {
    attributes = statusOf(args[1]);
    return Reflect.apply(followed, this, args);
  };
}

const requests = (method: string, style: Style): Sink => ({
  method,
  style,
  examine: ({ args }) => {
    const url = urlOf(args[0]);
    return url === undefined ? [] : [{ 'server.io.net.url': url }];
  },
  span: ({ args }) => {
    const url = urlOf(args[0]);
    return url === undefined ? undefined : clientSpan(methodOf(args), url);
  },
});

/** The global `fetch`. Node makes it when it is first asked for, hence the property and not the function is there. */
export function hookFetch(agent: Agent): void {
  wrapSinks(agent, globalThis, [requests('fetch', responding)]);
  subscribe('undici:request:create', (message) => {
    try {
      const { request } = message as { request: CreatedRequest };
      if (admitHop(request)) injectTraceContext(request);
    } catch (error) {
      swallow(agent, 'instrument.undici', error);
    }
  });
}

/** npm's `undici`; one client's or pool's own `request` goes through the dispatcher. */
export const undici: PackageHook = {
  name: 'undici',
  majors: [5, 6, 7, 8],
  patch(exports, agent) {
    const { request, Dispatcher } = exports as { request?: unknown; Dispatcher?: { prototype?: object } };
    if (typeof request !== 'function') return false;
    wrapSinks(agent, exports as object, [
      requests('fetch', responding),
      requests('request', respondingOrCalledBack),
      requests('stream', responding),
    ]);
    if (Dispatcher?.prototype !== undefined) {
      wrapSinks(agent, Dispatcher.prototype, [requests('request', respondingOrCalledBack)]);
    }
    return true;
  },
};

/** A request as undici announces it, of `fetch` and of each of its own functions, once for each hop of a redirect. */
interface CreatedRequest {
  headers?: unknown;
  onQueuedAbort?(error: Error): unknown;
  onResponseError?(error: Error): unknown;
  onError?(error: Error): unknown;
  addHeader?(name: string, value: string): unknown;
}

/** Contexts of calls that have made their first request. */
const begun = new WeakSet<Context>();

/**
 * The first request of a call is what its sink has looked at; another one follows a redirect, which may lead where the
 * sink would not have let it. Returns false where it was stopped: it fails before it is sent.
 */
function admitHop(request: CreatedRequest): boolean {
  const active = context.active();
  const state = currentRequest(active);
  if (state === undefined || isTracingSuppressed(active)) return true;
  if (!begun.has(active)) {
    begun.add(active);
    return true;
  }
  const url = urlOf(request);
  const verdict = url === undefined ? undefined : checkSink(state, { 'server.io.net.url': url });
  if (verdict?.block === undefined) return true;
  const error = stopSink(state, verdict.block);
  // As undici fails a request that it has not sent; the name differs by version, the newest first.
  const fail = request.onQueuedAbort ?? request.onResponseError ?? request.onError;
  fail?.call(request, error);
  return false;
}

function injectTraceContext(request: CreatedRequest): void {
  const active = context.active();
  if (typeof request.addHeader !== 'function' || isTracingSuppressed(active)) return;
  const { headers } = request;
  if (hasTraceparent(headers)) return;
  propagation.inject(active, request, {
    set: (carrier, name, value) => {
      carrier.addHeader?.(name, value);
    },
  });
}

/** Headers are a flat list of names and values, or, before version 6, one text. */
function hasTraceparent(headers: unknown): boolean {
  if (typeof headers === 'string') return /^traceparent:/im.test(headers);
  return Array.isArray(headers) && headers.some((name) => String(name).toLowerCase() === 'traceparent');
}

function urlOf(target: unknown): string | undefined {
  if (typeof target === 'string') return target;
  if (typeof target !== 'object' || target === null) return undefined;
  const { href, url, origin, path, pathname, search } = target as Target;
  if (typeof href === 'string') return href;
  if (typeof url === 'string') return url;
  if (origin === undefined || origin === null) return undefined;
  const tail = typeof path === 'string' ? path : `${String(pathname ?? '/')}${String(search ?? '')}`;
  return String(origin) + tail;
}

function methodOf(args: readonly unknown[]): unknown {
  const options = args[1] as Target | undefined;
  return options?.method ?? (args[0] as Target | undefined)?.method;
}

function statusOf(response: unknown): Attributes {
  const { status, statusCode } = (response ?? {}) as { status?: unknown; statusCode?: unknown };
  return responseAttributes(statusCode ?? status);
}
