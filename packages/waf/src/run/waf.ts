import { scannerTable } from '../process/scanner.ts';
import type { LazyDfaStatistics } from '../regex/index.ts';
import { type ParsedConfiguration, parseConfiguration } from '../ruleset/configuration.ts';
import { countLoaded } from '../ruleset/diagnostics.ts';
import { RulesetError } from '../ruleset/fault.ts';
import { mergeConfigurations } from '../ruleset/merge.ts';
import type { Waf, WafOptions } from '../types.ts';
import { compileProgram } from './compile-program.ts';
import { Context } from './context.ts';
import { guardClock } from './deadline.ts';
import { limitsOf } from './limits.ts';
import type { Program } from './program.ts';
import { regexSetCache } from './regex-set-cache.ts';

const DEFAULT_PATH = 'default';

/**
 * Compiles a ruleset in Datadog's format 2.x; any value is accepted and what can't be used is left out, for which see
 * the Waf's diagnostics. Throws a RulesetError if nothing of it can be loaded. Takes tens of milliseconds for some
 * hundred rules, and the first run as many more.
 */
export function compile(ruleset: unknown, options: WafOptions = {}): Waf {
  const waf = configuredWaf(options);
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

function configuredWaf(options: WafOptions): Waf {
  const limits = limitsOf(options.limits);
  const clock = options.clock ? guardClock(options.clock, (last) => last) : defaultClock();
  const now = options.now ? guardClock(options.now, Date.now) : Date.now;
  const sets = regexSetCache(limits.cacheMemory);
  let scanners = scannerTable([]);
  let configurations: ReadonlyMap<string, ParsedConfiguration> = new Map();
  let program = compileAll(configurations);
  let knownAddresses: ReadonlySet<string> = new Set();

  return {
    get diagnostics() {
      return Object.fromEntries([...configurations].map(([path, { diagnostics }]) => [path, diagnostics]));
    },
    get knownAddresses() {
      return knownAddresses;
    },
    get rulesVersion() {
      return program.rulesVersion;
    },
    get statistics() {
      const all = program.sets.map((set) => set.statistics);
      const total = (key: keyof LazyDfaStatistics) => all.reduce((sum, counts) => sum + counts[key], 0);
      return {
        states: total('states'),
        bytes: total('bytes'),
        transitions: total('computed'),
        clears: total('clears'),
        givenUp: total('givenUp'),
      };
    },
    update(path, ruleset) {
      const taken = new Set(others(path).flatMap(([, { ids }]) => [...ids]));
      const parsed = parseConfiguration(ruleset, taken);
      if (parsed.diagnostics.error === undefined) install(new Map([...configurations, [path, parsed]]));
      return parsed.diagnostics;
    },
    remove(path) {
      if (!configurations.has(path)) return false;
      install(new Map(others(path)));
      return true;
    },
    newContext: () => new Context(program, { limits, clock }),
  };

  function others(path: string): [string, ParsedConfiguration][] {
    return [...configurations].filter(([other]) => other !== path);
  }

  function install(updated: ReadonlyMap<string, ParsedConfiguration>): void {
    program = compileAll(updated);
    knownAddresses = new Set(program.addresses.keys());
    configurations = updated;
  }

  function compileAll(all: ReadonlyMap<string, ParsedConfiguration>): Program {
    const merged = mergeConfigurations([...all.values()].map(({ configuration }) => configuration));
    sets.beginProgram();
    if (!scanners.isOf(merged.scanners)) scanners = scannerTable(merged.scanners);
    return compileProgram(merged, {
      compileSet: sets.compile,
      scanners,
      now,
      obfuscator: options.obfuscator ?? {},
    });
  }
}

function defaultClock(): () => number {
  const { performance } = globalThis as { performance?: { now(): number } };
  return performance ? () => performance.now() : Date.now;
}
