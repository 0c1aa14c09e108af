import appsec from '@datadog/native-appsec';
import { compile, type WafResult } from '../src/index.ts';
import type { Input } from './requests.ts';

/** Rulesets by the path that they are loaded at, in order. */
export type Configurations = Readonly<Record<string, object>>;

export type Result = Pick<WafResult, 'events' | 'actions' | 'attributes' | 'keep'> & { error?: string };

/** An engine under a set of configurations. */
export interface Peer {
  /** The results of a context's runs. */
  run(input: Input): Result[];
  close(): void;
}

/** libddwaf’s limit of 20 counts the map of addresses and the scalar itself. */
const DEPTH = 18;
const UNHURRIED_MICROSECONDS = 1e9;

/** This engine, with a clock that stands still; undefined if it refuses one of the configurations. */
export function openOurs(configurations: Configurations): Peer | undefined {
  const [[path, first] = ['', {}], ...others] = Object.entries(configurations);
  try {
    const waf = compile(first, {
      path,
      obfuscator: { keyRegex: '', valueRegex: '' },
      // libddwaf's own; this engine's defaults are higher.
      limits: { stringLength: 4096, containerSize: 256, depth: DEPTH, timeout: UNHURRIED_MICROSECONDS },
      clock: () => 0,
    });
    for (const [otherPath, other] of others) {
      if (waf.update(otherPath, other).error !== undefined) return undefined;
    }
    return {
      run(input) {
        const context = waf.newContext();
        return input.map(({ persistent = {}, ephemeral = {} }) => context.run(persistent, { ephemeral }));
      },
      close() {},
    };
  } catch {
    return undefined;
  }
}

/** libddwaf; undefined if it refuses one of the configurations. */
export function openTheirs(configurations: Configurations): Peer | undefined {
  const [[path, first] = ['', {}], ...others] = Object.entries(configurations);
  // It crashes on none, and on a path without a name.
  if (path === '') return undefined;
  try {
    const engine = new appsec.DDWAF(first, path, {});
    for (const [otherPath, other] of others) {
      if (!engine.createOrUpdateConfig(other, otherPath)) return undefined;
    }
    return {
      run(input) {
        const context = engine.createContext();
        const results = input.map((run): Result => {
          const { events, actions, attributes, keep, timeout } = context.run(
            { persistent: {}, ...run },
            UNHURRIED_MICROSECONDS,
          );
          return {
            events: (events ?? []) as Result['events'],
            actions: (actions ?? {}) as Result['actions'],
            attributes: (attributes ?? {}) as Result['attributes'],
            keep: keep ?? false,
            ...(timeout && { error: 'out of time' }),
          };
        });
        context.dispose();
        return results;
      },
      close: () => engine.dispose(),
    };
  } catch {
    return undefined;
  }
}
