/** The same breaks out of a string or number, but behind more text than rules look at that begin at the value's start. */
import type { RuleSource } from '../../rule.ts';
import { COMPARES, COMPARES_LOOSELY, LITERAL, S, SC, SP, sql } from './fragments.ts';

const CONNECTIVE = String.raw`(?:\b(?:or|and|xor|having)\b|\|\||&&)`;
const NAME = String.raw`[\w.@$\x60]+(?:\([^()]*\))?`;

export const LONG_TEXT_RULES: readonly RuleSource[] = [
  sql({
    id: 'sqli-text-cut',
    name: 'SQL injection: a condition after any text and a quote, with the rest commented out',
    confidence: 'high',
    about:
      'Filler before an attack keeps filters from reading it. A quote is followed by a connective and a condition, a constant, or a further column, and a comment ends the value.',
    regex: String.raw`['"]${SC}*(?:${CONNECTIVE}${SP}*(?:(?:not\b|!)${SP}*)?(?:${NAME}(?:${COMPARES_LOOSELY})[^;\n]*|(?:true|false|null|\d+|${NAME})${SC}*|(?:exists${S}*)?\(${SP}*select\b[^;\n]*)|,${SP}*(?:${NAME}${S}*=[^;\n]*|(?:[\d'"]|null\b)[\w'",.\s]*\)));?${S}*(?:--[\s+-]*|#\s*|/\*)$`,
  }),
  sql({
    id: 'sqli-text-condition',
    name: 'SQL injection: a condition, a call or a statement after any text and a quote or number',
    confidence: 'medium',
    about:
      'As the part of a text that cannot be told from a quotation of SQL, or from code, it is reported and not blocked.',
    regex: String.raw`['"\d)]${SC}*\b(?:or|and|xor)${SP}+${LITERAL}${COMPARES}|['"]${SC}*${CONNECTIVE}${SP}*${NAME}(?:${COMPARES_LOOSELY})${S}*'?[^'\s]*$|['\x22]${S}*,${SP}*[\w.]+${S}*=${S}*['\x22][^'\s]*$|'${S}*\|\|${S}*(?:[\w.]+(?:\([^()]*\))?|\(${SP}*select\b[^;]*\))${S}*\|\|${S}*'|\d${SC}*\b(?:or|and)${SP}+(?:[a-z_]\w*(?:\([^()]*\))?${COMPARES}|exists${S}*\(|\(${SP}*select\b)|\w['"]${S}*\)*;?${S}*(?:--[\s+-]*|#\s*|/\*)$|['"\d)]${SC}*;${SP}*(?:(?:drop|alter|truncate)${S}+table\b|exec${S}*(?:\(|xp_|sp_|master)|delete${S}+from\b|insert${S}+into\b|update${S}+\S+${S}+set\b|shutdown${S}*(?:--|;|$))`,
  }),
];
