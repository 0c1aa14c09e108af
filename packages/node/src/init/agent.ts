import type { Waf } from '@wardline/waf';
import type { Config, Mode } from './config.ts';
import type { Counters } from './counters.ts';
import type { Logger } from './log.ts';

/**
 * What instrumentation, guard and SDK know of the agent. Tracing is not here: they use OpenTelemetry's API
 * (`trace.getTracer`, `context.with`, `propagation`), behind which stands Wardline's provider or the application's own.
 *
 * The agent's own requests (export, remote config) run in a context for which `isTracingSuppressed` of
 * `tracer/suppress.ts` is true: a hook passes them through, without a span and without a check.
 */
export interface Agent {
  readonly config: Config;
  readonly log: Logger;
  /** Counts of swallowed errors, dropped spans and the like. */
  readonly counters: Counters;
  /**
   * The WAF, or undefined while application security is off or no ruleset could be loaded. The same object over a
   * remote change, updated in place; a request's `WafContext` keeps the rules that it began with.
   */
  waf(): Waf | undefined;
  /** As configured, or as overridden by remote config. */
  mode(): Mode;
  /** Calls `listener` after each change of rules or mode. Returns what ends that. */
  onWafChange(listener: () => void): () => void;
  /** Sends what is waiting. Resolves when it was sent, or after a few seconds; never rejects. */
  flush(): Promise<void>;
}
