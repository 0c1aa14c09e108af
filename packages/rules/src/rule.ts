import type { ConditionDefinition, InputDefinition, RuleDefinition } from '@wardline/waf';

/**
 * How sure a match is an attack: `high` may block, `medium` is reported, `low` is a sign: by itself it is neither, but
 * signs of one type in a request are summed, and rules test the sum.
 */
export type Confidence = 'high' | 'medium' | 'low';

/** What an attack of this kind can do where it succeeds. */
export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info';

/** What a rule of the curated ruleset is written as; `defineRule` makes Datadog's format of it. */
export interface RuleSource {
  /** Kebab case, the type first: `sqli-union-select`. */
  id: string;
  name: string;
  /** `tags.type`, Datadog's words where it has one. */
  type: string;
  confidence: Confidence;
  severity?: Severity;
  /**
   * The technique, and why what people really send doesn't look like it: one to three sentences of Markdown, for the
   * catalogue.
   */
  about?: string;
  /** What a sign (confidence `low`) adds to the sum of its type. */
  weight?: 1 | 2 | 3;
  /** The category of OWASP's Top 10 of 2021: `A03:2021`. */
  owasp?: string;
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
  /** An operator without parameters of its own. */
  operator?: 'is_sqli' | 'is_xss' | 'exists';
  inputs?: readonly InputDefinition[];
  /** How values are decoded before they are looked at. Default DECODED. */
  transformers?: readonly string[];
  /** Other ways of decoding the same values, each looked at too: `[DEEPLY_DECODED]`. */
  alsoDecoded?: readonly (readonly string[])[];
  /** What has to hold besides. */
  and?: readonly ConditionSource[];
}

/** What one condition is made of. */
export type ConditionSource = Pick<
  RuleSource,
  'regex' | 'caseSensitive' | 'minLength' | 'phrases' | 'operator' | 'inputs' | 'alsoDecoded'
>;

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
export const DECODED = ['urlDecodeUni', 'htmlEntityDecode', 'removeNulls'];

/**
 * The same and more, for what is decoded on its way by more than one party: escapes of JavaScript, and letters that look
 * alike (NFKC, accents taken off), as databases and browsers compare them. `urlDecodeUni` decodes as often as there is
 * something to decode.
 */
export const DEEPLY_DECODED = [
  'urlDecodeUni',
  'htmlEntityDecode',
  'jsDecode',
  'unicode_normalize',
  'removeNulls',
];

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
      ...(source.severity && { severity: source.severity }),
      ...(source.weight && { weight: String(source.weight) }),
      ...(source.owasp && { owasp: source.owasp }),
      ...(source.cwe && { cwe: source.cwe }),
      ...(source.capec && { capec: source.capec }),
    },
    conditions: [source, ...(source.and ?? [])].map(condition),
    transformers: [...(source.transformers ?? (source.phrases ? ['lowercase'] : DECODED))],
    on_match: [],
    ...(source.weight && { output: sign(source.id, source.weight) }),
  };
}

/** What a sign gives: no event, but an attribute, so that a trace tells of it. */
function sign(id: string, weight: number): RuleDefinition['output'] {
  return { event: false, keep: false, attributes: { [`wardline.appsec.signs.${id}`]: { value: weight } } };
}

function condition(source: ConditionSource): ConditionDefinition {
  const { inputs = VALUES, regex, phrases, operator, caseSensitive, minLength, alsoDecoded = [] } = source;
  // An input that says how it is decoded, such as keys, is decoded in no other way.
  const plain = inputs.filter((input) => input.transformers === undefined);
  const others = alsoDecoded.flatMap((transformers) =>
    plain.map((input) => ({ ...input, transformers: [...transformers] })),
  );
  const parameters = { inputs: [...inputs, ...others] };
  if (operator) return { operator, parameters };
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
