import type { Context, TextMapGetter, TextMapPropagator, TextMapSetter } from '@opentelemetry/api';
import { BaggagePropagator } from './baggage.ts';
import { TraceContextPropagator } from './trace-context.ts';

/** W3C Trace Context and W3C Baggage, the propagators that OpenTelemetry specifies as the default. */
export class W3CPropagator implements TextMapPropagator {
  readonly #propagators = [new TraceContextPropagator(), new BaggagePropagator()] as const;

  inject(ctx: Context, carrier: unknown, setter: TextMapSetter): void {
    for (const propagator of this.#propagators) propagator.inject(ctx, carrier, setter);
  }

  extract(ctx: Context, carrier: unknown, getter: TextMapGetter): Context {
    return this.#propagators.reduce((result, propagator) => propagator.extract(result, carrier, getter), ctx);
  }

  fields(): string[] {
    return this.#propagators.flatMap((propagator) => propagator.fields());
  }
}
