import { groupBy } from '../group-by.ts';
import type { Clock } from '../match/dated-value.ts';
import type { ScannerTable } from '../process/scanner.ts';
import type { MergedRuleset } from '../ruleset/merge.ts';
import { isReferredTo } from '../ruleset/reference.ts';
import { type Action, DETECTOR, type Rule } from '../ruleset/specification.ts';
import { ColdStart } from './cold-start.ts';
import { addressesRead, compileProcessors } from './compile-processors.ts';
import { type CompileConditions, conditionCompiler } from './condition-compiler.ts';
import { MODULES, moduleIndex } from './modules.ts';
import { createObfuscator } from './obfuscator.ts';
import {
  BLOCK,
  type CompiledCondition,
  type CompiledRule,
  isDecidedByHits,
  MONITOR,
  type Program,
  type ProgramAddress,
  type RuleStage,
  TIMED,
  targetsOf,
  UNTIMED,
  type UndecidedRule,
  type Verdict,
} from './program.ts';
import { isBlocking } from './resolve-actions.ts';
import { type CompileSet, planScan } from './scan-plan.ts';
import { weightOf } from './weights.ts';

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
  const compile = conditionCompiler(now);
  const exclusions = ruleset.exclusions.map((exclusion) => ({
    exclusion,
    conditions: compile(exclusion.conditions, ruleset.exclusionData),
  }));
  const rules = arrangeRules(ruleset, compile);
  const conditions = [...rules, ...exclusions].flatMap((unit) => unit.conditions);
  const attributes = rules.flatMap(({ rule }) => [...rule.attributes.values()]);
  const forRules = new Set([
    ...rules.flatMap(addressesOf),
    ...attributes.flatMap((source) => ('address' in source ? [source.address] : [])),
  ]);
  const read = [
    ...forRules,
    ...exclusions.flatMap(addressesOf),
    ...ruleset.exclusions.flatMap(({ inputs = [] }) => inputs.map(({ address }) => address)),
  ];
  const processors = compileProcessors(ruleset, read, compile, scanners);
  const running = processors
    ? [...processors.before, ...processors.after, ...processors.later, ...processors.weighing]
    : [];
  const processed = new Set(running.flatMap(addressesRead));
  const sinks = new Set(conditions.flatMap(sinkAddressOf));

  const ofProcessors = planScan(running, compileSet);
  const ofExclusions = planScan(exclusions, compileSet);
  const stages = ([UNTIMED, TIMED] as const).map((number) => {
    const staged = rules.filter(({ module }) => module.timed === (number === TIMED));
    const stage: RuleStage = { number, rules: staged };
    return { stage, plan: planScan(staged, compileSet), undecided: undecidedRules(staged) };
  });
  const addresses = [...new Set([...read, ...processed])].map((address): [string, ProgramAddress] => [
    address,
    {
      isSink: sinks.has(address),
      isForRules: forRules.has(address),
      isProcessed: processed.has(address),
      processors: ofProcessors.addresses.get(address),
      exclusions: ofExclusions.addresses.get(address),
      stages: stages.map(({ plan, undecided }) => ({
        plan: plan.addresses.get(address),
        undecided: undecided.get(address)?.map(([, rule]) => rule) ?? [],
      })),
    },
  ]);
  const plans = [ofProcessors, ofExclusions, ...stages.map(({ plan }) => plan)];
  const sets = [...new Set(plans.flatMap((plan) => plan.sets))];
  return {
    rulesVersion: ruleset.rulesVersion,
    exclusions,
    stages: stages.map(({ stage }) => stage),
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

/** Rules by module, blocking ones first, then by origin and, where one match a type counts, by type. */
function arrangeRules(ruleset: MergedRuleset, compile: CompileConditions): CompiledRule[] {
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
      weight: weightOf(rule.tags),
      collection: collections.get(key)!,
      conditions: compile(rule.conditions, ruleset.rulesData),
      exclusions: ruleset.exclusions.flatMap((exclusion, position) =>
        exclusion.targets.length === 0 || isReferredTo(rule, exclusion.targets) ? [position] : [],
      ),
    };
  });
}

function verdictOf(rule: Rule, actions: ReadonlyMap<string, Action>): Verdict {
  return rule.onMatch.some((id) => isBlocking(actions.get(id))) ? BLOCK : MONITOR;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Rules that hits alone don't decide, by address. */
function undecidedRules(rules: readonly CompiledRule[]): Map<string, [address: string, UndecidedRule][]> {
  const undecided = rules.flatMap(({ conditions }, index) => {
    if (conditions.every(isDecidedByHits)) return [];
    const rule: UndecidedRule = {
      index,
      needs: conditions.flatMap(sinkAddressOf),
      firstTargets: isDecidedByHits(conditions[0]!) ? targetsOf(conditions[0]!) : undefined,
    };
    return [...new Set(addressesOf({ conditions }))].map((address): [string, UndecidedRule] => [
      address,
      rule,
    ]);
  });
  return groupBy(undecided, ([address]) => address);
}

function addressesOf({ conditions }: { readonly conditions: readonly CompiledCondition[] }): string[] {
  return conditions.flatMap(targetsOf).map(({ address }) => address);
}

function sinkAddressOf(condition: CompiledCondition): string[] {
  return condition.kind === DETECTOR ? [condition.resource.address] : [];
}
