import type { ConditionDefinition, RuleDefinition, Ruleset } from '../src/index.ts';
import type { Random } from './random.ts';

const ADDRESSES = [
  ...['server.request.query', 'server.request.body', 'server.request.headers.no_cookies', 'http.client_ip'],
  ...['server.request.cookies', 'server.request.path_params', 'usr.id', 'server.request.method'],
  ...['server.response.status', 'server.request.uri.raw', 'graphql.server.resolver'],
];
const KEYS = ['id', 'q', 'name', 'data', 'user-agent', 'referer', '*', 'k'];
const EXPRESSIONS = [
  'select',
  '^/[a-z]*',
  '\\bor\\b',
  '\\.\\./',
  '<[a-z]+',
  '[^\\x00-\\x7f]',
  '^.{40,}$',
  'a+b*?$',
  '\\$',
];
const TRANSFORMERS = [
  'lowercase',
  'urlDecodeUni',
  'removeNulls',
  'keys_only',
  'htmlEntityDecode',
  'compressWhiteSpace',
  'url_decode',
];
const ON_MATCH = [
  ['block'],
  ['block'],
  ['monitor'],
  ['stack_trace'],
  ['redirect', 'stack_trace'],
  ['extract_schema'],
  ['own'],
  [],
];
const NEVER = 0;
const LONG_AGO = 1;
const FAR_AWAY = 4_000_000_000;

/** What an operator may add to a ruleset: a second configuration, which aims at the rules of the first. */
export function variationOf(base: Ruleset, random: Random): Ruleset {
  const rules = [...base.rules!, ...base.rules_compat!].filter(({ tags }) => tags.place === 'request');
  const variation: Ruleset = {
    rules_override: overrides(rules, random),
    exclusions: random.list(0, 3, () => 0).map((_, index) => exclusion(rules, random, index)),
    custom_rules: random.list(0, 4, () => 0).map((_, index) => customRule(random, `own-${index}`)),
    actions: actions(random),
    rules_data: [
      { id: 'blocked_ips', type: 'ip_with_expiration', data: addresses(random) },
      {
        id: 'blocked_users',
        type: 'data_with_expiration',
        data: [{ value: 'user-1', expiration: random.pick([NEVER, LONG_AGO, FAR_AWAY]) }],
      },
    ],
    exclusion_data: [{ id: 'trusted', type: 'ip_with_expiration', data: addresses(random) }],
  };
  return Object.fromEntries(
    Object.entries(variation).filter(
      ([name, section]) => name === 'actions' || ((section as unknown[]).length > 0 && !random.oneIn(3)),
    ),
  );
}

/** At most one by tags and one for each of some rules, since libddwaf leaves to chance which of several wins. */
function overrides(rules: readonly RuleDefinition[], random: Random): NonNullable<Ruleset['rules_override']> {
  const effect = () =>
    random.oneIn(3)
      ? { enabled: random.oneIn(2) }
      : random.oneIn(6)
        ? { tags: { note: 'changed' } }
        : { on_match: random.pick(ON_MATCH) };
  const ids = new Set(random.list(0, 8, () => random.pick(rules).id));
  return [
    ...(random.oneIn(4) ? [] : [{ rules_target: [{ tags: tagsOf(rules, random) }], ...effect() }]),
    ...[...ids].map((rule_id) => ({ rules_target: [{ rule_id }], ...effect() })),
  ];
}

function tagsOf(rules: readonly RuleDefinition[], random: Random): Record<string, string> {
  const { tags } = random.pick(rules);
  const names = ['kind', 'category', 'confidence', 'module'].filter((name) => tags[name] !== undefined);
  const picked = random.list(1, 2, () => random.pick(names));
  return Object.fromEntries(['place', ...picked].map((name) => [name, tags[name]!]));
}

/** Only the first may make rules block: how, if several do, is for libddwaf a matter of when they came to hold. */
function exclusion(rules: readonly RuleDefinition[], random: Random, index: number) {
  const id = `e${index}`;
  const conditions = random.list(0, 1, () => condition(random, 'trusted'));
  const rules_target = random.oneIn(3)
    ? []
    : random
        .list(1, 3, () => 0)
        .map(() => (random.oneIn(2) ? { rule_id: random.pick(rules).id } : { tags: tagsOf(rules, random) }));
  if (random.oneIn(2)) {
    const inputs = random.list(1, 2, () => ({
      address: random.pick(ADDRESSES),
      key_path: random.list(0, 2, () => random.pick(KEYS)),
    }));
    return { id, conditions, rules_target, inputs };
  }
  const aimed = rules_target.length > 0 ? rules_target : [{ tags: { place: 'request' } }];
  const on_match = random.pick(
    index === 0 ? ['block', 'redirect', 'monitor', undefined] : ['bypass', 'monitor', undefined],
  );
  return { id, conditions, rules_target: aimed, ...(on_match && { on_match }) };
}

function customRule(random: Random, id: string): RuleDefinition {
  const given = random.oneIn(4) ? output(random) : undefined;
  return {
    id,
    name: id,
    tags: {
      type: random.pick(['custom', 'sql_injection', 'xss']),
      kind: 'custom',
      place: 'request',
      category: 'attack_attempt',
      ...(random.oneIn(2) && {
        module: random.pick(['waf', 'custom-acl', 'network-acl', 'business-logic', 'nonsense']),
      }),
    },
    conditions: random.list(1, 2, () => condition(random, 'blocked_ips')),
    transformers: random.some(TRANSFORMERS, 5),
    // A block without an event doesn't tell which rule it is of.
    on_match: given?.event === false ? [] : random.pick(ON_MATCH),
    ...(given && { output: given }),
  };
}

function output(random: Random): NonNullable<RuleDefinition['output']> {
  return {
    event: random.oneIn(2),
    keep: random.oneIn(2),
    attributes: {
      '_dd.own': { value: random.pick(['x', 1, true]) },
      '_dd.seen': { address: random.pick(ADDRESSES), key_path: random.list(0, 1, () => random.pick(KEYS)) },
    },
  };
}

function condition(random: Random, data: string): ConditionDefinition {
  const inputs = random.list(1, 2, () => ({
    address: random.pick(ADDRESSES),
    ...(random.oneIn(2) && { key_path: [random.pick(KEYS)] }),
  }));
  const negation = random.oneIn(4) ? '!' : '';
  const one = negation === '' ? inputs : inputs.slice(0, 1);
  switch (random.below(6)) {
    case 0:
      return {
        operator: `${negation}phrase_match`,
        parameters: {
          inputs: one,
          list: random.list(1, 3, () => random.pick(['or', 'select', '../', 'x', 'admin', 'é'])),
        },
      };
    case 1:
      return {
        operator: `${negation}exact_match`,
        parameters: { inputs: one, list: ['admin', 'GET', '404', 'hello world'] },
      };
    case 2:
      return { operator: 'ip_match', parameters: { inputs: [{ address: 'http.client_ip' }], data } };
    case 3:
      return { operator: `${negation}exists`, parameters: { inputs: one } };
    default:
      return {
        operator: `${negation}match_regex`,
        parameters: {
          inputs: one,
          regex: random.pick(EXPRESSIONS),
          options: { case_sensitive: random.oneIn(2), min_length: random.pick([0, 0, 3]) },
        },
      };
  }
}

function actions(random: Random): NonNullable<Ruleset['actions']> {
  const block = {
    id: 'block',
    type: 'block_request',
    parameters: { status_code: random.pick([418, '429']), type: 'json' },
  };
  const redirect = {
    id: 'redirect',
    type: 'redirect_request',
    parameters: {
      location: random.pick(['/blocked', 'https://example.com/x', 'ftp://x', '']),
      status_code: random.pick([302, 303, 200]),
    },
  };
  const own = { id: 'own', type: 'extended_data_collection', parameters: { max_collected_headers: 50 } };
  return [redirect, own, ...(random.oneIn(3) ? [block] : [])];
}

function addresses(random: Random): { value: string; expiration?: number }[] {
  // Never none: libddwaf 1.30 crashes on an empty list.
  return ['192.0.2.0/24', ...random.some(['203.0.113.7', '10.0.0.0/8', '2001:db8::/32', '::1'], 2)].map(
    (value) => ({ value, ...(random.oneIn(2) && { expiration: random.pick([NEVER, LONG_AGO, FAR_AWAY]) }) }),
  );
}
