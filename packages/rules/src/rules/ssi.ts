import { DEEPLY_DECODED, RAW_URI, type RuleSource, VALUES_AND_HEADERS } from '../rule.ts';

const ssi = (rule: Omit<RuleSource, 'type' | 'owasp' | 'cwe' | 'capec'>): RuleSource => ({
  severity: 'high',
  ...(rule.confidence === 'high' && { alsoDecoded: [DEEPLY_DECODED] }),
  inputs: [...VALUES_AND_HEADERS, ...RAW_URI],
  ...rule,
  type: 'ssi_injection',
  owasp: 'A03:2021',
  cwe: '97',
  capec: '1000/152/253/101',
});

export const SERVER_SIDE_INCLUDES: readonly RuleSource[] = [
  ssi({
    id: 'ssi-exec',
    name: 'Server-side include: a directive that runs a program',
    confidence: 'high',
    severity: 'critical',
    about:
      'A server that expands includes in what it stored runs the command of `<!--#exec cmd="id"-->`. Comments in markup have no hash sign.',
    regex: String.raw`<!--\s*#\s*exec\s+(?:cmd|cgi)\s*=|<!--\s*#\s*(?:include|fsize|flastmod)\s+(?:file|virtual)\s*=\s*["']?(?:/(?:etc|proc|var|home|root|windows)/|\.\./|[a-z]:|https?:|[\w/]*\.\./)`,
  }),
  ssi({
    id: 'ssi-directive',
    name: 'Server-side include: a directive at the beginning of a value',
    confidence: 'high',
    about:
      'A directive that prints variables or sizes of files, with nothing before it but one word or a quote. Pages that people post mostly include others.',
    regex: String.raw`^[^\s<]*\s?<!--\s*#\s*(?:echo|config|fsize|flastmod|printenv)\b`,
  }),
  ssi({
    id: 'ssi-directive-in-text',
    name: 'Server-side include: a directive within text',
    confidence: 'medium',
    severity: 'medium',
    about: 'Pages with includes, as people post their source, have the same.',
    regex: String.raw`<!--\s*#\s*(?:include|echo|config|fsize|flastmod|printenv|set)\b[^>]*=`,
  }),
  ssi({
    id: 'esi-tag',
    name: 'Edge-side include: a tag that a cache would expand',
    confidence: 'high',
    about:
      'Caches fetch what `<esi:include src="…"/>` names, and print cookies by `$(HTTP_COOKIE)`. Markup that people send to a site is behind the cache and has no such tags.',
    regex: String.raw`<esi:(?:include|inline|eval|assign|debug|vars|choose|when|try|function|foreach|invalidate|text|remove|comment)\b[^>]*(?:/?>|=)|<!--esi\b|\$\(http_(?:cookie|host|referer|user_agent|x_)[^)]*\)|\$\(query_string[^)]*\)`,
  }),
];
