import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ApiError } from '../../http/api-error.ts';
import { validate } from '../../http/validate.ts';
import type { Store } from '../../store/store.ts';
import { type SpanRow, toApmSpan } from './span-row.ts';
import { parseTraceId } from './trace-id.ts';

const SPANS = readFileSync(new URL('./spans.sql', import.meta.url), 'utf8');
const FIND_BY_SUFFIX = readFileSync(new URL('./find-by-suffix.sql', import.meta.url), 'utf8');

export const MAX_SPANS = 10_000;

const parameters = z.object({ id: z.string() });

/** `GET /api/v2/trace/{id}`: all spans of a trace, the first 10,000 by start. */
export function registerTrace(app: FastifyInstance, store: Store): void {
  app.get('/api/v2/trace/:id', async (request, reply) => {
    const { id } = validate(parameters, request.params);
    const candidates = parseTraceId(id);
    if (!candidates) {
      throw new ApiError(400, 'Invalid trace id: expected 32 hex digits, 16 hex digits, or a decimal number');
    }
    let rows = await spansOf(store, candidates.whole);
    if (rows.length === 0 && candidates.lowerHalves.length > 0) {
      const found = await store.query<{ trace_id: string }>(FIND_BY_SUFFIX, {
        suffixes: candidates.lowerHalves,
      });
      if (found[0]) rows = await spansOf(store, [found[0].trace_id]);
    }
    const first = rows[0];
    if (!first) throw new ApiError(404, 'Trace not found');
    const spans = rows.slice(0, MAX_SPANS).map(toApmSpan);
    const attributes = { is_truncated: rows.length > MAX_SPANS, spans };
    const answer = { data: { type: 'trace', id: first.trace_id, attributes } };
    return reply.type('application/json; charset=utf-8').send(JSON.stringify(answer));
  });
}

function spansOf(store: Store, traceIds: string[]): Promise<SpanRow[]> {
  return store.query<SpanRow>(SPANS, { trace_ids: traceIds, limit: MAX_SPANS + 1 });
}
