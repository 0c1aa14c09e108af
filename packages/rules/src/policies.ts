import type { Ruleset } from '@wardline/waf';

/** Configurations that a host adds to a ruleset to say what is blocked; by itself every rule only reports. */
export type PolicyName = 'monitoring' | 'recommended' | 'attack_tools';

const BLOCK = ['block'];
/** Tags that say "certain" are words in this ruleset and numbers in Datadog's. */
const CERTAIN = ['high', '1'];
const ATTACK_TOOLS = ['attack_tool', 'security_scanner'].flatMap((type) =>
  CERTAIN.map((confidence) => ({ tags: { type, confidence } })),
);

/**
 * - `monitoring`: nothing is blocked.
 * - `recommended`: rules of confidence high (1 in Datadog's ruleset) block, and exploits at a sink, which take the stack.
 * - `attack_tools`: only what scanners and attack tools send is blocked, since no visitor sends it.
 */
export const POLICIES: Readonly<Record<PolicyName, Ruleset>> = {
  monitoring: {},
  recommended: {
    rules_override: [
      {
        rules_target: CERTAIN.map((confidence) => ({ tags: { confidence } })),
        on_match: BLOCK,
      },
      { rules_target: [{ tags: { module: 'rasp' } }], on_match: ['stack_trace', ...BLOCK] },
    ],
  },
  attack_tools: {
    rules_override: [{ rules_target: ATTACK_TOOLS, on_match: BLOCK }],
  },
};
