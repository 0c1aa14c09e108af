import type { Clock } from '../match/dated-value.ts';
import type { ScannerTable } from '../process/scanner.ts';
import type { MergedRuleset } from '../ruleset/merge.ts';
import type { Action, Exclusion, Rule } from '../ruleset/specification.ts';
import { isTargeted } from '../ruleset/target.ts';
import { ColdStart } from './cold-start.ts';
import { addressesRead, compileProcessors } from './compile-processors.ts';
import { ConditionCompiler } from './condition-compiler.ts';
import { MODULES, moduleIndex } from './modules.ts';
import { createObfuscator } from './obfuscator.ts';
import {
  type CompiledCondition,
  type CompiledRule,
  isDecidedByHits,
  type Program,
  type ProgramAddress,
  type RuleStage,
  type StageAddress,
  targetsOf,
  type UndecidedRule,
  VERDICT,
  type Verdict,
} from './program.ts';
import { isBlocking } from './resolve-actions.ts';
import { type CompileSet, planScan } from './scan-plan.ts';

export interface ProgramOptions {
  compileSet: CompileSet;
  /** Of the ruleset's. */
  scanners: ScannerTable;
  now: Clock;
  /** The host's expressions, which win over the ruleset's. */
  obfuscator: { keyRegex?: string | undefined; valueRegex?: string | undefined };
}

/** Arranges a merged ruleset for evaluation. */
export function compileProgram(ruleset: MergedRuleset, options: ProgramOptions): Program {
  const { compileSet, scanners, now, obfuscator } = options;
  const compiler = new ConditionCompiler(now);
  const exclusions = ruleset.exclusions.map((exclusion) => ({
    exclusion,
    conditions: compiler.compile(exclusion.conditions, ruleset.exclusionData),
  }));
  const rules = arrangeRules(ruleset, compiler);
  const stages = {
    untimed: rules.filter((rule) => !rule.module.timed),
    timed: rules.filter((rule) => rule.module.timed),
  };
  const conditions = [...rules, ...exclusions].flatMap((unit) => unit.conditions);
  const readByRules = rules.flatMap(addressesOfRule);
  const read = [
    ...readByRules,
    ...exclusions.flatMap((unit) => unit.conditions.flatMap(addressesOf)),
    ...ruleset.exclusions.flatMap(excludedAddresses),
  ];
  const forRules = new Set(readByRules);
  const processors = compileProcessors(ruleset, read, compiler, scanners);
  const running = processors === undefined ? [] : [...processors.before, ...processors.after];
  const plans = {
    processors: planScan(running, compileSet),
    exclusions: planScan(exclusions, compileSet),
    untimed: planScan(stages.untimed, compileSet),
    timed: planScan(stages.timed, compileSet),
  };
  const sinks = new Set(conditions.flatMap(sinkAddressOf));
  const undecided = { untimed: undecidedRules(stages.untimed), timed: undecidedRules(stages.timed) };
  const stageAddress = (stage: RuleStage['name'], address: string): StageAddress => ({
    plan: plans[stage].addresses.get(address),
    undecided: undecided[stage].get(address) ?? [],
  });
  const processed = new Set(running.flatMap(addressesRead));
  const addresses = [...new Set([...read, ...processed])].map((address): [string, ProgramAddress] => [
    address,
    {
      isSink: sinks.has(address),
      isForRules: forRules.has(address),
      isProcessed: processed.has(address),
      processors: plans.processors.addresses.get(address),
      exclusions: plans.exclusions.addresses.get(address),
      untimed: stageAddress('untimed', address),
      timed: stageAddress('timed', address),
    },
  ]);
  const sets = [...new Set(Object.values(plans).map(({ set }) => set))];
  return {
    rulesVersion: ruleset.rulesVersion,
    exclusions,
    untimed: { name: 'untimed', rules: stages.untimed },
    timed: { name: 'timed', rules: stages.timed },
    processors,
    actions: ruleset.actions,
    obfuscator: createObfuscator(
      obfuscator.keyRegex ?? ruleset.obfuscation.keyRegex,
      obfuscator.valueRegex ?? ruleset.obfuscation.valueRegex,
    ),
    addresses: new Map(addresses),
    sets,
    start: new ColdStart(sets),
  };
}

function addressesOf(condition: CompiledCondition): string[] {
  return targetsOf(condition).map((target) => target.address);
}

function addressesOfRule({ rule, conditions }: CompiledRule): string[] {
  const given = [...rule.attributes.values()];
  return [
    ...conditions.flatMap(addressesOf),
    ...given.flatMap((source) => ('address' in source ? [source.address] : [])),
  ];
}

function excludedAddresses({ effect }: Exclusion): string[] {
  return effect.kind === 'inputs' ? effect.inputs.map((input) => input.address) : [];
}

/** Rules by module, blocking ones first, then by origin and, where one match a type counts, by type. */
function arrangeRules(ruleset: MergedRuleset, compiler: ConditionCompiler): CompiledRule[] {
  const placed = ruleset.rules.map((rule) => {
    const index = moduleIndex(rule.tags.get('module'));
    const module = MODULES[index]!;
    const verdict = verdictOf(rule, ruleset.actions);
    const type = module.oneMatchPerType ? rule.tags.get('type')! : '';
    const rank = rule.origin === module.first ? 0 : 1;
    return { rule, index, module, verdict, rank, type };
  });
  placed.sort(
    (a, b) => a.index - b.index || b.verdict - a.verdict || a.rank - b.rank || compareText(a.type, b.type),
  );
  const collections = new Map<string, number>();
  return placed.map(({ rule, index, module, verdict, rank, type }, id) => {
    const key = JSON.stringify([index, verdict, rank, type]);
    if (!collections.has(key)) collections.set(key, collections.size);
    return {
      rule,
      id,
      module,
      verdict,
      collection: collections.get(key)!,
      conditions: compiler.compile(rule.conditions, ruleset.rulesData),
      exclusions: ruleset.exclusions.flatMap((exclusion, position) =>
        isTargeted(rule, exclusion.targets) ? [position] : [],
      ),
    };
  });
}

function verdictOf(rule: Rule, actions: ReadonlyMap<string, Action>): Verdict {
  return rule.onMatch.some((id) => isBlocking(actions.get(id))) ? VERDICT.block : VERDICT.monitor;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Rules that hits alone don't decide, by address. */
function undecidedRules(rules: readonly CompiledRule[]): Map<string, UndecidedRule[]> {
  const undecided = new Map<string, UndecidedRule[]>();
  for (const [index, { conditions }] of rules.entries()) {
    if (conditions.every(isDecidedByHits)) continue;
    const rule = {
      index,
      needs: conditions.flatMap(sinkAddressOf),
      firstTargets: isDecidedByHits(conditions[0]!) ? targetsOf(conditions[0]!) : undefined,
    };
    for (const address of new Set(conditions.flatMap(targetsOf).map((target) => target.address))) {
      const known = undecided.get(address);
      if (known === undefined) undecided.set(address, [rule]);
      else known.push(rule);
    }
  }
  return undecided;
}

function sinkAddressOf(condition: CompiledCondition): string[] {
  return condition.kind === 'detector' ? [condition.resource.address] : [];
}
