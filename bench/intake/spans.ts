import { randomBytes } from 'node:crypto';
import type { SpanBatch, SpanRecord } from '@wardline/telemetry';

const SPANS_PER_TRACE = 8;

const RESOURCE = {
  'service.name': 'shop',
  'service.version': '1.2.3',
  'deployment.environment.name': 'production',
  'host.name': 'node-1',
  'telemetry.sdk.language': 'nodejs',
  'telemetry.sdk.name': 'opentelemetry',
  'telemetry.sdk.version': '2.0.0',
  'process.pid': 4242,
};

/** Spans as a web service with a database sends them: every fourth is a request, the others are what it called. */
export function spanBatch(count: number): SpanBatch {
  let traceId = '';
  const spans = Array.from({ length: count }, (_, i) => {
    if (i % SPANS_PER_TRACE === 0) traceId = randomBytes(16).toString('hex');
    return span(i, traceId);
  });
  return {
    resource: RESOURCE,
    scope: { name: '@opentelemetry/instrumentation-http', version: '0.200.0' },
    spans,
  };
}

function span(i: number, traceId: string): SpanRecord {
  const startTime = BigInt(Date.now()) * 1_000_000n - BigInt(i) * 12_345n;
  const isRequest = i % 4 === 0;
  return {
    traceId,
    spanId: randomBytes(8).toString('hex'),
    parentSpanId: isRequest ? '' : randomBytes(8).toString('hex'),
    traceState: '',
    name: isRequest ? 'GET /orders/:id' : ['SELECT shop.orders', 'GET', 'redis-GET'][i % 3]!,
    kind: isRequest ? 2 : 3,
    startTime,
    endTime: startTime + BigInt(1_000 * (1 + ((i * 7919) % 50_000))),
    attributes: isRequest ? requestAttributes(i) : queryAttributes(i),
    events: [],
    status: { code: 0, message: '' },
  };
}

const requestAttributes = (i: number): SpanRecord['attributes'] => ({
  'http.request.method': 'GET',
  'url.path': `/orders/${(i * 7919) % 100_000}`,
  'url.scheme': 'http',
  'http.route': '/orders/:id',
  'http.response.status_code': 200,
  'client.address': `192.0.2.${i % 250}`,
  'user_agent.original': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36',
  'server.address': 'shop.example.com',
  'network.protocol.version': '1.1',
});

const queryAttributes = (i: number): SpanRecord['attributes'] => ({
  'db.system.name': 'postgresql',
  'db.namespace': 'shop',
  'db.query.text': 'SELECT id, total FROM orders WHERE id = $1 AND customer = $2',
  'server.address': 'db.internal',
  'server.port': 5432,
  'db.operation.name': 'SELECT',
  'thread.id': i % 8,
});
