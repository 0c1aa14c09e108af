import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { urlToHttpOptions } from 'node:url';
import { type Attributes, context, propagation } from '@opentelemetry/api';
import type { Addresses } from '../guard/check.ts';
import type { Agent } from '../init/agent.ts';
import { type Call, type Sink, type Style, wrapSinks } from './engine/sink.ts';
import { guarded, tapEvents } from './engine/styles.ts';
import { clientSpan, responseAttributes } from './request/client-span.ts';

interface RequestOptions {
  protocol?: unknown;
  hostname?: unknown;
  host?: unknown;
  port?: unknown;
  path?: unknown;
  method?: unknown;
  headers?: unknown;
}

/** An agent of Node's kind that gives no request a socket, so that none ever connects. */
const nowhere = (protocol: string) => ({
  protocol,
  defaultPort: protocol === 'https:' ? 443 : 80,
  addRequest() {},
});

/** Returns a request, which emits its error and its response. */
const emitting = (protocol: 'http:' | 'https:'): Style => ({
  refuse(call, error) {
    const options = { protocol, agent: nowhere(protocol), host: '127.0.0.1' };
    const request = Reflect.apply(call.original, call.self, [options]) as ClientRequest & {
      onSocket(socket: null, error: Error): void;
    };
    // What Node's own agent does where it cannot connect.
    request.onSocket(null, error);
    return request;
  },
  run(call, finish) {
    const { args } = call;
    try {
      injectTraceContext(call);
    } catch {
      // Getters of the application's, which Node will read as well and report.
      call.args = args;
    }
    const request = guarded(call, finish) as ClientRequest;
    let attributes: Attributes = {};
    let failure: unknown;
    let done = false;
    tapEvents(request, (event, argument) => {
      if (event === 'response' || event === 'upgrade') {
        attributes = responseAttributes((argument as IncomingMessage).statusCode);
      } else if (event === 'error') {
        failure = argument;
      } else if (event === 'close' && !done) {
        done = true;
        finish(failure, attributes);
      }
    });
    return request;
  },
});

/** `node:http` and `node:https`: the URL is checked before anything connects, and the trace goes along. */
export function hookHttpClient(agent: Agent): void {
  for (const [module, protocol] of [
    [http, 'http:'],
    [https, 'https:'],
  ] as const) {
    const sink = (method: string): Sink => ({
      method,
      style: emitting(protocol),
      examine: ({ args }): Addresses[] => [{ 'server.io.net.url': urlOf(args, protocol) }],
      span: ({ args }) => clientSpan(optionsOf(args).method, urlOf(args, protocol)),
    });
    wrapSinks(agent, module, [sink('request'), sink('get')]);
  }
}

/** Options that lead a request elsewhere than the URL before them says. */
const REROUTING = ['protocol', 'hostname', 'host', 'port', 'path'] as const;

/** The URL as the application gave it, or as Node makes it of the options. */
function urlOf(args: readonly unknown[], protocol: string): string {
  const [target] = args;
  const given = typeof target === 'string' ? target : isUrl(target) ? target.href : undefined;
  const overrides = optionsOf(args);
  if (given === undefined) return urlOfOptions(overrides, protocol);
  if (!REROUTING.some((name) => text(overrides[name]) !== undefined) || !URL.canParse(given)) return given;
  return urlOfOptions({ ...urlToHttpOptions(new URL(given)), ...overrides }, protocol);
}

function urlOfOptions(options: RequestOptions, protocol: string): string {
  const host = text(options.hostname) ?? text(options.host) ?? 'localhost';
  const authority = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  const port = text(options.port);
  return `${text(options.protocol) ?? protocol}//${authority}${port === undefined ? '' : `:${port}`}${text(options.path) ?? '/'}`;
}

function optionsOf(args: readonly unknown[]): RequestOptions {
  const options = args[optionsIndex(args)];
  return typeof options === 'object' && options !== null ? options : {};
}

function optionsIndex(args: readonly unknown[]): number {
  return typeof args[0] === 'string' || isUrl(args[0]) ? 1 : 0;
}

/** Node takes for a URL what looks like one, of whichever class: its properties are getters, which no copy has. */
function isUrl(value: unknown): value is { href: string } {
  const { href, protocol, auth, path } = (value ?? {}) as Record<string, unknown>;
  return typeof href === 'string' && Boolean(href && protocol) && auth === undefined && path === undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** Adds the trace's headers to the options: once `get` has returned, they are on their way. */
function injectTraceContext(call: Call): void {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  const entries = Object.entries(carrier);
  const options = optionsOf(call.args);
  if (entries.length === 0 || namesTrace(options.headers)) return;
  const injected = { ...options, headers: withHeaders(options.headers, entries) };
  const index = optionsIndex(call.args);
  // Node looks for the callback after options that are `undefined`, too.
  const isThere = index < call.args.length && typeof call.args[index] !== 'function';
  call.args = call.args.toSpliced(index, isThere ? 1 : 0, injected);
}

/** Node takes headers as an object, as a flat list of names and values, or as a list of pairs. */
function withHeaders(headers: unknown, entries: [string, string][]): unknown {
  if (!Array.isArray(headers)) return { ...(headers as object | undefined), ...Object.fromEntries(entries) };
  return Array.isArray(headers[0]) ? [...headers, ...entries] : [...headers, ...entries.flat()];
}

function namesTrace(headers: unknown): boolean {
  if (typeof headers !== 'object' || headers === null) return false;
  const names: unknown[] = Array.isArray(headers) ? headers.flat() : Object.keys(headers);
  return names.some((name) => typeof name === 'string' && name.toLowerCase() === 'traceparent');
}
