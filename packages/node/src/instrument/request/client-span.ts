import type { Attributes } from '@opentelemetry/api';
import { ATTRIBUTE } from '@wardline/telemetry';
import type { SpanDescription } from '../engine/sink.ts';

const MAX_URL_LENGTH = 2048;

/** The span of an outgoing request (OpenTelemetry semantic conventions, HTTP client spans). */
export function clientSpan(method: unknown, url: string): SpanDescription {
  const name = typeof method === 'string' && method !== '' ? method.toUpperCase() : 'GET';
  const attributes: Attributes = { [ATTRIBUTE.httpMethod]: name };
  if (URL.canParse(url)) {
    const parsed = new URL(url);
    attributes[ATTRIBUTE.serverAddress] = parsed.hostname;
    attributes[ATTRIBUTE.serverPort] = Number(parsed.port) || (parsed.protocol === 'https:' ? 443 : 80);
    if (parsed.username !== '' || parsed.password !== '') {
      parsed.username = 'REDACTED';
      parsed.password = 'REDACTED';
    }
    attributes[ATTRIBUTE.urlFull] = parsed.href.slice(0, MAX_URL_LENGTH);
  }
  return { name, attributes };
}

/** What is known with the response. From 400 on it is an error of the client's (the semantic conventions). */
export function responseAttributes(status: unknown): Attributes {
  if (typeof status !== 'number') return {};
  const attributes: Attributes = { [ATTRIBUTE.httpStatus]: status };
  if (status >= 400) attributes[ATTRIBUTE.errorType] = String(status);
  return attributes;
}
