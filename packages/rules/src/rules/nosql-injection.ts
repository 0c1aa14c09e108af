import { KEYS, RAW_URI, type RuleSource } from '../rule.ts';

const OPERATOR =
  '(?:eq|ne|gte?|lte?|n?in|not|nor|or|and|exists|type|mod|regex|text|where|size|all|elemmatch|expr|jsonschema|function|accumulator|lookup|out|merge|unionwith|rename|unset|inc|geowithin|near)';

const nosql = (rule: Omit<RuleSource, 'type' | 'cwe' | 'capec'>): RuleSource => ({
  ...rule,
  type: 'nosql_injection',
  cwe: '943',
  capec: '1000/152/248/676',
});

export const NOSQL_INJECTION: readonly RuleSource[] = [
  nosql({
    id: 'nosqli-operator-key',
    name: 'NoSQL injection: an operator as the name of a field',
    confidence: 'high',
    inputs: KEYS,
    regex: String.raw`^\$${OPERATOR}$|\[\$${OPERATOR}\]`,
  }),
  nosql({
    id: 'nosqli-operator-in-address',
    name: 'NoSQL injection: an operator in brackets in the address',
    confidence: 'high',
    inputs: RAW_URI,
    transformers: ['urlDecodeUni'],
    regex: String.raw`\[\$${OPERATOR}\](?:\[\d*\])?=`,
  }),
  nosql({
    id: 'nosqli-operator-value',
    name: 'NoSQL injection: a filter with operators as the value',
    confidence: 'medium',
    regex: String.raw`^\s*[\[{]?\s*['"]?\w*['"]?\s*:?\s*\{\s*['"]?\$${OPERATOR}['"]?\s*:`,
  }),
  nosql({
    id: 'nosqli-javascript',
    name: 'NoSQL injection: JavaScript of a database',
    confidence: 'high',
    regex: String.raw`['"\d]\s*\)?\s*(?:;|\|\||&&)\s*(?:return\s+(?:true|1|this)\b|return\s*\(|this\.\w+\s*(?:==|!=|\.\w+\()|sleep\s*\(\s*\d|while\s*\(\s*(?:true|1)\s*\))|\$where['"]?\s*:|\bdb\.\w+\.(?:find|insert|drop|remove|update\w*|deletemany|aggregate)\s*\(|\bthis\.\w+\s*\.\s*match\s*\(`,
  }),
];
