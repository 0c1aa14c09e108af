import { POLICIES } from '@wardline/rules';

/** Where the rules of the service itself are kept in the WAF: the built-in ones, or those of `WARDLINE_APPSEC_RULES`. */
export const RULES_PATH = 'default';
export const POLICY_PATH = 'wardline/policy';

/** What block mode adds to the rules, which by themselves only report. */
export const BLOCK_POLICY = POLICIES.recommended;
