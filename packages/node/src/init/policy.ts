import type { Ruleset } from '@wardline/waf';

/** Where the rules of the service itself are kept in the WAF: the built-in ones, or those of `WARDLINE_APPSEC_RULES`. */
export const RULES_PATH = 'default';
export const POLICY_PATH = 'wardline/policy';

/**
 * What block mode adds to the rules, which by themselves only report: those that are sure of their match block, and so
 * do those at a sink, which take the stack as well.
 */
export const BLOCK_POLICY: Ruleset = {
  rules_override: [
    {
      rules_target: [{ tags: { confidence: 'high' } }, { tags: { confidence: '1' } }],
      on_match: ['block'],
    },
    { rules_target: [{ tags: { module: 'rasp' } }], on_match: ['stack_trace', 'block'] },
  ],
};
