import type { ConditionDefinition, InputDefinition, RuleDefinition } from '@wardline/waf';

/** How sure a match is an attack: `high` may block, `medium` and `low` only report. */
export type Confidence = 'high' | 'medium' | 'low';

/** What a rule of the curated ruleset is written as; `defineRule` makes Datadog's format of it. */
export interface RuleSource {
  /** Kebab case, the type first: `sqli-union-select`. */
  id: string;
  name: string;
  /** `tags.type`, Datadog's words where it has one. */
  type: string;
  confidence: Confidence;
  /** Numbers in the Common Weakness Enumeration and Common Attack Pattern lists. */
  cwe?: string;
  capec?: string;
  /** RE2 syntax, not case-sensitive unless `caseSensitive`. */
  regex?: string;
  caseSensitive?: boolean;
  /** Shorter values are not looked at. */
  minLength?: number;
  /** Words to look for, in lower case (the value is lower-cased). */
  phrases?: readonly string[];
  inputs?: readonly InputDefinition[];
  transformers?: readonly string[];
}

/** Where a request carries values that its sender chose freely. */
export const VALUES: readonly InputDefinition[] = [
  { address: 'server.request.query' },
  { address: 'server.request.body' },
  { address: 'server.request.path_params' },
  { address: 'server.request.cookies' },
  { address: 'graphql.server.all_resolvers' },
  { address: 'graphql.server.resolver' },
];

/** The same and the headers, for what is harmful wherever it is logged or parsed. */
export const VALUES_AND_HEADERS: readonly InputDefinition[] = [
  ...VALUES,
  { address: 'server.request.headers.no_cookies' },
];

/**
 * How values are decoded before a rule looks at them, if it says nothing else. Rules share it, because the engine reads
 * a value once for each distinct way of decoding it.
 */
const DECODED = ['urlDecodeUni', 'htmlEntityDecode', 'removeNulls'];

/** Names of parameters and fields. */
export const KEYS: readonly InputDefinition[] = [
  'server.request.query',
  'server.request.body',
  'server.request.cookies',
].map((address) => ({ address, transformers: ['keys_only'] }));

export const RAW_URI: readonly InputDefinition[] = [{ address: 'server.request.uri.raw' }];

export const header = (name: string): readonly InputDefinition[] => [
  { address: 'server.request.headers.no_cookies', key_path: [name] },
];

/** A rule in Datadog's format. */
export function defineRule(source: RuleSource): RuleDefinition {
  return {
    id: source.id,
    name: source.name,
    tags: {
      type: source.type,
      category: 'attack_attempt',
      module: 'waf',
      confidence: source.confidence,
      ...(source.cwe && { cwe: source.cwe }),
      ...(source.capec && { capec: source.capec }),
    },
    conditions: [condition(source)],
    transformers: [...(source.transformers ?? (source.phrases ? ['lowercase'] : DECODED))],
    on_match: [],
  };
}

function condition({ inputs, regex, phrases, caseSensitive, minLength }: RuleSource): ConditionDefinition {
  const parameters = { inputs: [...(inputs ?? VALUES)] };
  if (phrases) return { operator: 'phrase_match', parameters: { ...parameters, list: [...phrases] } };
  return {
    operator: 'match_regex',
    parameters: {
      ...parameters,
      regex,
      options: { case_sensitive: caseSensitive ?? false, ...(minLength && { min_length: minLength }) },
    },
  };
}
