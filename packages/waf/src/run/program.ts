import type { Matcher } from '../match/matcher.ts';
import type { ScannerTable } from '../process/scanner.ts';
import type { RegexSet } from '../regex/index.ts';
import {
  type Action,
  DETECTOR,
  type Detector,
  type EXISTS,
  type Exclusion,
  type Mapping,
  type Processor,
  type Rule,
  SCALAR,
  type Source,
} from '../ruleset/specification.ts';
import type { KeyPath } from '../types.ts';
import type { ColdStart } from './cold-start.ts';
import type { Module } from './modules.ts';
import type { Obfuscator } from './obfuscator.ts';
import type { AddressPlan } from './scan-plan.ts';
import type { ChainSearch, TransformerChain } from './transformer-chain.ts';

/**
 * A ruleset arranged for evaluation: immutable, shared by all contexts that began with it. What a value contains is
 * found out once for all rules (the scan plans); rules are then evaluated from these hits alone.
 */
export interface Program {
  readonly rulesVersion: string | undefined;
  readonly exclusions: readonly CompiledExclusion[];
  /** Rules that the time budget doesn't hold for, then all others. */
  readonly stages: readonly RuleStage[];
  /** Undefined if there are none. */
  readonly processors: ProgramProcessors | undefined;
  readonly actions: ReadonlyMap<string, Action>;
  readonly obfuscator: Obfuscator;
  /** All that some rule, exclusion or processor wants to know. */
  readonly addresses: ReadonlyMap<string, ProgramAddress>;
  readonly sets: readonly RegexSet[];
  readonly start: ColdStart;
}

/** What a program has to do with one address. */
export interface ProgramAddress {
  /** Whether it is a sink's argument, of which more is looked at. */
  readonly isSink: boolean;
  /** Whether rules look at it or give attributes of it, and not only exclusions and processors. */
  readonly isForRules: boolean;
  /** Whether a processor looks at it. */
  readonly isProcessed: boolean;
  readonly processors: AddressPlan | undefined;
  readonly exclusions: AddressPlan | undefined;
  /** By stage. */
  readonly stages: readonly StageAddress[];
}

export interface StageAddress {
  readonly plan: AddressPlan | undefined;
  /** Rules that hits alone don't decide: they are evaluated whenever one of their addresses is new. */
  readonly undecided: readonly UndecidedRule[];
}

/** Stages, by their number. */
export const UNTIMED = 0;
export const TIMED = 1;

export interface RuleStage {
  readonly number: typeof UNTIMED | typeof TIMED;
  /** In the order of evaluation. They own the probes of the stage's plans, by their index. */
  readonly rules: readonly CompiledRule[];
}

export interface UndecidedRule {
  /** In `rules`. */
  readonly index: number;
  /** Addresses without which it can't match: those of sinks' arguments. */
  readonly needs: readonly string[];
  /** The targets of its first condition if hits decide that one: unless one was hit, there is nothing to evaluate. */
  readonly firstTargets: readonly CompiledTarget[] | undefined;
}

export interface CompiledRule {
  readonly rule: Rule;
  /** Unique among all rules of a program. */
  readonly id: number;
  readonly module: Module;
  readonly verdict: Verdict;
  /** What a match adds to the sum that other rules test; 0 of most rules, which speak for themselves. */
  readonly weight: number;
  /** Rules that stand for each other: same module, verdict, origin and type. */
  readonly collection: number;
  readonly conditions: readonly CompiledCondition[];
  /** Exclusions that aim at this rule, by their index. */
  readonly exclusions: readonly number[];
}

/** Ordered: a later, higher one can follow a lower one of the same type. */
export type Verdict = typeof MONITOR | typeof BLOCK;
export const MONITOR = 1;
export const BLOCK = 2;

export interface CompiledExclusion {
  readonly exclusion: Exclusion;
  readonly conditions: readonly CompiledCondition[];
}

export interface ProgramProcessors {
  /** Those that make what rules look at, then those that only report. In the order of the file. */
  readonly before: readonly CompiledProcessor[];
  readonly after: readonly CompiledProcessor[];
  /** Those of which only the host sees what they make, so that they may wait until it asks. */
  readonly later: readonly CompiledProcessor[];
  /** Those that look at what weighted rules have matched; rules see what they make. */
  readonly weighing: readonly CompiledProcessor[];
  readonly scanners: ScannerTable;
}

export interface CompiledProcessor {
  /** Its place among the ruleset's. */
  readonly id: number;
  readonly processor: Processor;
  readonly conditions: readonly CompiledCondition[];
  /** Those of its mappings of which something comes. */
  readonly mappings: readonly CompiledMapping[];
  /** Its scanners, by their index in the table. */
  readonly scanners: readonly number[];
}

export interface CompiledMapping extends Mapping {
  /** Unique among all of a program. */
  readonly id: number;
}

export interface CompiledTarget {
  readonly address: string;
  readonly keyPath: KeyPath;
  readonly source: Source;
  readonly chain: TransformerChain;
  readonly search: ChainSearch;
  /** Under which number scanning records hits: one for each condition and lane. */
  readonly probe: number;
}

export type CompiledCondition = ScalarCondition | ExistsCondition | DetectorCondition;

export interface ScalarCondition {
  readonly kind: typeof SCALAR;
  readonly negated: boolean;
  readonly matcher: Matcher;
  readonly targets: readonly CompiledTarget[];
}

export interface ExistsCondition {
  readonly kind: typeof EXISTS;
  readonly negated: boolean;
  readonly targets: readonly CompiledTarget[];
}

export interface DetectorCondition {
  readonly kind: typeof DETECTOR;
  readonly detector: Detector;
  readonly resource: CompiledTarget;
  readonly params: readonly CompiledTarget[];
  readonly dbType: CompiledTarget | undefined;
}

/** Strings are scanned; numbers and booleans are so few that conditions look at them directly. */
export function isScanned(condition: CompiledCondition): condition is ScalarCondition {
  return condition.kind === SCALAR && condition.matcher.accepts === 'string';
}

/** Whether hits alone tell that a condition may hold. */
export function isDecidedByHits(condition: CompiledCondition): boolean {
  return isScanned(condition) && !condition.negated;
}

export function targetsOf(condition: CompiledCondition): readonly CompiledTarget[] {
  if (condition.kind !== DETECTOR) return condition.targets;
  const { resource, params, dbType } = condition;
  return [resource, ...params, ...(dbType ? [dbType] : [])];
}
