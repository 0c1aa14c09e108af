import { type Context, context, createContextKey } from '@opentelemetry/api';

// The key of `@opentelemetry/core`, so that OpenTelemetry's own instrumentations honour it as well as ours do.
const SUPPRESS_TRACING = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

/** Whether work in this context (default: the active one) is to be neither traced nor checked: it is the agent's own. */
export function isTracingSuppressed(ctx: Context = context.active()): boolean {
  return ctx.getValue(SUPPRESS_TRACING) === true;
}

/** A context derived from `ctx` in which nothing is traced or checked. */
export function suppressTracing(ctx: Context): Context {
  return ctx.setValue(SUPPRESS_TRACING, true);
}
