import type { SsrfOptions } from '../detect/index.ts';
import type { DatedValues } from '../match/dated-value.ts';
import type { Matcher } from '../match/matcher.ts';
import type { Generator } from '../process/generator.ts';
import type { Transformer } from '../transform/index.ts';
import type { KeyPath } from '../types.ts';

/** What the parser makes of a ruleset: checked, with defaults filled in, but not yet arranged for evaluation. */

/** Whether a condition looks at the scalars under its key path or at the keys of the maps there. */
export type Source = typeof VALUES | typeof KEYS;
export const VALUES = 0;
export const KEYS = 1;

/** A place in a request. */
export interface Location {
  address: string;
  keyPath: KeyPath;
}

export interface Target extends Location {
  source: Source;
  transformers: readonly Transformer[];
}

/** The data of a `rules_data` entry becomes a matcher when all configurations are known. */
export interface DataReference {
  data: string;
  operator: 'ip_match' | 'exact_match';
}

export type Detector =
  | { name: 'sqli_detector'; dbType: Target }
  | { name: 'shi_detector' | 'cmdi_detector' | 'lfi_detector' }
  | { name: 'ssrf_detector'; options: SsrfOptions };

/** The kinds of conditions. */
export const SCALAR = 0;
export const EXISTS = 1;
export const DETECTOR = 2;

export type Condition =
  | { kind: typeof SCALAR; negated: boolean; matcher: Matcher | DataReference; targets: readonly Target[] }
  | { kind: typeof EXISTS; negated: boolean; targets: readonly Target[] }
  | { kind: typeof DETECTOR; detector: Detector; resource: Target; params: readonly Target[] };

/** To rules or scanners by their id, or by tags, of which all must agree. */
export type Reference = { id: string } | { tags: ReadonlyMap<string, string> };

export type AttributeSource = { value: string | number | boolean } | Location;

export interface Rule {
  id: string;
  name: string;
  /** `custom` rules come before `base` ones of the same verdict, and overrides don't touch them. */
  origin: 'base' | 'custom';
  enabled: boolean;
  tags: ReadonlyMap<string, string>;
  conditions: readonly Condition[];
  onMatch: readonly string[];
  event: boolean;
  keep: boolean;
  attributes: ReadonlyMap<string, AttributeSource>;
}

export interface Override {
  /** All of one kind: rule ids, or tags. */
  targets: readonly Reference[];
  enabled: boolean | undefined;
  onMatch: readonly string[] | undefined;
  tags: ReadonlyMap<string, string>;
}

/** An exclusion's `on_match` of which rules are not evaluated. */
export const BYPASS = 'bypass';

export interface Exclusion {
  id: string;
  conditions: readonly Condition[];
  /** Empty means every rule. */
  targets: readonly Reference[];
  /** What it hides from the rules, or else it changes them. In key paths `*` stands for any key or index. */
  inputs: readonly Location[] | undefined;
  /** BYPASS, or the action that takes the place of blocking. */
  onMatch: string;
}

export interface Data extends DatedValues {
  id: string;
}

export interface Action {
  id: string;
  type: string;
  parameters: Readonly<Record<string, string | number | boolean>>;
}

export interface Mapping {
  /** Where the generator's inputs are, in its order. */
  inputs: readonly Location[];
  /** The address that the value gets, and the name of the attribute. */
  output: string;
}

export interface Processor {
  id: string;
  generator: Generator;
  conditions: readonly Condition[];
  mappings: readonly Mapping[];
  scanners: ScannerSelection;
  /** Whether rules see what it makes; it then runs before them, otherwise after them. */
  evaluate: boolean;
  /** Whether the result has what it makes. */
  output: boolean;
}

export interface ScannerSelection {
  include: readonly Reference[];
  exclude: readonly Reference[];
}

export interface ProcessorOverride {
  /** Ids of processors. */
  targets: readonly string[];
  /** Added to theirs. */
  scanners: ScannerSelection;
}

export interface Scanner {
  id: string;
  tags: ReadonlyMap<string, string>;
  /** Make the matchers of the key and of the string, of which one may be absent. */
  key: (() => Matcher) | undefined;
  value: (() => Matcher) | undefined;
}

export interface Obfuscation {
  keyRegex: string | undefined;
  valueRegex: string | undefined;
}

/** One configuration file. */
export interface Configuration {
  rulesVersion: string | undefined;
  rules: readonly Rule[];
  overrides: readonly Override[];
  exclusions: readonly Exclusion[];
  actions: readonly Action[];
  rulesData: readonly Data[];
  exclusionData: readonly Data[];
  processors: readonly Processor[];
  processorOverrides: readonly ProcessorOverride[];
  scanners: readonly Scanner[];
  obfuscation: Obfuscation;
}
