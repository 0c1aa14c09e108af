/**
 * Sends OTLP protobuf over keep-alive connections, each one request after the other, from a process of its own. It is
 * forked with `Load` as its argument, says that it is ready, starts when it is told to, and reports `Sent`. The last
 * trace that was acknowledged must be in the API before it ends.
 */
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { encodeTraces } from '@wardline/telemetry';
import { spanBatch } from './spans.ts';

export interface Load {
  url: string;
  headers: Record<string, string>;
  connections: number;
  spansPerRequest: number;
  seconds: number;
}

export interface Sent {
  /** Spans that were answered 200. */
  spans: number;
  /** Requests that were not. */
  refused: number;
  /** From the first request until all that was acknowledged can be queried. */
  seconds: number;
  /** Times of a request in milliseconds, sorted. */
  times: number[];
}

const DISTINCT_REQUESTS = 64;

const load = JSON.parse(process.argv[2]!) as Load;
const agent = new Agent({ keepAlive: true, maxSockets: load.connections });

function call(method: string, path: string, body?: Uint8Array): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { ...load.headers, ...(body && { 'content-type': 'application/x-protobuf' }) };
    const sent = request(`${load.url}${path}`, { method, agent, headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode!));
    });
    sent.on('error', reject).end(body);
  });
}

const requests = Array.from({ length: DISTINCT_REQUESTS }, () => {
  const batch = spanBatch(load.spansPerRequest);
  return { body: encodeTraces(batch), traceId: batch.spans[0]!.traceId };
});
process.send?.('ready');
await once(process, 'message');

const sent: Sent = { spans: 0, refused: 0, seconds: 0, times: [] };
const start = performance.now();
let next = 0;
let last = '';
const connection = async (): Promise<void> => {
  while (performance.now() - start < 1_000 * load.seconds) {
    const { body, traceId } = requests[next++ % DISTINCT_REQUESTS]!;
    const began = performance.now();
    if ((await call('POST', '/v1/traces', body)) === 200) {
      sent.spans += load.spansPerRequest;
      last = traceId;
    } else {
      sent.refused++;
    }
    sent.times.push(performance.now() - began);
  }
};
await Promise.all(Array.from({ length: load.connections }, connection));
if ((await call('GET', `/api/v2/trace/${last}`)) !== 200) throw new Error(`trace ${last} is not in the API`);
sent.seconds = (performance.now() - start) / 1_000;
sent.times.sort((a, b) => a - b);
agent.destroy();
process.send?.(sent, () => process.exit());
