import type { RemoteConfig } from '@wardline/telemetry';
import type { Waf } from '@wardline/waf';
import type { Config, Mode } from './config.ts';
import type { Counters } from './counters.ts';
import type { Logger } from './log.ts';
import { BLOCK_POLICY, POLICY_PATH, RULES_PATH } from './policy.ts';
import { type Compile, compileRules, describeDiagnostics, messageOf } from './rules.ts';

export interface ProtectionDependencies {
  readonly config: Pick<Config, 'appsec' | 'appsecPinnedOff' | 'rules'>;
  readonly log: Logger;
  readonly counters: Counters;
  readonly builtInRules: unknown;
  readonly compile: Compile;
}

type Configurations = Readonly<Record<string, unknown>>;

/** The WAF with the configurations that are in force: the service's rules, the policy of the mode, and the platform's. */
export class Protection {
  readonly #dependencies: ProtectionDependencies;
  readonly #listeners = new Set<() => void>();
  /** What the WAF was last given, by path. */
  readonly #loaded = new Map<string, unknown>();
  #mode: Mode;
  #remote: Configurations = {};
  #waf: Waf | undefined;
  #ruleset: unknown;

  constructor(dependencies: ProtectionDependencies) {
    this.#dependencies = dependencies;
    this.#mode = dependencies.config.appsec;
    this.#load();
  }

  /** Undefined while the mode is `off`, or where no rules could be loaded. */
  get waf(): Waf | undefined {
    return this.#waf;
  }

  get mode(): Mode {
    return this.#mode;
  }

  /** Calls `listener` after each change of rules or mode. Returns what ends that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Puts in force what the platform says. A configuration at one of our own paths replaces ours until it is withdrawn.
   * What cannot be used is reported in the log and skipped; never throws.
   */
  apply(remote: RemoteConfig): void {
    const { config } = this.#dependencies;
    if (!config.appsecPinnedOff) this.#mode = remote.mode ?? config.appsec;
    this.#remote = remote.configurations;
    this.#load();
  }

  turnOff(): void {
    this.#mode = 'off';
    this.#load();
  }

  #load(): void {
    const { config, builtInRules, compile, log } = this.#dependencies;
    if (this.#mode === 'off') {
      this.#waf = undefined;
      this.#loaded.clear();
    } else {
      if (this.#waf === undefined) {
        const rules = compileRules(config.rules, builtInRules, compile, log);
        this.#loaded.set(RULES_PATH, rules?.ruleset);
        this.#ruleset = rules?.ruleset;
        this.#waf = rules?.waf;
      }
      if (this.#waf !== undefined) this.#reconcile(this.#waf);
    }
    this.#notify();
  }

  /** Brings the WAF from what it was given last to what it should have, by as few updates as that takes. */
  #reconcile(waf: Waf): void {
    const wanted: Configurations = {
      [RULES_PATH]: this.#ruleset,
      ...(this.#mode === 'block' && { [POLICY_PATH]: BLOCK_POLICY }),
      ...this.#remote,
    };
    for (const path of this.#loaded.keys()) {
      if (Object.hasOwn(wanted, path)) continue;
      this.#guarded(path, () => waf.remove(path));
      this.#loaded.delete(path);
    }
    for (const [path, configuration] of Object.entries(wanted)) {
      if (isSame(this.#loaded.get(path), configuration)) continue;
      this.#loaded.set(path, configuration);
      this.#guarded(path, () => {
        const fault = describeDiagnostics(waf.update(path, configuration));
        if (fault !== undefined) this.#report(path, fault);
      });
    }
  }

  #guarded(path: string, change: () => void): void {
    try {
      change();
    } catch (error) {
      this.#report(path, messageOf(error));
    }
  }

  #report(path: string, fault: string): void {
    this.#dependencies.counters.count('remote.configuration_error');
    this.#dependencies.log.warn(`the configuration ${JSON.stringify(path)} cannot be used in full: ${fault}`);
  }

  #notify(): void {
    for (const listener of this.#listeners) {
      try {
        listener();
      } catch {
        this.#dependencies.counters.count('init.listener_error');
      }
    }
  }
}

/** Each answer of the platform is parsed anew, so that equal configurations are seldom the same object. */
function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
