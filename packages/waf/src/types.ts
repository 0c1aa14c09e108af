/**
 * The ruleset format is Datadog's, major version 2, so that Datadog's own `recommended.json` and a team's custom
 * rules load unchanged. These types describe what a valid file holds; `compile` accepts any JSON value and reports
 * in the diagnostics what it could not use.
 */
export interface Ruleset {
  version?: string;
  metadata?: { rules_version?: string };
  rules?: RuleDefinition[];
  rules_compat?: RuleDefinition[];
  custom_rules?: RuleDefinition[];
  rules_data?: DataDefinition[];
  rules_override?: OverrideDefinition[];
  exclusions?: ExclusionDefinition[];
  exclusion_data?: DataDefinition[];
  actions?: ActionDefinition[];
  processors?: ProcessorDefinition[];
  processor_overrides?: ProcessorOverrideDefinition[];
  scanners?: ScannerDefinition[];
  obfuscator?: { key_regex?: string; value_regex?: string };
}

export interface RuleDefinition {
  id: string;
  name: string;
  tags: {
    type: string;
    category?: string;
    module?: string;
    confidence?: string;
    [tag: string]: string | undefined;
  };
  conditions: ConditionDefinition[];
  transformers?: string[];
  on_match?: string[];
  /** Default true. */
  enabled?: boolean;
  min_version?: string;
  max_version?: string;
  output?: { event?: boolean; keep?: boolean; attributes?: Record<string, AttributeDefinition> };
}

export type AttributeDefinition =
  | { value: string | number | boolean }
  | { address: string; key_path?: KeyPath };

/** Items are map keys or array indices; a negative index counts from the end. */
export type KeyPath = (string | number)[];

export interface ConditionDefinition {
  /** An operator's name, `!name` for its negation, `name@vN` for a version of it. */
  operator: string;
  parameters: {
    inputs?: InputDefinition[];
    [parameter: string]: unknown;
  };
}

export interface InputDefinition {
  address: string;
  key_path?: KeyPath;
  /** Replace the rule's transformers for this input. */
  transformers?: string[];
}

export interface DataDefinition {
  id: string;
  type: 'ip_with_expiration' | 'data_with_expiration';
  /** `expiration` in seconds since the epoch; 0 or absent means never. */
  data: { value: string; expiration?: number }[];
}

export type RuleTarget = { rule_id: string } | { tags: Record<string, string> };

export interface OverrideDefinition {
  id?: string;
  rules_target?: RuleTarget[];
  enabled?: boolean;
  on_match?: string[];
  tags?: Record<string, string>;
}

export interface ExclusionDefinition {
  id: string;
  conditions?: ConditionDefinition[];
  rules_target?: RuleTarget[];
  /** With inputs this filters inputs; without, it filters rules. */
  inputs?: { address: string; key_path?: KeyPath }[];
  on_match?: string;
}

export interface ActionDefinition {
  id: string;
  type: string;
  parameters?: Record<string, unknown>;
}

/** Makes a value of other values: a fingerprint, a schema, what a token says. */
export interface ProcessorDefinition {
  id: string;
  generator: string;
  conditions?: ConditionDefinition[];
  parameters: {
    /** Per value: where each of the generator's inputs is, by its name, and the address that the value gets. */
    mappings: { [input: string]: { address: string; key_path?: KeyPath }[] | string; output: string }[];
    /** For `extract_schema`. */
    scanners?: ScannerReferenceDefinition[];
  };
  /** Whether rules see the values. Default true. */
  evaluate?: boolean;
  /** Whether the result's attributes have the values. Default false. */
  output?: boolean;
  min_version?: string;
  max_version?: string;
}

export type ScannerReferenceDefinition = { id: string } | { tags: Record<string, string> };

export interface ProcessorOverrideDefinition {
  target: { id: string }[];
  /** Added to the processors' own; what is excluded is out, whoever includes it. */
  scanners: { include?: ScannerReferenceDefinition[]; exclude?: ScannerReferenceDefinition[] };
}

/** Tells what a string is, by its key, by itself or by both. */
export interface ScannerDefinition {
  id: string;
  name?: string;
  key?: ScannerMatcherDefinition;
  value?: ScannerMatcherDefinition;
  /** What the string is then said to be. */
  tags: Record<string, string>;
  min_version?: string;
  max_version?: string;
}

export interface ScannerMatcherDefinition {
  operator: string;
  parameters: Record<string, unknown>;
}

/** What became of one section of a configuration: ids, and per error message the ids that it concerns. */
export interface SectionDiagnostics {
  loaded: string[];
  failed: string[];
  skipped: string[];
  errors: Record<string, string[]>;
  warnings: Record<string, string[]>;
}

export interface Diagnostics {
  ruleset_version?: string;
  /** A fault of the whole configuration, in which case no section of it was loaded. */
  error?: string;
  sections: Record<string, SectionDiagnostics>;
}

export interface WafOptions {
  /** Where this first configuration is kept, for `update` and `remove`. Default `'default'`. */
  path?: string;
  limits?: Partial<WafLimits>;
  /**
   * Redacts matched values whose key, or whose value, matches; an empty expression redacts nothing. Wins over the
   * ruleset's. Default: common names of secrets, and what secrets look like.
   */
  obfuscator?: { keyRegex?: string; valueRegex?: string };
  /**
   * Milliseconds since the epoch, for expirations. Default `Date.now`, which also tells the time where this throws or
   * gives no finite number.
   */
  now?: () => number;
  /**
   * Milliseconds with a fraction, for the time budget. Default `performance.now`, else `Date.now`. While it throws or
   * gives no finite number, no time passes: runs go on without a budget, bound by the other limits.
   */
  clock?: () => number;
}

/**
 * Each limit on the input and on time that is passed sets its flag in the result; none is ever an exception. A cache
 * that is full is cleared, which changes no result: see `WafStatistics.clears`.
 */
export interface WafLimits {
  /**
   * UTF-16 code units of a string that are looked at; of a sink's argument at least 65,536. Default 262,144, so that
   * 128 kB of filler hide nothing; events show 4,096 of them, around what matched.
   */
  stringLength: number;
  /** Entries of a map or array that are looked at. Default 5000. */
  containerSize: number;
  /** Levels of nesting that are looked at. Default 32. */
  depth: number;
  /** Values looked at in one run, scalars and containers. Default 10000. */
  totalValues: number;
  /** Microseconds a run may take. Default 5000. */
  timeout: number;
  /** Bytes that what an automaton has learnt of texts may take. Default 16 MiB. */
  cacheMemory: number;
}

export interface Waf {
  /** Of each loaded configuration, by path. */
  readonly diagnostics: Record<string, Diagnostics>;
  /** Addresses that some enabled rule, filter or processor reads; no other need be given. */
  readonly knownAddresses: ReadonlySet<string>;
  readonly rulesVersion: string | undefined;
  /** How the automata fare. */
  readonly statistics: WafStatistics;
  /**
   * Adds or replaces the configuration at a path. Contexts in flight keep what they began with. Never throws: if the
   * diagnostics have an `error`, nothing could be loaded and what was at the path before stays in force.
   */
  update(path: string, ruleset: unknown): Diagnostics;
  /** Returns whether there was one. */
  remove(path: string): boolean;
  newContext(): WafContext;
}

/** Counts of the automata in force, since each was built. */
export interface WafStatistics {
  /** States in the caches now. */
  states: number;
  /** Bytes that they take. */
  bytes: number;
  /** Transitions that were not in a cache and had to be worked out. */
  transitions: number;
  /** Times that a cache was full and was cleared. */
  clears: number;
  /** Searches that met so many new states that they were finished by one expression after the other. */
  givenUp: number;
}

/** One request. Persistent addresses accumulate over its runs. */
export interface WafContext {
  run(addresses: Record<string, unknown>, options?: RunOptions): WafResult;
}

export interface RunOptions {
  /** Addresses seen by this run only (a sink's argument), beside the persistent ones. */
  ephemeral?: Record<string, unknown>;
  /** Microseconds; overrides the limit for this run. */
  timeout?: number;
}

export interface WafResult {
  /** Datadog's triggers: one a rule that matched in this run. */
  events: WafEvent[];
  /** By action type: `{ block_request: { status_code, type, grpc_status_code, security_response_id } }`. */
  actions: Record<string, Record<string, unknown>>;
  /** What rules and processors say of the request, by name. Fingerprints and schemas are made when it is first read. */
  readonly attributes: Record<string, unknown>;
  /** Whether the trace should be kept. */
  keep: boolean;
  timedOut: boolean;
  /** Microseconds. */
  duration: number;
  /** A fault of the engine's own, which cut the run short; to be counted and reported, never to be thrown. */
  error?: string;
  /** Set where a limit cut the input short: how often. */
  truncated?: { stringLength?: number; containerSize?: number; depth?: number; totalValues?: number };
}

export interface WafEvent {
  rule: { id: string; name: string; tags: Record<string, string>; on_match?: string[] };
  rule_matches: RuleMatch[];
  /** Ties the event to the stack that the host takes on a `generate_stack` action. */
  stack_id?: string;
  security_response_id?: string;
}

export interface RuleMatch {
  operator: string;
  operator_value: string;
  parameters: (ScalarMatch | DetectorMatch)[];
}

export interface ScalarMatch {
  address: string;
  key_path: KeyPath;
  value: string;
  highlight: string[];
}

/** A detector's match names the sink's argument and the input that stands in it. */
export interface DetectorMatch {
  resource: { address: string; key_path: KeyPath; value: string };
  /** The input. Where a policy forbids the argument whatever the inputs are, its value is empty. */
  params: { address: string; key_path: KeyPath; value: string };
  db_type?: { address: string; key_path: KeyPath; value: string };
  highlight: string[];
}
