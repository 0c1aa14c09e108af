import { ruleset } from '@wardline/rules';
import { compile } from '@wardline/waf';
import { SpanExporter } from '../export/exporter.ts';
import { flushOnExit } from '../export/flush-on-exit.ts';
import { createRequester } from '../export/request.ts';
import { startInstrumentation } from '../instrument/index.ts';
import { pollRemoteConfig } from '../remote/poll.ts';
import { createRateLimiter } from '../tracer/rate-limiter.ts';
import { registerTracing } from '../tracer/register.ts';
import { LeanTracerProvider } from '../tracer/tracer.ts';
import type { Agent } from './agent.ts';
import { type Config, resolveConfig } from './config.ts';
import { Counters } from './counters.ts';
import { defaultService } from './default-service.ts';
import { createLogger, type Logger } from './log.ts';
import { type InitOptions, OPTIONS } from './options.ts';
import { Protection } from './protection.ts';
import { messageOf } from './rules.ts';

/** Milliseconds that `flush` and `shutdown` take at most. */
const FLUSH_TIMEOUT = 5000;
/** Traces a second that are kept for a security event though the sampler left them out. */
const FORCED_KEEPS_PER_SECOND = 100;

/** The running agent, as the application sees it. */
export interface Wardline {
  /** Sends the spans that are waiting. Resolves when they are sent, or after 5 s; never rejects. */
  flush(): Promise<void>;
  /** Sends what is waiting and turns the agent off for good. Resolves after 5 s at the latest; never rejects. */
  shutdown(): Promise<void>;
}

/** Two copies of the package in one process are one agent. */
const RUNNING = Symbol.for('wardline.node');
const shared = globalThis as { [RUNNING]?: Wardline };

/**
 * Starts the agent: tracing, and application security where it is enabled. To be called before the application loads
 * its frameworks and drivers. Options that are not given come from the environment (see the README's table). A second
 * call changes nothing and returns the agent that runs. Never throws: what goes wrong is written to standard error, and
 * the application runs without.
 */
export function init(options: InitOptions = {}): Wardline {
  if (shared[RUNNING] !== undefined) return shared[RUNNING];
  let log = createLogger(OPTIONS.logLevel.default);
  let wardline: Wardline = { flush: async () => {}, shutdown: async () => {} };
  try {
    const { config, warnings } = resolveConfig(options ?? {}, process.env, () =>
      defaultService(process.argv[1], process.cwd()),
    );
    log = createLogger(config.logLevel);
    for (const warning of warnings) log.warn(warning);
    if (config.enabled) wardline = start(config, log);
  } catch (error) {
    log.error(`could not start, the application runs without protection: ${messageOf(error)}`);
  }
  shared[RUNNING] = wardline;
  return wardline;
}

function start(config: Config, log: Logger): Wardline {
  const counters = new Counters();
  const requester = createRequester();
  const exporter = new SpanExporter({ config, counters, log, requester });
  const protection = new Protection({ config, log, counters, builtInRules: ruleset, compile });
  const flush = async (): Promise<void> => {
    await exporter.flush(FLUSH_TIMEOUT);
  };
  const agent: Agent = {
    config,
    log,
    counters,
    waf: () => protection.waf,
    mode: () => protection.mode,
    onWafChange: (listener) => protection.onChange(listener),
    flush,
  };

  const mayKeep = createRateLimiter(FORCED_KEEPS_PER_SECOND, () => performance.now());
  const provider = new LeanTracerProvider(
    {
      sampleRate: config.sampleRate,
      securityEventsPossible: () => protection.mode !== 'off',
      sink: {
        export: (span) => exporter.export(span),
        mayKeep,
        count: (name) => counters.count(name),
      },
    },
    flush,
  );
  const { ours } = registerTracing(provider, () =>
    log.warn(
      "the application registered a TracerProvider of its own after Wardline's, which stays in use. To use the application's, register it before Wardline is initialised.",
    ),
  );
  if (!ours)
    log.info('using the TracerProvider that the application registered; its exporter sends the spans');

  try {
    startInstrumentation(agent);
  } catch (error) {
    counters.count('init.instrumentation_error');
    log.error(`instrumentation could not be started, nothing is protected: ${messageOf(error)}`);
  }

  const stopPolling = config.remoteConfig
    ? pollRemoteConfig({ config, counters, log, requester, apply: (remote) => protection.apply(remote) })
    : () => {};
  const stopWatching = flushOnExit(exporter);
  log.info(`protecting ${config.service}, mode ${protection.mode}, platform ${config.url}`);

  return {
    flush,
    async shutdown() {
      stopPolling();
      stopWatching();
      protection.turnOff();
      await flush();
      exporter.close();
      requester.close();
    },
  };
}
