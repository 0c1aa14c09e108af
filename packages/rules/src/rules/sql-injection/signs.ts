/** Signs: what is seldom in benign values and common in attacks, but proves nothing alone. */
import type { RuleSource } from '../../rule.ts';
import { LOGIC, S, SC, SP, sql, TELLS } from './fragments.ts';

export const SIGNS: readonly RuleSource[] = [
  sql({
    id: 'sqli-sign-tokens',
    name: 'Sign of SQL injection: the words of the value are in the order that they have in SQL',
    confidence: 'low',
    weight: 3,
    about:
      'A tokenizer of SQL reads the beginning of the value as if it were inside of a number, a string in single or in double quotes, and knows the sequence of the first tokens from attacks. Short pieces of code and prose with many quotes can have the same.',
    operator: 'is_sqli',
    alsoDecoded: [],
  }),
  sql({
    id: 'sqli-sign-comment',
    name: 'Sign of SQL injection: a comment at the end of the value',
    confidence: 'low',
    weight: 1,
    about: 'A comment after anything but a letter cuts off what follows in a query; text ends otherwise.',
    regex: String.raw`[^a-z\s-]\s*(?:--[\s+-]*$|#\s*$|/\*[^/]*$)`,
  }),
  sql({
    id: 'sqli-sign-breakout',
    name: 'Sign of SQL injection: the first quote of the value is followed by an operator',
    confidence: 'low',
    weight: 2,
    about:
      'Behind the quote of a name comes a letter, and behind that of a quotation its first word; an operator, a parenthesis or a connective stands behind a quote that closes a string.',
    regex: String.raw`^[^\s'"(=]*['"]${SC}*(?:${LOGIC}|[=<>+*%|^&;]|\b(?:in|is|r?like|between|union|order|group|limit|into|as|for|procedure|regexp|div|mod)\b)`,
  }),
  sql({
    id: 'sqli-sign-first-word',
    name: 'Sign of SQL injection: a number, name or parenthesis followed by a connective and a value',
    confidence: 'low',
    weight: 1,
    about:
      'The first word of the value is followed by what goes on with a condition and a literal or a call.',
    regex: String.raw`^[\s(]*-?[\w.@\x60'"]*${SC}*(?:${LOGIC}|[=<>*%|^&;]|\b(?:in|r?like|between|div|mod|union|regexp)\b)${SP}*[-+~!(@'"\d]`,
  }),
  sql({
    id: 'sqli-sign-function',
    name: 'Sign of SQL injection: a function of a database',
    confidence: 'low',
    weight: 1,
    about:
      'Functions whose names programs of other languages seldom have, directly followed by a parenthesis.',
    regex: String.raw`\b(?:${TELLS}|concat_ws|group_concat|load_file|unhex|ascii|char_length|ifnull|nvl|coalesce|sleep|iif|serverproperty|cos|binary|elt|make_set)\(|\b(?:count|ord|substr(?:ing)?|mid|cast|char|chr|convert|hex)${S}*\(${S}*(?:\*|distinct\b|\w+${S}+as\b|\(?select\b|'\w'\))`,
  }),
  sql({
    id: 'sqli-sign-query',
    name: 'Sign of SQL injection: the clauses of a query',
    confidence: 'low',
    weight: 1,
    about: 'SELECT and FROM, or another pair of clauses, in the order of a statement.',
    regex: String.raw`\bselect\b[^;]*\bfrom\b|\b(?:where|having|limit|order${S}+by|group${S}+by)${S}+[\w.(\x60]+${S}*(?:[=<>,(]|--|#)|\bselect${SP}*[\d'"@(\x60*]|\bunion\b.*\bselect\b`,
  }),
];
