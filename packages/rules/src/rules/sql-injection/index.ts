/** SQL injection, by technique. */
import type { RuleSource } from '../../rule.ts';
import { BLIND_RULES } from './blind.ts';
import { BOOLEAN_RULES } from './boolean.ts';
import { EVASION_RULES } from './evasion.ts';
import { LONG_TEXT_RULES } from './long-text.ts';
import { PROBE_RULES } from './probes.ts';
import { SIGNS } from './signs.ts';
import { STATEMENT_RULES } from './statements.ts';
import { UNION_RULES } from './union.ts';

export const SQL_INJECTION: readonly RuleSource[] = [
  ...UNION_RULES,
  ...BOOLEAN_RULES,
  ...BLIND_RULES,
  ...STATEMENT_RULES,
  ...PROBE_RULES,
  ...LONG_TEXT_RULES,
  ...EVASION_RULES,
  ...SIGNS,
];
