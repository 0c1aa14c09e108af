/** libddwaf, Datadog's engine, as an oracle: the same rulesets and the same addresses, its results in our shape. */
import appsec from '@datadog/native-appsec';
import type { WafResult } from '../src/types.ts';

export interface Run {
  persistent?: Record<string, unknown>;
  ephemeral?: Record<string, unknown>;
}

const TIMEOUT_MICROSECONDS = 10_000_000;

type Result = Pick<WafResult, 'events' | 'actions' | 'attributes' | 'keep'>;

/** Results of runs in one context, or undefined if libddwaf refuses the ruleset. */
export function runLibddwaf(ruleset: object, runs: readonly Run[]): Result[] | undefined {
  const oracle = openLibddwaf(ruleset);
  if (oracle === undefined) return undefined;
  const results = oracle.run(runs);
  oracle.close();
  return results;
}

/** An engine to be used for many contexts. */
export function openLibddwaf(
  ruleset: object,
): { run(runs: readonly Run[]): Result[]; close(): void } | undefined {
  let engine: InstanceType<typeof appsec.DDWAF>;
  try {
    engine = new appsec.DDWAF(ruleset, 'ruleset', {});
  } catch {
    return undefined;
  }
  return {
    run(runs) {
      const context = engine.createContext();
      const results = runs.map((run) => {
        const {
          events = [],
          actions = {},
          attributes = {},
          keep = false,
        } = context.run(run, TIMEOUT_MICROSECONDS);
        return { events, actions, attributes, keep } as Result;
      });
      context.dispose();
      return results;
    },
    close: () => engine.dispose(),
  };
}

/** Results without what is random or left to chance: ids, and the order of events of one module. */
export function comparable({ events, actions, attributes, keep }: Result) {
  return {
    keep,
    attributes,
    actions: Object.fromEntries(
      Object.entries(actions).map(([type, parameters]) => [
        type,
        Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, withoutId(name, value)])),
      ]),
    ),
    events: events
      .map((event) => ({
        rule: event.rule,
        stack: event.stack_id !== undefined,
        response: event.security_response_id !== undefined,
        matches: event.rule_matches.map((match) => ({
          ...match,
          parameters: match.parameters.map(withTextPath),
        })),
      }))
      .sort((a, b) => (a.rule.id < b.rule.id ? -1 : 1)),
  };
}

function withoutId(name: string, value: unknown): unknown {
  return name === 'stack_id' || name === 'security_response_id' ? 'id' : value;
}

/** libddwaf 1 reports indices as text. */
function withTextPath<T extends object>(parameter: T): T {
  const entries = Object.entries(parameter).map(([name, value]) => {
    if (name === 'key_path' && Array.isArray(value)) return [name, value.map(String)];
    return [name, typeof value === 'object' && !Array.isArray(value) ? withTextPath(value) : value];
  });
  return Object.fromEntries(entries) as T;
}
