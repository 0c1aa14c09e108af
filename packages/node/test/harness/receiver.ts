import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import {
  ATTRIBUTE,
  decodeTraces,
  encodeTracesResponse,
  SPAN_KIND,
  type SpanRecord,
  type StackTrace,
} from '@wardline/telemetry';
import type { WafEvent } from '@wardline/waf';

const DEADLINE_MS = 10_000;

export interface Receiver {
  url: string;
  /** Spans so far, in the order of their arrival. */
  readonly spans: SpanRecord[];
  /** The trace, once its entry span is there; spans of a trace that end before it are there by then. */
  trace(traceId: string): Promise<Trace>;
  close(): Promise<void>;
}

export interface Trace {
  entry: SpanRecord;
  spans: SpanRecord[];
  events: WafEvent[];
  stacks: StackTrace[];
}

/** An OTLP receiver that keeps what the agent sends. */
export async function startReceiver(): Promise<Receiver> {
  const spans: SpanRecord[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url !== '/v1/traces') {
        response.writeHead(404).end();
        return;
      }
      const body = Buffer.concat(chunks);
      const bytes = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
      for (const batch of decodeTraces(bytes)) spans.push(...batch.spans);
      response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end(encodeTracesResponse());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    async trace(traceId) {
      const deadline = Date.now() + DEADLINE_MS;
      while (Date.now() < deadline) {
        const entry = spans.find((span) => span.traceId === traceId && span.kind === SPAN_KIND.server);
        if (entry !== undefined) return traceOf(entry, spans);
        await sleep(20);
      }
      throw new Error(`no server span of trace ${traceId} came within ${DEADLINE_MS} ms`);
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function traceOf(entry: SpanRecord, spans: readonly SpanRecord[]): Trace {
  const triggers = entry.attributes[ATTRIBUTE.appsecTriggers];
  const stack = entry.attributes[ATTRIBUTE.appsecStack];
  return {
    entry,
    spans: spans.filter((span) => span.traceId === entry.traceId),
    events: typeof triggers === 'string' ? JSON.parse(triggers).triggers : [],
    stacks: typeof stack === 'string' ? JSON.parse(stack) : [],
  };
}
