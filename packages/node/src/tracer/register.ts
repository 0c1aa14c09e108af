import { context, ProxyTracerProvider, propagation, type TracerProvider, trace } from '@opentelemetry/api';
import { AsyncContextManager } from './context-manager.ts';
import { W3CPropagator } from './propagator.ts';

/** Where OpenTelemetry's API keeps what is registered, shared by all copies of it in a process. */
const API_GLOBAL = Symbol.for('opentelemetry.js.api.1');

export interface Registration {
  /** Whether spans go to our provider; otherwise to the one that the application had registered before. */
  readonly ours: boolean;
}

/**
 * Registers the provider with OpenTelemetry's API, unless the application has registered one, and a context manager and
 * a propagator where there is none yet. When the application comes with its own provider later, the API refuses it:
 * `onRefused` is called, once.
 */
export function registerTracing(provider: TracerProvider, onRefused: () => void): Registration {
  const ours = !hasTracerProvider() && trace.setGlobalTracerProvider(provider);
  // The API reports a second registration as an error, so it is not tried.
  if (!isRegistered('context')) context.setGlobalContextManager(new AsyncContextManager());
  if (!isRegistered('propagation')) propagation.setGlobalPropagator(new W3CPropagator());
  if (ours) watchRegistration(onRefused);
  return { ours };
}

/** Whether a provider other than the API's own, which does nothing, stands behind `trace.getTracer`. */
export function hasTracerProvider(): boolean {
  const provider = trace.getTracerProvider();
  if (!('getDelegate' in provider) || typeof provider.getDelegate !== 'function') return true;
  const nothing = new ProxyTracerProvider().getDelegate();
  // Another copy of the API has another provider that does nothing, of the same name.
  const delegate: TracerProvider = provider.getDelegate();
  return delegate !== nothing && delegate.constructor.name !== nothing.constructor.name;
}

function isRegistered(api: 'context' | 'propagation'): boolean {
  const registered = (globalThis as Record<symbol, Record<string, unknown> | undefined>)[API_GLOBAL];
  return registered?.[api] !== undefined;
}

/** The API says no more than `false` to whoever registers second, and few look at that. */
function watchRegistration(onRefused: () => void): void {
  const original = trace.setGlobalTracerProvider;
  let told = false;
  trace.setGlobalTracerProvider = function (this: typeof trace, provider: TracerProvider): boolean {
    const accepted = original.call(trace, provider);
    if (!accepted && !told) {
      told = true;
      onRefused();
    }
    return accepted;
  };
}
