/** Small random rulesets and addresses out of small alphabets, so that rules, exclusions and values meet. */
import fc from 'fast-check';
import type { Run } from './libddwaf.ts';

const address = fc.constantFrom('a', 'b', 'c');
const key = fc.constantFrom('k', 'l', 'x');
/** None that a transformer is known to make something else of than libddwaf does. */
const word = fc.constantFrom(
  ...[
    'x',
    'y',
    'xy',
    'k',
    'l',
    'X',
    '',
    ' x ',
    'x%79',
    '10.0.0.1',
    '::ffff:10.1.2.3',
    '2',
    'true',
    'x\0y',
    'xyxy',
  ],
  ...[
    '&#120;',
    '\\x78',
    '/x/../y',
    '//x//y',
    'x/*k*/y',
    'ｘ',
    'é',
    '/x/k.y?l=x#k',
    '\u{e0078}',
    'x  y',
    '%25%37%38',
  ],
);
const regex = fc.constantFrom(
  'x',
  '^y',
  '[kl]',
  'xy?$',
  '^$',
  '(?-i)X',
  '\\bx\\b',
  'x.*y',
  '(?:x|y){2}',
  '.',
  '[^x]',
);
const phrases = fc.array(fc.constantFrom('x', 'y', 'xy', 'k', 'X', '/y', 'é'), {
  minLength: 1,
  maxLength: 3,
});
const input = fc.record({ address, key_path: fc.array(key, { maxLength: 2 }) });
const inputs = fc.array(input, { minLength: 1, maxLength: 2 });
const oneInput = fc.array(input, { minLength: 1, maxLength: 1 });
const words = fc.array(word, { minLength: 1, maxLength: 3 });
const addresses = fc.constantFrom(['10.0.0.0/8'], ['10.0.0.1'], ['::/0'], ['10.1.0.0/16', 'x']);
const NEVER = 0;
const LONG_AGO = 1;
const FAR_AWAY = 4_000_000_000;
const expiration = fc.constantFrom(NEVER, LONG_AGO, FAR_AWAY);

const condition = (operators: string[], parameters: fc.Arbitrary<object>) =>
  fc.record({ operator: fc.constantFrom(...operators), parameters });

const conditions = fc.oneof(
  condition(
    ['match_regex'],
    fc.record({
      inputs,
      regex,
      options: fc.record({ case_sensitive: fc.boolean(), min_length: fc.constantFrom(0, 2) }),
    }),
  ),
  condition(['!match_regex'], fc.record({ inputs: oneInput, regex })),
  condition(['phrase_match'], fc.record({ inputs, list: phrases })),
  condition(['!phrase_match'], fc.record({ inputs: oneInput, list: phrases })),
  condition(['exact_match'], fc.record({ inputs, list: words })),
  condition(['!exact_match'], fc.record({ inputs: oneInput, list: words })),
  condition(['exact_match'], fc.record({ inputs, data: fc.constant('words') })),
  condition(['ip_match'], fc.record({ inputs, list: addresses })),
  condition(['!ip_match'], fc.record({ inputs: oneInput, list: addresses })),
  condition(['ip_match'], fc.record({ inputs, data: fc.constant('addresses') })),
  condition(['exists'], fc.record({ inputs })),
  condition(['!exists'], fc.record({ inputs: oneInput })),
  condition(['hidden_ascii_match'], fc.record({ inputs })),
  condition(
    ['equals', 'greater_than', 'lower_than'],
    fc.record({ inputs, type: fc.constant('float'), value: fc.constantFrom(1, 2) }),
  ),
  condition(
    ['!equals'],
    fc.record({ inputs: oneInput, type: fc.constant('float'), value: fc.constantFrom(1, 2) }),
  ),
  condition(['equals'], fc.record({ inputs, type: fc.constant('string'), value: word })),
  condition(['equals'], fc.record({ inputs, type: fc.constant('boolean'), value: fc.boolean() })),
);

const onMatch = fc.constantFrom(
  [],
  [],
  ['stack_trace'],
  ['monitor'],
  ['block'],
  ['turn', 'stack_trace'],
  ['own'],
);
const transformers = fc.subarray([
  ...[
    'lowercase',
    'urlDecodeUni',
    'removeNulls',
    'keys_only',
    'url_decode',
    'html_entity_decode',
    'js_decode',
  ],
  ...[
    'compress_whitespace',
    'normalize_path',
    'remove_comments',
    'url_basename',
    'url_path',
    'unicode_normalize',
  ],
]);
const attributes = fc.dictionary(
  fc.constantFrom('p', 'q'),
  fc.oneof(
    fc.record({ value: fc.constantFrom('v', 1, true) }),
    fc.record({ address, key_path: fc.array(key, { maxLength: 1 }) }),
  ),
  { minKeys: 1, maxKeys: 2 },
);
const rule = fc.record(
  {
    conditions: fc.array(conditions, { minLength: 1, maxLength: 2 }),
    transformers: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: transformers }),
    module: fc.constantFrom('waf', 'rasp', 'business-logic', 'network-acl', 'custom-acl', 'other'),
    on_match: onMatch,
    output: fc.record({ event: fc.boolean(), keep: fc.boolean(), attributes }),
    enabled: fc.constantFrom(true, true, false),
  },
  { requiredKeys: ['conditions', 'transformers', 'module', 'on_match'] },
);

/** Each of a type of its own, since which rule of a type reports is left to chance in libddwaf. */
const numbered = (prefix: string, maxLength: number) =>
  fc.array(rule, { minLength: prefix === 'r' ? 1 : 0, maxLength }).map((list) =>
    list.map(({ module, ...rule }, index) => ({
      ...rule,
      ...(rule.output && {
        output: { ...rule.output, attributes: attributesOf(`${prefix}${index}`, rule.output.attributes) },
      }),
      on_match: rule.output?.event === false ? [] : rule.on_match,
      id: `${prefix}${index}`,
      name: 'n',
      tags: { type: `${prefix}t${index}`, kind: `${prefix}t${index}`, module },
    })),
  );

/** Attributes of names of the rule's own. */
function attributesOf(id: string, attributes: object): object {
  return Object.fromEntries(Object.entries(attributes).map(([name, source]) => [`${id}.${name}`, source]));
}

const target = fc.constantFrom<object[]>([{ rule_id: 'r0' }, { tags: { kind: 'rt1' } }]);
const rules_target = fc.constantFrom(
  [],
  [{ rule_id: 'r0' }],
  [{ tags: { kind: 'rt1' } }],
  [{ rule_id: 'u0' }],
);
const excludedPath = fc.array(fc.constantFrom('k', 'l', 'x', '*'), { minLength: 1, maxLength: 2 });
/** Whole addresses, or parts of them: beside a part of it libddwaf forgets that all of an address is excluded. */
const excludedInputs = fc.oneof(
  fc.array(fc.record({ address, key_path: fc.constant([]) }), { minLength: 1, maxLength: 2 }),
  fc.array(fc.record({ address, key_path: excludedPath }), { minLength: 1, maxLength: 2 }),
);
const exclusionConditions = fc.array(conditions, { maxLength: 1 });
const exclusion = fc.oneof(
  fc.record({
    conditions: exclusionConditions,
    rules_target,
    inputs: excludedInputs,
  }),
  fc.record({
    conditions: exclusionConditions,
    rules_target: fc.constantFrom([{ rule_id: 'r0' }], [{ tags: { kind: 'rt1' } }], [{ rule_id: 'u0' }]),
    on_match: fc.constantFrom('bypass', 'monitor', 'block', 'turn'),
  }),
);

/** One by tags at most, since which of several of a kind wins is left to chance in libddwaf. */
const override = fc.oneof(
  fc.record({ rules_target: target.map(([byId]) => [byId]), on_match: onMatch }),
  fc.record({ rules_target: target.map(([, byTags]) => [byTags]), enabled: fc.boolean() }),
);

/** Never an empty list of data, on which libddwaf 1.30 crashes. */
const data = fc.record({
  words: fc.array(fc.record({ value: word, expiration }), { minLength: 1, maxLength: 2 }),
  addresses: fc.record({ value: fc.constantFrom('10.0.0.0/8', '10.0.0.1'), expiration }).map((one) => [one]),
});

/** A ruleset of one to six rules. */
export const randomRuleset = fc
  .record({
    rules: numbered('r', 3),
    custom_rules: numbered('u', 2),
    exclusions: fc.array(exclusion, { maxLength: 2 }),
    rules_override: fc.array(override, { maxLength: 1 }),
    data,
    location: fc.constantFrom('/elsewhere', 'nowhere'),
  })
  .map(({ exclusions, data, location, ...ruleset }) => {
    const lists = [
      { id: 'words', type: 'data_with_expiration', data: data.words },
      { id: 'addresses', type: 'ip_with_expiration', data: data.addresses },
    ];
    const [first] = exclusions as { on_match?: string }[];
    const blocks = first?.on_match === 'block' || first?.on_match === 'turn';
    const withEvents = (rules: typeof ruleset.rules) =>
      blocks ? rules.map((rule) => ({ ...rule, output: { ...rule.output, event: true } })) : rules;
    return {
      ...ruleset,
      // A block without an event doesn't tell which rule it is of.
      rules: withEvents(ruleset.rules),
      custom_rules: withEvents(ruleset.custom_rules),
      exclusions: exclusions.map((one, index) => ({
        ...(index === 0 ? one : withoutBlock(one)),
        id: `e${index}`,
      })),
      rules_data: lists,
      exclusion_data: lists,
      actions: [
        { id: 'turn', type: 'redirect_request', parameters: { location, status_code: 302 } },
        { id: 'own', type: 'own_type', parameters: { p: 1 } },
      ],
    };
  });

/** Which of several exclusions' blocks is taken is for libddwaf a matter of when they came to hold. */
function withoutBlock<T extends object>(exclusion: T): T {
  const { on_match } = exclusion as { on_match?: string };
  return on_match === undefined || on_match === 'bypass' ? exclusion : { ...exclusion, on_match: 'monitor' };
}

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    word,
    fc.constantFrom(1, 2, 2.5, true, false, null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 3 }),
  ),
}));

/** Addresses and their values. */
export const randomValues = fc.dictionary(address, value, { maxKeys: 3 });

/** The runs of a context. No address is both persistent and ephemeral, where the two are meant to differ. */
export const randomRuns = fc
  .array(fc.record({ persistent: randomValues, ephemeral: randomValues }), { minLength: 1, maxLength: 3 })
  .map((list) => {
    const persistent = new Set(list.flatMap((run) => Object.keys(run.persistent)));
    const alone = (run: object) => Object.entries(run).filter(([name]) => !persistent.has(name));
    return list.map((run): Run => ({ ...run, ephemeral: Object.fromEntries(alone(run.ephemeral)) }));
  });
