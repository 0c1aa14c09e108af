import { header, type RuleSource } from '../../rule.ts';

/** What all rules over the protocol share. */
export const protocol = (rule: Omit<RuleSource, 'type' | 'cwe'> & { cwe?: string }): RuleSource => ({
  // The encoding itself is what these look at.
  transformers: [],
  severity: 'medium',
  owasp: 'A05:2021',
  ...rule,
  type: 'http_protocol_violation',
});

/** The values of headers, by their names in lower case. */
export const headers = (...names: string[]) => names.flatMap(header);

export const METHODS = '(?:get|post|put|delete|head|options|patch|trace|connect)';
