import { DEEPLY_DECODED, RAW_URI, type RuleSource, VALUES } from '../../rule.ts';

/** Also the address itself: names of pages come to templates from its path. */
const INPUTS = [...VALUES, ...RAW_URI];

/** What all rules of template injection share. */
export const template = (rule: Omit<RuleSource, 'type' | 'owasp' | 'cwe' | 'capec'>): RuleSource => ({
  severity: 'critical',
  ...(rule.confidence === 'high' && { inputs: INPUTS, alsoDecoded: [DEEPLY_DECODED] }),
  ...rule,
  type: 'template_injection',
  owasp: 'A03:2021',
  cwe: '1336',
  capec: '1000/152/242',
});

/** `{{` of Jinja2, Twig, Nunjucks, Handlebars, Vue, Go; or a statement of Jinja2, Twig, Liquid, Tornado. */
export const CURLY = String.raw`(?:\{\{|\{%[-+]?\s*(?:for|if|elif|set|import|from|include|extends|with|macro|print|do|call|block|filter|apply|autoescape)\b)`;

/** The same, and `${` `#{` `*{` `~{` `@{` `!{` `<%` `[%`. */
export const ANY = String.raw`(?:\{\{|\{%|[$#*~@!]\{|<%|\[%)`;

/**
 * The beginning of a value that is one word: what people and editors send that hold templates have blanks before them,
 * or are calls in source code.
 */
export const ONE_WORD = String.raw`^[^\s\x60()]*`;

/** Within an expression: to the end of the line, or over lines to the next brace. */
export const GAP = '(?:.*|[^}]*)';
