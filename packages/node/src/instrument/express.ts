import type { IncomingMessage, ServerResponse } from 'node:http';
import { type RequestState, requestOf } from '../context/request.ts';
import { swallow } from '../guard/faults.ts';
import type { Agent } from '../init/agent.ts';
import type { PackageHook } from './engine/package-hook.ts';
import { type Callable, wrapMethod } from './engine/wrap.ts';
import { setRoute } from './request/entry-span.ts';
import { admitInputs, type ParsedInputs } from './request/inputs.ts';

/** One entry of a router's stack: a middleware, a mounted router or a route. */
interface Layer {
  /** Of a route's entry. */
  route?: { path?: unknown };
  /** The part of the URL that it matched, in Express 4. */
  path?: string;
  [TEMPLATE]?: string;
}

type Next = (error?: unknown) => void;

interface ExpressRequest extends IncomingMessage {
  baseUrl?: string;
  query?: unknown;
  params?: unknown;
  body?: unknown;
  cookies?: unknown;
  app?: { get?(setting: string): unknown };
}

interface RouterLike {
  (...args: unknown[]): unknown;
  use(...handlers: unknown[]): unknown;
  stack: Layer[];
}

/** Where `use(path, …)` leaves the path as it was written. */
const TEMPLATE = Symbol('wardline.template');

/** Express 4 has its own router, Express 5 takes the package `router`; both have the same shape. */
export const express: PackageHook = {
  name: 'express',
  majors: [4, 5],
  patch: (exports, agent) => patchRouter((exports as { Router?: unknown }).Router, agent),
};

export const router: PackageHook = {
  name: 'router',
  majors: [1, 2],
  patch: (exports, agent) => patchRouter(exports, agent),
};

function patchRouter(Router: unknown, agent: Agent): boolean {
  if (typeof Router !== 'function') return false;
  // Layers are not exported; a router that holds one is the way to their prototype in every version.
  const probe = (Router as () => RouterLike)();
  if (typeof probe?.use !== 'function') return false;
  probe.use(() => {});
  const layer: unknown = probe.stack?.[0];
  if (typeof layer !== 'object' || layer === null) return false;
  const layerPrototype = Object.getPrototypeOf(layer) as object;

  for (const method of ['handle_request', 'handleRequest']) {
    wrapMethod(layerPrototype, method, (original) => wrapHandleRequest(agent, original));
  }
  for (const [method, wrap] of [
    ['use', wrapUse],
    ['param', wrapParam],
  ] as const) {
    wrapMethod(holderOf(probe, method), method, wrap);
  }
  return true;
}

/** The object in the prototype chain that has the method itself: a router has, in version 2, one more before it. */
function holderOf(router: object, method: string): object {
  let holder = router;
  while (!Object.hasOwn(holder, method)) {
    const next: unknown = Object.getPrototypeOf(holder);
    if (typeof next !== 'object' && typeof next !== 'function') break;
    if (next === null) break;
    holder = next;
  }
  return holder;
}

/**
 * Before each layer runs, what the layers before it have parsed is given to the WAF: so a body, or a path parameter, is
 * seen before the first handler that can use it. On the request path.
 */
function wrapHandleRequest(agent: Agent, original: Callable): Callable {
  const wrapper: Callable = function (...args) {
    const [request, response, next] = args as [ExpressRequest, ServerResponse, Next];
    const state = requestOf(request);
    if (state === undefined) return Reflect.apply(original, this, args);
    let admitted = true;
    try {
      admitted = enter(state, this as Layer, request);
    } catch (error) {
      swallow(agent, 'instrument.express', error);
    }
    if (!admitted) return undefined;
    return Reflect.apply(original, this, [request, response, stopAfterBlock(state, next)]);
  };
  return wrapper;
}

/**
 * After a block nothing more of the chain runs: not the next handler, nor the final one, which would cut the connection
 * before the client has read its answer.
 */
function stopAfterBlock(state: RequestState, next: Next): Next {
  return (error) => {
    if (state.phase === 'open') next(error);
  };
}

function enter(state: RequestState, layer: Layer, request: ExpressRequest): boolean {
  if (layer.route !== undefined) {
    // The route's own layers, inside, have no route; this is the outer one, once a route.
    if (layer.route.path !== undefined) {
      setRoute(state.span, request, joinRoute(mountOf(state, request.baseUrl ?? ''), layer.route.path));
    }
  } else if (layer[TEMPLATE] !== undefined && request.baseUrl) {
    noteMount(state, request.baseUrl, layer[TEMPLATE], layer.path);
  }
  return admitInputs(state, parsedBy(request));
}

function parsedBy(request: ExpressRequest): ParsedInputs {
  const { params, body, cookies } = request;
  const inputs: ParsedInputs = { params, body, cookies };
  if (hasOwnQueryParser(request)) inputs.query = request.query;
  return inputs;
}

/** Only a parser of the application's own can see in a query what ours has not; Express 5 parses at each access. */
function hasOwnQueryParser({ app }: ExpressRequest): boolean {
  if (app === undefined) return false;
  let own = ownQueryParsers.get(app);
  if (own === undefined) {
    own = typeof app.get?.('query parser') === 'function';
    ownQueryParsers.set(app, own);
  }
  return own;
}

/** By application, which sets its parser before it serves. */
const ownQueryParsers = new WeakMap<object, boolean>();

function mountOf(state: RequestState, baseUrl: string): string {
  return state.mounts?.[baseUrl] ?? baseUrl;
}

/**
 * By the time that a mounted router runs, the part that it matched is the end of `baseUrl`. Version 2 of the router does
 * not say which part; it is as many segments as the template has.
 */
function noteMount(
  state: RequestState,
  baseUrl: string,
  template: string,
  matched: string | undefined,
): void {
  const parent =
    matched === undefined
      ? withoutSegments(baseUrl, template.split('/').filter(Boolean).length)
      : baseUrl.slice(0, -matched.length || undefined);
  state.mounts ??= Object.create(null) as Record<string, string>;
  state.mounts[baseUrl] = joinRoute(mountOf(state, parent), template);
}

function withoutSegments(path: string, count: number): string {
  let end = path.length;
  for (let i = 0; i < count && end > 0; i++) end = path.lastIndexOf('/', end - 1);
  return path.slice(0, Math.max(end, 0));
}

function joinRoute(mount: string, path: unknown): string {
  const text = templateOf(path);
  if (mount === '') return text;
  if (text === '/' || text === '') return mount;
  return mount.endsWith('/') && text.startsWith('/') ? mount + text.slice(1) : mount + text;
}

function templateOf(path: unknown): string {
  return Array.isArray(path) ? path.map(templateOf).join('|') : String(path);
}

/** Keeps the path of `use(path, …)` on the layers that the call adds. */
function wrapUse(original: Callable): Callable {
  const wrapper: Callable = function (...args) {
    const self = this as RouterLike;
    const before = self.stack?.length ?? 0;
    const result = Reflect.apply(original, this, args);
    if (isPath(args[0])) {
      for (const layer of self.stack?.slice(before) ?? []) layer[TEMPLATE] = templateOf(args[0]);
    }
    return result;
  };
  return wrapper;
}

function isPath(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every(isPath);
  return typeof value === 'string' || value instanceof RegExp;
}

/** A parameter's callback runs before the layer that it belongs to, commonly with a query. */
function wrapParam(original: Callable): Callable {
  const wrapper: Callable = function (...args) {
    const callback: unknown = args[1];
    if (typeof callback !== 'function') return Reflect.apply(original, this, args);
    const checked: Callable = function (...parameters) {
      const [request, response, next, ...others] = parameters as [ExpressRequest, ServerResponse, Next];
      const state = requestOf(request);
      if (state === undefined) return Reflect.apply(callback, this, parameters);
      if (!admitParams(state, request)) return undefined;
      const handler = () =>
        Reflect.apply(callback, this, [request, response, stopAfterBlock(state, next), ...others]);
      return endWithBlock(state, handler);
    };
    return Reflect.apply(original, this, [args[0], checked, ...args.slice(2)]);
  };
  return wrapper;
}

function admitParams(state: RequestState, request: ExpressRequest): boolean {
  try {
    return admitInputs(state, { params: request.params });
  } catch (error) {
    swallow(state.agent, 'instrument.express', error);
    return true;
  }
}

/** Runs a handler whose error the router would catch itself; after a block there is nothing to be done about it. */
function endWithBlock(state: RequestState, handler: () => unknown): unknown {
  const rethrow = (error: unknown) => {
    if (state.phase === 'open') throw error;
  };
  try {
    const result = handler();
    return result instanceof Promise ? result.catch(rethrow) : result;
  } catch (error) {
    return rethrow(error);
  }
}
