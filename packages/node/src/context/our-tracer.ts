import { type Tracer, trace } from '@opentelemetry/api';

export const TRACER_NAME = '@wardline/node';

let tracer: Tracer | undefined;

/** Our tracer at the provider that is registered. On the request path, hence kept. */
export function ourTracer(): Tracer {
  tracer ??= trace.getTracer(TRACER_NAME);
  return tracer;
}
