import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { decodeTraces, REMOTE_CONFIG_PATH, type SpanBatch, type SpanRecord } from '@wardline/telemetry';

export interface TraceRequest {
  /** Milliseconds since the epoch. */
  time: number;
  headers: IncomingMessage['headers'];
  batches: SpanBatch[];
}

export type Answer = { status: number; headers?: Record<string, string>; body?: string };

export interface Platform {
  readonly url: string;
  readonly requests: TraceRequest[];
  readonly configRequests: URL[];
  spans(): SpanRecord[];
  /** Resolves with all spans as soon as `condition` holds for them, and rejects after 10 s. */
  until(condition: (spans: SpanRecord[]) => boolean): Promise<SpanRecord[]>;
  close(): void;
}

export interface Behaviour {
  /** To the nth request for traces, from 0; 200 by default, and none for undefined. */
  traces?: (n: number) => Answer | undefined;
  /** To the nth request for configuration; held open by default. */
  config?: (n: number, url: URL) => Answer | undefined;
}

/** A small platform: takes traces by OTLP and answers requests for remote config, as it is told to. */
export async function startPlatform(behaviour: Behaviour = {}): Promise<Platform> {
  const requests: TraceRequest[] = [];
  const configRequests: URL[] = [];
  const changed = new Set<() => void>();
  let traceRequests = 0;

  const answer = (response: ServerResponse, { status, headers, body }: Answer) =>
    response.writeHead(status, headers).end(body);

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://platform');
    const body = Buffer.concat(await request.toArray());
    if (url.pathname === REMOTE_CONFIG_PATH) {
      const result = behaviour.config?.(configRequests.push(url) - 1, url);
      if (result !== undefined) answer(response, result);
      return;
    }
    if (url.pathname !== '/v1/traces') {
      answer(response, { status: 404 });
      return;
    }
    const result = behaviour.traces === undefined ? { status: 200 } : behaviour.traces(traceRequests++);
    if (result === undefined) return;
    if (result.status === 200) {
      const bytes = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
      requests.push({ time: Date.now(), headers: request.headers, batches: decodeTraces(bytes) });
    }
    answer(response, result);
    for (const notify of changed) notify();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  // A test that fails before it closes the platform must not keep its file from ending.
  server.unref();

  const spans = () => requests.flatMap(({ batches }) => batches.flatMap((batch) => batch.spans));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    configRequests,
    spans,
    until: (condition) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!condition(spans())) return;
          clearTimeout(timer);
          changed.delete(look);
          resolve(spans());
        };
        const timer = setTimeout(() => {
          changed.delete(look);
          const names = spans().map(({ name }) => name);
          reject(new Error(`the spans that were waited for did not come; there are: ${names.join(', ')}`));
        }, 10_000);
        changed.add(look);
        look();
      }),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
