/** Parts that the expressions of SQL injection are assembled from. */
import { DEEPLY_DECODED, type RuleSource } from '../../rule.ts';

/**
 * One blank between two words of SQL: white space, what a broken encoding leaves of it, a plus that stood for it, a
 * comment, in which sqlmap writes random letters where it goes to the end of a line, or either end of MySQL's comments
 * whose content is run; and more characters.
 */
const blank = (more = '') =>
  String.raw`(?:[\s\x0b\xa0+\x{fffd}${more}]|/\*(?:!\d*|(?:[^*]|\*+[^*/])*\*+/)|\*/|(?:--|#)[\w#/*-]*[\r\n])`;

export const S = blank();

/** Blanks and opening parentheses, which can stand for them. */
export const SP = blank('(');

/** Blanks and parentheses that close those of the query. */
export const SC = blank(')');

/** Where a keyword may begin: digits, exponents and MySQL's `\N` need no blank after them. */
export const K = String.raw`(?:\b|\de?|\\n)`;

/** The first quote of a value, near its start, and no call's or assignment's: it closes the string that the value was put in. */
export const BREAKOUT = String.raw`^(?:[^\s'"(=]*\s)?[^\s'"(=]*['"]${SC}*`;

/**
 * The first word of a value, which may close quotes and parentheses, up to its end: within a word nothing else can begin, which
 * keeps the automaton small.
 */
export const FIRST = String.raw`^[\s(]*[^\s;]*(?:[^\w;]|\d\b)${SC}*`;

export const LOGIC = String.raw`(?:(?:\b|\d)(?:or|and|xor|having|where)\b|\|\||&&)`;

/** A comment that cuts the rest of the statement off, at the end of a value. */
export const CUT = String.raw`(?:--[\s+-]*$|--[\s+-]+\w*$|#\s*$|#\w*$|/\*)`;

/** What can be compared and is the same for each row. */
export const LITERAL = String.raw`(?:[-+~!(]|${S})*(?:\d[\w.]*|\.\d+|n?'[^']*'?|"[^"]*"?|\b(?:null|true|false)\b|@@?[\w.]+|\\n\b|\$\w*\$|\w+\([^()]*\)+|\(${S}*select\b)`;

/** The beginning of what stands on the right of a comparison. */
const OPERAND = String.raw`(?:[-+~!(]|${S})*(?:['"\d.@$%]|\\n|\b(?:null|true|false|any|all|some|select|binary|x'|n'|0x|char|version|user|database)\b|\w+\()`;

/** A comparison, and the beginning of its right side: words need one, as they are words of prose too. */
export const COMPARES = String.raw`(?:${SC}*(?:[<>!^]?=|<=>|<>|[<>]|\b(?:not${S}+)?(?:i?like|rlike|regexp|glob|sounds${S}+like|between|div|mod)\b)${OPERAND}|${S}+is${S}+(?:not${S}+)?(?:null|true|false|unknown)\b|${S}*\b(?:not${S}+)?in${S}*\()`;

/** The same with any operand for signs of comparison. */
export const COMPARES_LOOSELY = String.raw`(?:${SC}*(?:[<>!^]=|<=>|<>|[=<>])|${COMPARES})`;

/** Functions that tell about the database, and whose names are no words of prose. */
export const TELLS = String.raw`(?:version|user|database|schema|current_user|session_user|system_user|current_database|db_name|host_name|user_name|suser_s?name|sys_context|@@\w+)`;

type SqlRule = Omit<RuleSource, 'type' | 'severity' | 'owasp' | 'cwe' | 'capec'>;

/** Rules of this group look at deeper decodings too. */
export const sql = (rule: SqlRule): RuleSource => ({
  alsoDecoded: [DEEPLY_DECODED],
  ...rule,
  type: 'sql_injection',
  severity: 'critical',
  owasp: 'A03:2021',
  cwe: '89',
  capec: '1000/152/248/66',
});
