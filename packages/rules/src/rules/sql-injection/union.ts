/** UNION: rows of another table among those of the query. */
import { type RuleSource, VALUES_AND_HEADERS } from '../../rule.ts';
import { BREAKOUT, CUT, K, LITERAL, S, SC, SP, sql } from './fragments.ts';

const UNION = `${K}union${SP}+(?:(?:all|distinct|distinctrow|unique)${SP}+)?select\\b`;
const COLUMN = String.raw`[\w.@$*\x60"'\[\]{}|()-]+`;
/** Columns and a FROM, a call, or what ends a query. */
const COLUMNS = String.raw`${SP}*(?:(?:distinct|all|top${SP}+\d+)\b${SP}*)?(?:${COLUMN}${S}*(?:(?:,|\|\||[+*/-])${S}*${COLUMN}${S}*)*(?:${S}*\bas\b${S}*\w+${S}*)?(?:\bfrom\b${SP}*[\w\x60"\[]|,|--|#|/\*|;)|\w+\(|[*~!{@\x60-])`;

export const UNION_RULES: readonly RuleSource[] = [
  sql({
    id: 'sqli-union-select',
    name: 'SQL injection: UNION SELECT where a value was to be',
    confidence: 'high',
    about:
      'A value that goes on with `UNION SELECT` right after its first word, quote or parenthesis adds rows of another table to the answer. In a query that somebody posts, the first SELECT comes before, and prose about unions and selections has no column list.',
    regex: String.raw`(?:^[^\s;]*[^a-z\s]|^|${BREAKOUT})${SP}*\)*${S}*${UNION}(?:${COLUMNS}|${SP}+${LITERAL}${SC}*(?:$|from\b)|\W*$)`,
  }),
  sql({
    id: 'sqli-union-select-literals',
    name: 'SQL injection: UNION SELECT with a list of literals',
    confidence: 'high',
    inputs: VALUES_AND_HEADERS,
    about:
      'Attackers find the number of columns, and which of them are shown, by selecting numbers, NULL or marked strings; queries of applications select columns.',
    regex: String.raw`${UNION}${SP}*(?:(?:distinct|top${SP}+\d+)\b${SP}*)?(?:${LITERAL}${SC}*,${SP}*(?:${LITERAL}|\w+\()|null\b|0x[0-9a-f]{2}|[^;]*\bfrom${SP}*[\x60"\[]?(?:information_schema|mysql[\x60"]?\.|sys(?:objects|columns|databases|users|logins)\b|sys\.\w|master\.|pg_(?:shadow|user|catalog|tables|class)\b|sqlite_(?:master|schema)|all_(?:tables|tab_columns|users)\b|user_tables\b|v\$|dual\b|syscat\.|sysibm\.|rdb\$|msysobjects)|['"]?\d+['"]?${SC}*(?:--|#|/\*)|(?:group_concat|concat|concat_ws|load_file|char|chr|unhex|hex|cast|convert|version|user|database|current_user|@@\w+)${S}*[(@,\s])`,
  }),
  sql({
    id: 'sqli-union-cut',
    name: 'SQL injection: UNION SELECT after a quote, with the rest commented out',
    confidence: 'high',
    inputs: VALUES_AND_HEADERS,
    about:
      'A quote closes the string that the value was put in, UNION SELECT follows, and a comment at the end takes away what is left of the query, however long the text before is.',
    regex: String.raw`['"\d)]${SC}*${UNION}(?s:.*)${CUT}`,
  }),
  sql({
    id: 'sqli-union-without-select',
    name: 'SQL injection: UNION with TABLE or VALUES',
    confidence: 'high',
    about: 'Databases take `TABLE t` and `VALUES (…)` in place of a SELECT; filters know only the latter.',
    regex: String.raw`(?:^[^\s;]*[^a-z\s]|${BREAKOUT}|['")\d]${S}*\)*)${SP}*${K}union${SP}+(?:(?:all|distinct)${SP}+)?(?:table${S}+[\w.\x60"]+${S}*(?:$|--|#|limit\b|order\b|;)|values${S}*(?:row${S}*)?\()`,
  }),
  sql({
    id: 'sqli-union-anywhere',
    name: 'SQL injection: UNION SELECT in a longer text',
    confidence: 'medium',
    about:
      'The same in the middle of a text: it is an attack, or a query that somebody posts, so that it is reported and not blocked.',
    regex: String.raw`${UNION}(?:${COLUMNS}|${SP}+${LITERAL}${S}*(?:$|[,)]))`,
  }),
];
