import type { IncomingMessage } from 'node:http';
import {
  type Attributes,
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type TextMapGetter,
  trace,
} from '@opentelemetry/api';
import { ATTRIBUTE } from '@wardline/telemetry';
import { ourTracer } from '../../context/our-tracer.ts';

/** Methods that may stand in a span's name (OpenTelemetry semantic conventions, HTTP spans). */
const METHODS = new Set([
  'CONNECT',
  'DELETE',
  'GET',
  'HEAD',
  'OPTIONS',
  'PATCH',
  'POST',
  'PUT',
  'QUERY',
  'TRACE',
]);

const HEADERS: TextMapGetter<IncomingMessage['headers']> = {
  get: (headers, name) => headers[name],
  keys: (headers) => Object.keys(headers),
};

export interface Entry {
  span: Span;
  ownsSpan: boolean;
  /** With the span active. */
  context: Context;
}

/**
 * The service-entry span of a request: a new one under the trace that its headers name; or, where another
 * OpenTelemetry instrumentation has just begun one for the same request, that one. On the request path.
 */
export function startEntrySpan(request: IncomingMessage, clientIp: string): Entry {
  const active = context.active();
  const foreign = trace.getSpan(active) as (Span & { kind?: unknown }) | undefined;
  if (foreign?.kind === SpanKind.SERVER && foreign.isRecording()) {
    return { span: foreign, ownsSpan: false, context: active };
  }
  const parent = propagation.extract(ROOT_CONTEXT, request.headers, HEADERS);
  const attributes = requestAttributes(request, clientIp);
  const span = ourTracer().startSpan(spanName(request), { kind: SpanKind.SERVER, attributes }, parent);
  return { span, ownsSpan: true, context: trace.setSpan(parent, span) };
}

/** Sets the route's template, which also names the span. */
export function setRoute(span: Span, request: IncomingMessage, route: string): void {
  span.setAttribute(ATTRIBUTE.httpRoute, route);
  span.updateName(`${spanName(request)} ${route}`);
}

/**
 * Ends the span with the status that the client was answered; `undefined` where it went away before. `time` is a reading
 * of `performance.now()`, by default the present.
 */
export function endEntrySpan(span: Span, status: number | undefined, time?: number): void {
  if (status === undefined) {
    span.setAttribute(ATTRIBUTE.errorType, 'aborted');
  } else {
    span.setAttribute(ATTRIBUTE.httpStatus, status);
    if (status >= 500) {
      span.setAttribute(ATTRIBUTE.errorType, String(status));
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
  }
  span.end(time);
}

function spanName(request: IncomingMessage): string {
  const { method = '' } = request;
  return METHODS.has(method) ? method : 'HTTP';
}

function requestAttributes(request: IncomingMessage, clientIp: string): Attributes {
  const { headers, socket, url = '' } = request;
  const mark = url.indexOf('?');
  const attributes: Attributes = {
    [ATTRIBUTE.httpMethod]: request.method ?? '',
    [ATTRIBUTE.urlScheme]: 'encrypted' in socket ? 'https' : 'http',
    [ATTRIBUTE.urlPath]: mark < 0 ? url : url.slice(0, mark),
  };
  if (mark >= 0) attributes[ATTRIBUTE.urlQuery] = url.slice(mark + 1);
  if (headers['user-agent'] !== undefined) attributes[ATTRIBUTE.userAgent] = headers['user-agent'];
  if (clientIp !== '') attributes[ATTRIBUTE.clientAddress] = clientIp;
  if (socket.remoteAddress !== undefined) attributes[ATTRIBUTE.peerAddress] = socket.remoteAddress;
  addServerAddress(attributes, headers.host);
  return attributes;
}

function addServerAddress(attributes: Attributes, host: string | undefined): void {
  if (host === undefined) return;
  const colon = host.lastIndexOf(':');
  const port = colon > host.lastIndexOf(']') ? Number(host.slice(colon + 1)) : Number.NaN;
  if (!Number.isInteger(port)) {
    attributes[ATTRIBUTE.serverAddress] = host;
    return;
  }
  attributes[ATTRIBUTE.serverAddress] = host.slice(0, colon);
  attributes[ATTRIBUTE.serverPort] = port;
}
