import type { Ruleset } from '@wardline/waf';
import type { RuleSource } from './rule.ts';

/** What signs of one type must weigh together in a request to be reported, and to be blocked. */
const SUSPICIOUS = 4;
const CERTAIN = 6;

/**
 * The scoring of signs: for each type of attack of which there are weighted rules, a processor that sums what has
 * matched, and rules that test the sum. Signs of SQL injection and signs of XSS in one request are two halves of
 * nothing, so that each type has its own.
 */
export function scoring(signs: readonly RuleSource[]): Pick<Ruleset, 'rules' | 'processors'> {
  const types = [
    ...new Set(signs.filter(({ weight }) => weight !== undefined).map(({ type }) => type)),
  ].sort();
  const processors = {
    id: 'wardline-signs',
    generator: 'sum_weights',
    parameters: {
      mappings: types.map((type) => ({
        inputs: [{ address: 'waf.context.weights', key_path: [type] }],
        output: addressOf(type),
      })),
    },
    evaluate: true,
    output: true,
  };
  const rules = types.flatMap((type) => [
    tests(type, 'certain', 'high', CERTAIN),
    tests(type, 'suspicious', 'medium', SUSPICIOUS),
  ]);
  return { rules, processors: types.length === 0 ? [] : [processors] };
}

function addressOf(type: string): string {
  return `wardline.appsec.weight.${type}`;
}

function tests(type: string, level: string, confidence: string, threshold: number) {
  return {
    id: `score-${type.replaceAll('_', '-')}-${level}`,
    name: `Signs of ${type.replaceAll('_', ' ')} that together weigh at least ${threshold}`,
    tags: { type, category: 'attack_attempt', module: 'waf', confidence },
    conditions: [
      {
        operator: 'greater_than',
        parameters: { inputs: [{ address: addressOf(type) }], type: 'float', value: threshold - 1 },
      },
    ],
    transformers: [],
    on_match: [],
  };
}
