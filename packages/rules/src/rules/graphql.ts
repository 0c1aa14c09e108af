import type { InputDefinition } from '@wardline/waf';
import { RAW_URI, type RuleSource } from '../rule.ts';

/** Where a query stands: in the field `query`, or as the whole body (`application/graphql`). */
const QUERIES: readonly InputDefinition[] = [
  { address: 'server.request.body', key_path: ['query'] },
  { address: 'server.request.query', key_path: ['query'] },
];

const graphql = (rule: Omit<RuleSource, 'type' | 'owasp' | 'capec'>): RuleSource => ({
  severity: 'medium',
  inputs: QUERIES,
  transformers: [],
  ...rule,
  type: 'graphql_abuse',
  owasp: 'A04:2021',
  capec: '1000/210/125',
});

export const GRAPHQL: readonly RuleSource[] = [
  graphql({
    id: 'graphql-introspection',
    name: 'GraphQL: introspection of the whole schema',
    confidence: 'medium',
    severity: 'low',
    cwe: '200',
    about:
      'The first step of most attacks asks for all types. Clients have the schema when they are built; development tools ask for it too.',
    regex: String.raw`\b__schema\s*(?:@[^{]*)?\{`,
  }),
  graphql({
    id: 'graphql-introspection-in-path',
    name: 'GraphQL: introspection in an address that is no query',
    confidence: 'medium',
    severity: 'low',
    cwe: '200',
    about: 'Scanners try the introspection under many paths and parameters.',
    inputs: RAW_URI,
    transformers: ['urlDecodeUni'],
    regex: String.raw`\{\s*__schema\s*\{`,
  }),
  graphql({
    id: 'graphql-sign-type',
    name: 'Sign of GraphQL abuse: a question for one type of the schema',
    confidence: 'low',
    weight: 2,
    cwe: '200',
    about: 'Asks for the fields of a type by name.',
    regex: String.raw`\b__type\s*\(\s*name\s*:`,
  }),
  graphql({
    id: 'graphql-sign-type-fields',
    name: 'Sign of GraphQL abuse: parts of types that only introspection has',
    confidence: 'low',
    weight: 2,
    cwe: '200',
    about: 'Asks for the fields, inputs or values of a type.',
    regex: String.raw`\{\s*(?:kind\s+|name\s+)*(?:inputfields|possibletypes|enumvalues|oftype|fields\s*(?:\([^)]*\)\s*)?\{\s*name)\b`,
  }),
  graphql({
    id: 'graphql-deep-nesting',
    name: 'GraphQL: selections nested more than 20 deep',
    confidence: 'medium',
    cwe: '674',
    about:
      'Types that refer to each other let a query go around in circles, each round multiplying the work. Queries of clients are some ten levels deep.',
    regex: String.raw`(?:\{[^{}]*){21}`,
  }),
  graphql({
    id: 'graphql-alias-brute-force',
    name: 'GraphQL: the same login or code tried under several aliases',
    confidence: 'high',
    severity: 'high',
    cwe: '307',
    about:
      'Aliases put many tries into one request, which limits by request do not see: `a:login(…) b:login(…)`. Clients log in once.',
    regex: String.raw`(?::\s*(?:log_?in|sign_?in|auth\w*|verify\w*|validate\w*|check_?(?:otp|code|pin|password)\w*|redeem\w*|token_?auth|reset_?password|otp\w*)\s*\([^:]*:[^)]*\)[^:(]*){4}`,
  }),
  graphql({
    id: 'graphql-alias-overloading',
    name: 'GraphQL: dozens of numbered aliases',
    confidence: 'medium',
    cwe: '770',
    about:
      'The same costly field under `a1`, `a2`, `a3` and so on. Clients that build queries in loops number their aliases too, but not thirty in one.',
    regex: String.raw`(?:\b[a-z_]*\d+\s*:\s*[a-z_][\s\S]*){30}`,
  }),
  graphql({
    id: 'graphql-directive-overloading',
    name: 'GraphQL: directives without end on one field',
    confidence: 'high',
    cwe: '770',
    about:
      'Servers check each directive, known or not, so that thousands keep them busy. Fields of clients have one or two.',
    regex: String.raw`(?:@\w+\s*(?:\([^)]*\)\s*)?){8}`,
  }),
  graphql({
    id: 'graphql-field-duplication',
    name: 'GraphQL: the same field again and again',
    confidence: 'medium',
    cwe: '770',
    about: 'Repeated fields are merged late, after the work of checking them.',
    regex: String.raw`(?:\b__typename[\s,]+){6}`,
  }),
];
