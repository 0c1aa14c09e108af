import type { SecurityEvent } from '@wardline/telemetry';
import type { Logger } from 'pino';
import type { State } from '../state/state.ts';
import type { Store } from '../store/store.ts';
import { evaluateRule } from './evaluate.ts';
import { RuleSet } from './rule-set.ts';
import { seedDefaultRules } from './seed.ts';
import { EvaluationConflict } from './write.ts';

export interface DetectionDeps {
  store: Store;
  state: State;
  log: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** Milliseconds since the epoch; Date.now unless given. */
  now?: () => number;
}

export interface Detection {
  /** Seeds the default rules, evaluates what arrived while the platform was down, and goes on from there. */
  start(): Promise<void>;
  /** Waits for a running evaluation and evaluates no more. */
  stop(): Promise<void>;
  /** Tells of events that have just been stored: the rules that they concern are evaluated within DEBOUNCE. */
  notify(events: readonly SecurityEvent[]): void;
  stats(): Readonly<DetectionStats>;
}

/** Since the start of the process. */
export interface DetectionStats {
  evaluations: number;
  failures: number;
  signalsCreated: number;
  signalsUpdated: number;
}

/** Milliseconds from the first event told of until evaluation begins. */
const DEBOUNCE = 250;
/** Milliseconds between evaluations of all rules: for events that another process stored, and rules that failed. */
const TICK = 15_000;

/** Turns stored security events into signals. */
export function createDetection(deps: DetectionDeps): Detection {
  const now = deps.now ?? Date.now;
  const rules = new RuleSet(deps.state, deps.log);
  const stats: DetectionStats = { evaluations: 0, failures: 0, signalsCreated: 0, signalsUpdated: 0 };
  /** Ids of the rules to evaluate next. */
  let due = new Set<string>();
  let debounce: NodeJS.Timeout | undefined;
  let tick: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let stopped = true;

  const evaluateDue = async (): Promise<void> => {
    try {
      await rules.load();
    } catch (error) {
      // The tick comes back to it; `due` is kept.
      stats.failures++;
      deps.log.error({ err: error }, 'detection rules could not be loaded');
      return;
    }
    const batch = due;
    due = new Set();
    for (const rule of rules.rules) {
      if (stopped) return;
      if (!batch.has(rule.id)) continue;
      try {
        const { created, updated } = await evaluateRule(deps, rule, now());
        stats.evaluations++;
        stats.signalsCreated += created;
        stats.signalsUpdated += updated;
      } catch (error) {
        due.add(rule.id);
        if (error instanceof EvaluationConflict) {
          schedule();
          continue;
        }
        stats.failures++;
        deps.log.error(
          { err: error, rule: rule.id },
          'detection rule could not be evaluated; it is tried again',
        );
      }
    }
  };

  /** One evaluation at a time; what becomes due meanwhile is scheduled again. */
  const run = (): Promise<void> => {
    running ??= evaluateDue().finally(() => {
      running = undefined;
    });
    return running;
  };

  const schedule = () => {
    if (stopped || debounce !== undefined) return;
    debounce = setTimeout(() => {
      debounce = undefined;
      if (running) void running.then(run);
      else void run();
    }, DEBOUNCE);
  };

  const evaluateAll = () => {
    for (const rule of rules.rules) due.add(rule.id);
    return running ? running.then(run) : run();
  };

  return {
    async start() {
      if (!stopped) return;
      await seedDefaultRules(deps.state);
      await rules.load();
      stopped = false;
      await evaluateAll();
      tick = setInterval(() => void evaluateAll(), TICK);
      tick.unref();
    },
    async stop() {
      stopped = true;
      clearTimeout(debounce);
      clearInterval(tick);
      debounce = undefined;
      await running;
    },
    notify(events) {
      if (stopped) return;
      for (const rule of rules.rules)
        if (!due.has(rule.id) && events.some((event) => rule.concerns(event))) due.add(rule.id);
      if (due.size > 0) schedule();
    },
    stats: () => ({ ...stats }),
  };
}
