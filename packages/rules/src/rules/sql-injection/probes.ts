/** Probes that come before an attack: ends of strings, comments, and the number of columns. */
import { type RuleSource, VALUES_AND_HEADERS } from '../../rule.ts';
import { BREAKOUT, LOGIC, S, SC, SP, sql } from './fragments.ts';

export const PROBE_RULES: readonly RuleSource[] = [
  sql({
    id: 'sqli-comment-termination',
    name: 'SQL injection: a short value closed by a quote and the rest commented out',
    confidence: 'high',
    about:
      "`admin'--` logs in without a password. The value is one word, a quote, and a comment that ends the value, where text goes on after a dash or a number sign.",
    regex: String.raw`^[^\s'"]*['"]${S}*\)*${S}*;?${S}*(?:--[\s+-]*$|/\*[^*]*$|/\*(?s:.*)\*/[\s'"]*$)|^[\w@.+-]*['"]${S}*\)*${S}*;?${S}*#\s*$|^[\w@.]*[\w@]['"]${SC}*;?${S}*(?:--${S}+\w{0,2}$|--\w*$|#\w*$)|^${S}*(?:-?\d+|\)+)${SC}*;?(?:--[\s+]*-?\s*$|#$)`,
  }),
  sql({
    id: 'sqli-column-count',
    name: 'SQL injection: ORDER BY, GROUP BY or HAVING that counts columns',
    confidence: 'high',
    about:
      'Numbers after ORDER BY are tried until the query fails, which tells how many columns UNION needs. It follows the value directly, and a comment or nothing comes after.',
    regex: String.raw`(?:^${S}*-?[\d.,]+['"]?${S}*\)*${SP}+|['"]${SC}*|^[^\s'\x22]*[)%]${S}*|^${S}*)(?:(?:order|group)${S}+by${SP}+\d+\)*(?:${S}*,${S}*\d+)*${S}*(?:asc|desc)?${S}*(?:--|#|/\*|;)|having${S}+['"]?\w+['"]?${S}*[=<>]${S}*['"]?\d+)|(?:^${S}*-?[\d.]+['"]?${S}*\)*${S}+|${BREAKOUT})(?:(?:order|group)${S}+by${SP}+\d+\)*(?:${S}*,${S}*\d+)*${S}*$|group${S}+by${S}+[\w.,\x60\s]+having\b|(?:limit${S}+\d+${S}*(?:,${S}*\d+|offset${S}+\d+)?${S}*(?:--|#|union|into)|offset${S}+\d+${S}*(?:--|#|rows)))`,
  }),
  sql({
    id: 'sqli-half-probe',
    name: 'SQL injection: a clause or a quoted operator that is the whole value',
    confidence: 'medium',
    about:
      "`order by 3`, `1 union`, `a '=' b`, `like '%'`: nothing comes of them alone, but they show how the query reacts. As people may write them too, they are reported only.",
    regex: String.raw`^${S}*(?:order|group)${S}+by${S}+\d+${S}*$|^${SC}*like${S}*'[^'\s]*'?\s*$|^[^\s'"]*${S}+'(?:[-+*^/&|%=<>!~]+|(?:not${S}+)?(?:like|rlike|regexp)|div|mod|xor|and|or|sounds like)'${S}+[^\s'"]*$|^'=['"]|^['"]$|^[\s(]*[-+]*(?:\d+|@@?\w+|(?:binary|cos|sin|null|true|pi|select)\b)(?:[\s()*/+.'\d-]|@\w+|\b(?:binary|cos|sin|select|or|null)\b|'\w')*(?:--[\s+]*-?\s*|/\*)$|\bsp_password\s*$|^[\w@.-]+['\x22]\)*;$|^${S}*(?:order|group)${S}+by${SP}+(?:sleep|if|rand|extractvalue|updatexml|pg_sleep|benchmark)${S}*\(|^-?\d+['")]*(?:${S}|[#/*-])+union\b[\s#/*-]*(?:$|#|--|/\*)|^'?[\w@]+'?${S}+into${S}+(?:out|dump)file${S}*\(?${S}*['"]|^${S}*case\b[^;]*\bwhen\b[^;]*\bthen\b[^;]*\bend\b${S}*(?:$|[-+=<>,#])`,
  }),
  sql({
    id: 'sqli-sort-expression',
    name: 'SQL injection: an expression where a column to sort by was to be',
    confidence: 'medium',
    about:
      'A parameter that names a column takes expressions as well, as no quote has to be closed: `name,(select 1)`, `rand(1=1)`, `price asc,sleep(5)`.',
    regex: String.raw`^${S}*(?:[\w.]+${S}*(?:(?:asc|desc)\b${S}*)?,${S}*)?(?:\(${S}*(?:select|case)\b|(?:rand|if|iif|extractvalue|updatexml|ascii|exp|sleep|elt|field)${S}*\([^()]*(?:[=<>,(]|select\b).*\)${S}*$)`,
  }),
  sql({
    id: 'sqli-string-concatenation',
    name: 'SQL injection: a value taken apart with the operators of SQL strings',
    confidence: 'high',
    inputs: VALUES_AND_HEADERS,
    about:
      "`a'||version()||'b`, `x'+char(97)+'y`: a quote closes the string, an expression is joined to it, and the string is opened again, all in a value that begins with at most a few words.",
    regex: String.raw`${BREAKOUT}(?:\|\||\+|[\s&])${SP}*(?:(?:select\b|case\b|@@|(?:char|nchar|chr|version|user|database|current_\w+|session_user|system_user|cast|convert|concat|substr\w*|sys_context|db_name|utl_|dbms_|httpuritype|load_file|pg_\w+|xmltype|to_char|ascii|hex|length|len|sleep|lower|upper)[\w.]*\()[^']*(?:'[^']*'[^']*)*(?:\|\||[+\s&])${S}*'|\d+${S}*(?:\|\||\+)${S}*')|${BREAKOUT}\|\|${S}*[\w.]+${S}*\|\|${S}*'|^[^\s'"(=]*'${S}*(?:\|\||\+)${S}*'[^'\s]*$|^[^\s'"(=]+'\s+'[^'\s]*$`,
  }),
  sql({
    id: 'sqli-breakout-call',
    name: 'SQL injection: a call of the database after a value',
    confidence: 'high',
    about:
      'After the first word or quote of the value and an operator stands a function, variable or constant of a database that tells about it.',
    regex: String.raw`(?:^${S}*-?\d*${SC}*|${BREAKOUT})(?:${LOGIC}|[=<>+*/%|^&,-]|\b(?:in|r?like|div|mod|between)\b|\bprocedure\b)${SP}*(?:not${S}+)?(?:@@\w+|(?:version|user|database|schema|current_user|session_user|system_user|current_database|current_setting|sys_context|connection_id|last_insert_id|row_count|found_rows|db_name|host_name|suser_s?name|is_srvrolemember|object_id|analyse|rownum|pi|error|getdate|now|sysdate|uuid|random|newid|sqlite_version|sleep|function|glob|likely|typeof|current_setting|has_\w+_privilege|array_upper|xpath|rand)(?:\(|${S}*<=?${S}*\d))`,
  }),
];
