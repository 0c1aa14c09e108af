/** Conditions that hold for each row or for none, and conditions that ask for data bit by bit. */
import { type RuleSource, VALUES_AND_HEADERS } from '../../rule.ts';
import {
  BREAKOUT,
  COMPARES,
  COMPARES_LOOSELY,
  CUT,
  FIRST,
  LITERAL,
  LOGIC,
  S,
  SC,
  SP,
  sql,
  TELLS,
} from './fragments.ts';

const NAME = String.raw`(?:[\w.@$\x60\[\]]|"\w+")+(?:\([^()]*\))?`;
const NOT = `(?:(?:not\\b|[!~-])${SP}*)*`;

export const BOOLEAN_RULES: readonly RuleSource[] = [
  sql({
    id: 'sqli-quoted-tautology',
    name: 'SQL injection: a comparison of literals after a closing quote',
    confidence: 'high',
    inputs: VALUES_AND_HEADERS,
    about:
      "`' or '1'='1`: a quote closes the string that the value was put in, and a condition follows that is the same for each row. Text in quotes is followed by words, code by names.",
    regex: String.raw`['"\x60]${SC}*\b(?:or|and|xor|having)${SP}+${NOT}(?:[-+~!]?\d[\w.]*|'[^'\n]*'|"[^"\n]*"|\b(?:null|true|false)\b|@@?\w+)${COMPARES}|${BREAKOUT}${LOGIC}${SP}*${NOT}${LITERAL}${S}*${COMPARES_LOOSELY}`,
  }),
  sql({
    id: 'sqli-quoted-constant',
    name: 'SQL injection: OR with a constant after a closing quote',
    confidence: 'high',
    about:
      "`' or true--` needs no comparison. The quote is the first of the value, which is how a value breaks out, and a comment or a quote left open ends it.",
    regex: String.raw`${BREAKOUT}${LOGIC}${SP}*${NOT}(?:(?:true|false|null|\d[\w.]*|'[^']*'|"[^"]*"|@@?\w+|\w+\([^()]*\))${SC}*(?:--|#|/\*|;|$|${LOGIC})|['"][^'"\s]+$|${NAME}${SC}*${CUT}|(?:exists|not${S}+exists)${SP}*\()`,
  }),
  sql({
    id: 'sqli-column-tautology',
    name: 'SQL injection: a condition on a column after a closing quote',
    confidence: 'high',
    about:
      "`' or id=id--`, `x' and email is null`: the first quote of the value closes the string that it was put in. In the filters that people write, the first quote opens one.",
    regex: String.raw`${BREAKOUT}${LOGIC}${SP}*${NOT}${NAME}(?:${S}*[-+*/%]${S}*${NAME})*(?:${COMPARES_LOOSELY})`,
  }),
  sql({
    id: 'sqli-numeric-tautology',
    name: 'SQL injection: a comparison of literals after a number or a name',
    confidence: 'high',
    inputs: VALUES_AND_HEADERS,
    about:
      '`1 or 1=1`, `) and (1=2`: where a number was to be no quote has to be closed. The comparison follows the first word of the value, and both of its sides are literals.',
    regex: String.raw`${FIRST}(?:(?:\d|\w+\(|\()[\w*/()]*${SC}+)?(?:(?:\b|\d)(?:or|and|xor|having)\b|\|\||&&)${SP}*${NOT}${LITERAL}(?:${S}*[-+*/]${S}*${LITERAL})?${COMPARES}`,
  }),
  sql({
    id: 'sqli-numeric-condition',
    name: 'SQL injection: a condition on a column or function after a number',
    confidence: 'high',
    about:
      '`-1 or id is not null`, `5 and length(password)>3`: the value begins with a number, and a condition on a column follows.',
    regex: String.raw`^${S}*\(*-?\d[\d.]*['"]?${SC}*${LOGIC}${SP}*${NOT}(?:[a-z_@]${NAME}(?:${S}*[-+*/%]${S}*${NAME})*(?:${COMPARES})|(?:true|false|null|[\w.]+)${SC}*(?:--[\s+-]*|#|/\*)$|not${S}+(?:true|false|null|\d)|(?:(?:exists|substr|substring|ascii|ord|mid|len|length|hex|unicode|lower|upper|instr|locate)\(|\(?${S}*select\b))`,
  }),
  sql({
    id: 'sqli-condition-cut',
    name: 'SQL injection: a comparison of literals at the end of a text',
    confidence: 'high',
    about:
      'A comparison of two numbers or of two strings ends the value, or a comment follows that takes away the rest of the query. Text about such comparisons goes on after them.',
    regex: String.raw`\b(?:or|and|xor)${SP}+${NOT}(?:\d+${S}*(?:[<>!]?=|<>|[<>]|like)${S}*\d+${SC}*(?:--|#|/\*|;|\b(?:order|group)${S}+by\b|\blimit${S}+\d|\bunion\b)|['"][^'"\s]*['"]${S}*(?:=|like)${S}*['"][^'"\s]*$)|['"]${SC}*(?:or|and)${S}+[\w.]+${S}*=(?s:.*)--[\s+-]*$`,
  }),
  sql({
    id: 'sqli-leading-condition',
    name: 'SQL injection: a value that is the rest of a condition',
    confidence: 'high',
    about:
      '` or 1=1`, ` having 1=1--`, `where 1=1`: a value that begins with a connective and compares literals or a name with itself is put at the end of a condition.',
    regex: String.raw`^${SP}*\)*${S}*(?:as${S}+\w+${S}+)?(?:or|and|xor|having|where|&&|\|\|)${SP}+${NOT}(?:${LITERAL}${COMPARES}|\w+${S}*=${S}*\w+${S}*(?:--|#|$)|${NAME}${COMPARES}[^a-z]*(?:--|#|/\*)|true${S}*(?:--|#|$)|(?:select|exists)${SP}*\(?)|^${S}*(?:r?like|regexp)${SP}+\(?${S}*select\b`,
  }),
  sql({
    id: 'sqli-boolean-probe',
    name: 'SQL injection: a condition that reads data character by character',
    confidence: 'high',
    about:
      'Without an answer to read, data is asked for by conditions on single characters: `and ascii(substr((select …),1,1))>64`. Functions of text around a subquery, the user or the version have no use in a value.',
    regex: String.raw`(?:${LOGIC}|\bif${S}*\(|\bwhen\b|['"\d]${S}*[=*+^/|,<>-])${SP}*${NOT}(?:\d+${S}*=${S}*)?(?:ascii|ord|unicode|substr|substring|substrc?b|mid|len|length|char_length|bit_length|octet_length|strcmp|hex|bin|lpad|rpad|left|right|lower|upper|instr|locate|position|charindex|patindex|find_in_set|elt|make_set|field|greatest|least|conv|rtrim|ltrim|trim|reverse|count|crc32|md5|to_char|ascii\w*)${S}*\(${SP}*(?:(?:lower|upper|ascii|ord|cast|convert|ifnull|isnull|coalesce|substr|substring|mid|concat|trim|distinct)${S}*\(?${SP}*)*(?:select\b|${TELLS}\b|pass(?:word|wd)?\b|\d+${S}*[=,]${S}*\d+)`,
  }),
  sql({
    id: 'sqli-subquery',
    name: 'SQL injection: a subquery where a value was to be',
    confidence: 'high',
    inputs: VALUES_AND_HEADERS,
    about:
      'A parenthesis with a SELECT in it, at the start of the value or after its first word or quote and an operator. A query that somebody posts begins with its own SELECT.',
    regex: String.raw`(?:^|${FIRST}|${BREAKOUT})(?:(?:${LOGIC}|[=<>+*/%|^&,-]|\b(?:in|r?like|div|mod|regexp)\b)${S}*)?${NOT}(?:(?:exists|any|all|row|case${S}+when)\b${S}*)?\(${SP}*select\b(?:${SP}*(?:\d|['"@*\x60~!-]|null\b|case\b|0x)|[^()]*(?:\([^()]*\)[^()]*)*\bfrom${SP}*[\w\x60\"\[.]+${S}*(?:[),;#]|--|$|\b(?:where|limit|order|group|union|as|join|inner|having)\b)|${S}+${TELLS}|${S}*\w+\()`,
  }),
  sql({
    id: 'sqli-expression',
    name: 'SQL injection: an expression of literals around a closing quote',
    confidence: 'high',
    about:
      "`'-'`, `x'='y`, `'|0#`: between two strings stands an operator, and MySQL compares the outcome with every row. The whole value is of that form, which no name or measure is.",
    regex: String.raw`^[\s(]*[^\s'"(=,;{}<>]*(?:'${SC}*(?:[-+*^/&|%=<>!~]+|(?:(?:not${S}+)?(?:like|rlike|regexp)|div|mod|xor|and|or|is|sounds like|in)\b)[-+!~\s(]*'|"${SC}*(?:[-+^/&|%=<>!~]+|(?:(?:not${S}+)?(?:like|rlike|regexp)|div|mod|xor|and|or|is)\b)[-+!~\s(]*")[^\s'"]*${S}*(?:$|--|#|;)|^[\s(]*[^\s'"(=,;{}<>]*['"]${SC}*(?:[-+*^/&|%=<>!]{1,3}|div\b)${SP}*(?:\d+|\w+\([^()]*\)|null|true|false)${SC}*(?:[-+*^/&|%=<>]{1,2}${S}*['"]|${CUT}|;)`,
  }),
  sql({
    id: 'sqli-open-expression',
    name: 'SQL injection: operators behind a closing quote, and a string left open at the end',
    confidence: 'high',
    about:
      "`x'|id!='1`, `a' / 2 or '1`: the first quote of the value is followed by an operator, and before the last one stands an operator too: what is between them is an expression, and the quotes of the query close it.",
    regex: String.raw`^[\s(]*[^\s'"(=,;{}<>]*['"]${SC}*(?:[-+*/%^&|=>!~\s]|<[\s=<>~\d(@'"]|(?:is|in|like|div|mod|xor|or|and|rlike|regexp)\b)[^'";{}]*(?:[-+*/^|=<!~]|[\s<=>]>|\b(?:or|and|xor|x?or|like|rlike|regexp|is|binary|div|mod)\b)${S}*['"](?:[^'"\s]*\s*$|[^'"]*['"]?\s*(?:--|#)[^'"]*$)|^[\s(]*[^\s'"(=,;{}<>]*['"]${SC}*(?:[-+*/%^&|=>!~]|<[\s=<>~\d(@'"]|\b(?:is|in|like|div|mod|xor|or|and|rlike|regexp)\b)[^";{}]*[\d)'\w]${S}*(?:--[\s+-]*(?:\w*\s*$)|#\w*$)`,
  }),
  sql({
    id: 'sqli-conditional-expression',
    name: 'SQL injection: CASE, IF or IIF where a value was to be',
    confidence: 'high',
    about:
      'The value, or what follows its first word or quote and an operator, is a conditional expression that compares literals or data of the database: its branches differ in time, order or error.',
    regex: String.raw`(?:^|${FIRST}|${BREAKOUT})(?:(?:${LOGIC}|[=<>+*/%|^&,;-]|\b(?:in|r?like|div|mod)\b)${SP}*|\(${SP}*)?(?:select${SP}+)?\(*(?:case${S}+when${SP}*(?:${LITERAL}|\w+\()${COMPARES}(?s:.*)\bthen\b|i?if${S}*\(${SP}*(?:(?:\d+|'[^']*'|true|now\(\)|@@\w+)${COMPARES}|select\b|(?:ascii|ord|substr\w*|mid|length|len|user|version|database|db_name|unicode|exists)${S}*\()[^?{;]*,)`,
  }),
];
