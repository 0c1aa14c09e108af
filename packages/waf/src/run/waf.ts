import { ScannerTable } from '../process/scanner.ts';
import { type ParsedConfiguration, parseConfiguration } from '../ruleset/configuration.ts';
import { countLoaded } from '../ruleset/diagnostics.ts';
import { RulesetError } from '../ruleset/fault.ts';
import { mergeConfigurations } from '../ruleset/merge.ts';
import type { Diagnostics, Waf, WafContext, WafLimits, WafOptions, WafStatistics } from '../types.ts';
import { compileProgram } from './compile-program.ts';
import { createContext } from './context.ts';
import { limitsOf } from './limits.ts';
import type { Program } from './program.ts';
import { RegexSetCache } from './regex-set-cache.ts';

const DEFAULT_PATH = 'default';

/**
 * Compiles a ruleset in Datadog's format 2.x; any value is accepted and what can't be used is left out, for which see
 * the Waf's diagnostics. Throws a RulesetError if nothing of it can be loaded. Takes tens of milliseconds for some
 * hundred rules, and the first run as many more.
 */
export function compile(ruleset: unknown, options: WafOptions = {}): Waf {
  const waf = new ConfiguredWaf(options);
  const diagnostics = waf.update(options.path ?? DEFAULT_PATH, ruleset);
  if (diagnostics.error !== undefined) {
    throw new RulesetError(
      'WARDLINE_WAF_RULESET_INVALID',
      `invalid ruleset: ${diagnostics.error}`,
      diagnostics,
    );
  }
  if (countLoaded(diagnostics) === 0) {
    throw new RulesetError('WARDLINE_WAF_RULESET_EMPTY', 'empty ruleset: nothing was loaded', diagnostics);
  }
  return waf;
}

class ConfiguredWaf implements Waf {
  readonly #options: WafOptions;
  readonly #limits: WafLimits;
  readonly #clock: () => number;
  readonly #sets: RegexSetCache;
  #scanners = new ScannerTable([]);
  #configurations: ReadonlyMap<string, ParsedConfiguration> = new Map();
  #program: Program;
  #knownAddresses: ReadonlySet<string> = new Set();

  constructor(options: WafOptions) {
    this.#options = options;
    this.#limits = limitsOf(options.limits);
    this.#clock = options.clock ?? defaultClock();
    this.#sets = new RegexSetCache(this.#limits.cacheMemory);
    this.#program = this.#compile(this.#configurations);
  }

  get diagnostics(): Record<string, Diagnostics> {
    return Object.fromEntries(
      [...this.#configurations].map(([path, { diagnostics }]) => [path, diagnostics]),
    );
  }

  get knownAddresses(): ReadonlySet<string> {
    return this.#knownAddresses;
  }

  get rulesVersion(): string | undefined {
    return this.#program.rulesVersion;
  }

  get statistics(): WafStatistics {
    const total: WafStatistics = { states: 0, bytes: 0, transitions: 0, clears: 0, givenUp: 0 };
    for (const { statistics } of this.#program.sets) {
      total.states += statistics.states;
      total.bytes += statistics.bytes;
      total.transitions += statistics.computed;
      total.clears += statistics.clears;
      total.givenUp += statistics.givenUp;
    }
    return total;
  }

  update(path: string, ruleset: unknown): Diagnostics {
    const parsed = parseConfiguration(
      ruleset,
      new Set(this.#others(path).flatMap(([, { ids }]) => [...ids])),
    );
    if (parsed.diagnostics.error !== undefined) return parsed.diagnostics;
    this.#install(new Map([...this.#configurations, [path, parsed]]));
    return parsed.diagnostics;
  }

  remove(path: string): boolean {
    if (!this.#configurations.has(path)) return false;
    this.#install(new Map(this.#others(path)));
    return true;
  }

  newContext(): WafContext {
    return createContext(this.#program, { limits: this.#limits, clock: this.#clock });
  }

  #install(configurations: ReadonlyMap<string, ParsedConfiguration>): void {
    const program = this.#compile(configurations);
    this.#program = program;
    this.#knownAddresses = new Set(program.addresses.keys());
    this.#configurations = configurations;
  }

  #compile(configurations: ReadonlyMap<string, ParsedConfiguration>): Program {
    const merged = mergeConfigurations(
      [...configurations.values()].map(({ configuration }) => configuration),
    );
    this.#sets.beginProgram();
    if (!this.#scanners.isOf(merged.scanners)) this.#scanners = new ScannerTable(merged.scanners);
    return compileProgram(merged, {
      compileSet: (source) => this.#sets.compile(source),
      scanners: this.#scanners,
      now: this.#options.now ?? Date.now,
      obfuscator: this.#options.obfuscator ?? {},
    });
  }

  #others(path: string): [string, ParsedConfiguration][] {
    return [...this.#configurations].filter(([other]) => other !== path);
  }
}

function defaultClock(): () => number {
  const { performance } = globalThis as { performance?: { now(): number } };
  return performance === undefined ? Date.now : () => performance.now();
}
