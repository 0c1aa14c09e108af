import type { RuleSource } from '../../rule.ts';

export type CodeRule = Omit<RuleSource, 'type' | 'severity' | 'owasp' | 'cwe' | 'capec'> & { cwe?: string };

/** What rules of one language have in common: code or objects of the attacker are run. */
export function codeInjection(type: string, capec = '1000/152/242') {
  return (rule: CodeRule): RuleSource => ({
    cwe: '94',
    ...rule,
    type,
    severity: 'critical',
    owasp: rule.cwe === '502' ? 'A08:2021' : 'A03:2021',
    capec: rule.cwe === '502' ? '1000/152/586' : capec,
  });
}
