import type { RuleSource } from '../rule.ts';

/** What may stand between two words of SQL: white space, a comment, an opening parenthesis's worth of nothing. */
const S = String.raw`(?:[\s\x0b\xa0+]|/\*[^*]*\*/)`;
/** A literal that an attacker compares: a number, a quoted word, a constant. */
const LITERAL = String.raw`(?:-?\d+|['"][^'"]*['"]?|null|true|false|@@?\w+)`;
const COMPARISON = String.raw`(?:=|<>|!=|<=>|<|>|\blike\b|\brlike\b|\bregexp\b|\bis\b|\bin\b|\bbetween\b|\bsounds${S}+like\b|\bdiv\b)`;
const LOGIC = String.raw`(?:\bor\b|\band\b|\bxor\b|\bhaving\b|\|\||&&)`;
const STATEMENT = String.raw`(?:select\b|insert${S}+into\b|update${S}+[\w."\x60\[\]]+${S}+set\b|delete${S}+from\b|drop${S}+(?:table|database|schema|user|view|procedure)\b|truncate${S}+(?:table\b)?|alter${S}+(?:table|user|database)\b|create${S}+(?:table|user|database|function|procedure|or)\b|exec(?:ute)?${S}+(?:immediate|master|xp_|sp_|@|\()|declare${S}+@|shutdown\b|merge${S}+into\b|copy${S}+[\w(]|waitfor${S}+delay|grant${S}+\w+|attach${S}+database)`;

const sql = (rule: Omit<RuleSource, 'type' | 'cwe' | 'capec'>): RuleSource => ({
  ...rule,
  type: 'sql_injection',
  cwe: '89',
  capec: '1000/152/248/66',
});

export const SQL_INJECTION: readonly RuleSource[] = [
  sql({
    id: 'sqli-union-select',
    name: 'SQL injection: UNION SELECT with a column list',
    confidence: 'high',
    regex: String.raw`\bunion${S}*(?:\b(?:all|distinct|distinctrow)\b)?[\s\x0b(+]*${S}*[\s(+]*select\b${S}*[\s(]*(?:top${S}+\d+${S}+)?(?:\*|distinct\b|null\b|-?\d|['"@\x60]|0x[0-9a-f]|\w+\(${S}*\)|(?:version|user|database|load_file|concat(?:_ws)?|group_concat|char|chr|count|cast|convert|current_user|if|ascii|sleep)${S}*\(|[\w.\x60"]+${S}*(?:,${S}*[\w.\x60"'*()@]+${S}*)*(?:from\b|--|#|/\*|;|$))`,
  }),
  sql({
    id: 'sqli-quoted-tautology',
    name: 'SQL injection: a comparison of literals after a closing quote',
    confidence: 'high',
    regex: String.raw`['"\x60]${S}*\)*${S}*${LOGIC}${S}*\(*${S}*(?:not${S}+)?${LITERAL}${S}*${COMPARISON}${S}*\(?${S}*(?:not${S}+)?(?:['"%@]|-?\d|null\b|true\b|false\b|select\b)`,
  }),
  sql({
    id: 'sqli-quoted-constant',
    name: 'SQL injection: OR with a constant after a closing quote, and a comment or the end',
    confidence: 'high',
    regex: String.raw`^[^'"]*['"]${S}*\)*${S}*(?:\bor\b|\band\b|\|\||&&|\bxor\b)${S}*\(*${S}*(?:not${S}+|!${S}*)?(?:true|false|null|-?\d+|['"][^'"]*['"]?)${S}*\)*${S}*(?:--|#|/\*|;|$)`,
  }),
  sql({
    id: 'sqli-column-tautology',
    name: 'SQL injection: a condition on a column after a closing quote, with a comment or an open quote at the end',
    confidence: 'high',
    regex: String.raw`^[^'"]*['"]${S}*\)*${S}*(?:\bor\b|\band\b|\|\||&&)${S}*\(*${S}*[\w.\x60]+${S}*${COMPARISON}${S}*['"]?[^'"]*(?:--[\s-]*$|#\s*$|/\*|['"][^'"]{0,10}$)`,
  }),
  sql({
    id: 'sqli-numeric-tautology',
    name: 'SQL injection: a comparison of literals after a number',
    confidence: 'high',
    regex: String.raw`^${S}*(?:-?[\w.]+['")\s]*${S}${S}*|\)*${S}*)${LOGIC}${S}*\(*${S}*(?:not${S}+)?${LITERAL}${S}*${COMPARISON}${S}*\(?${S}*(?:['"%@]|-?\d|null\b|true\b|false\b|select\b)`,
  }),
  sql({
    id: 'sqli-stacked-query',
    name: 'SQL injection: a second statement after the end of a value',
    confidence: 'high',
    regex: String.raw`(?:^-?\d[\w.%-]*|['")\d])${S}*\)*${S}*;${S}*${STATEMENT}`,
  }),
  sql({
    id: 'sqli-comment-termination',
    name: 'SQL injection: a short value closed by a quote and the rest commented out',
    confidence: 'high',
    regex: String.raw`^[\w@.+-]*['"]${S}*\)*${S}*;?${S}*(?:--[\s+-]*$|--\s|#\s*$|/\*)`,
  }),
  sql({
    id: 'sqli-time-delay',
    name: 'SQL injection: a function that waits',
    confidence: 'high',
    regex: String.raw`(?:\bpg_sleep(?:_for|_until)?${S}*\(|\bbenchmark${S}*\(${S}*\d+${S}*,|\bwaitfor${S}+(?:delay|time)${S}*['"(]|\bdbms_pipe\.receive_message${S}*\(|\bdbms_(?:lock|session)\.sleep${S}*\(|\brandomblob${S}*\(${S}*\d{6,}|(?:${LOGIC}|\bselect\b|\bif${S}*\(.+,|\bthen\b|['"\d]${S}*[-+*/,=|])${S}*\(*${S}*(?:select${S}*\(*${S}*)?sleep${S}*\(${S}*\d)`,
  }),
  sql({
    id: 'sqli-error-based',
    name: 'SQL injection: a function that puts data into an error message',
    confidence: 'high',
    regex: String.raw`\b(?:extractvalue|updatexml|xmltype|gtid_subset|gtid_subtract|json_keys|geometrycollection|multipoint|polygon|multipolygon|linestring|multilinestring|name_const|ctxsys\.drithsx\.sn|utl_inaddr\.get_host_(?:name|address)|dbms_utility\.sqlid_to_sqlhash|exp)${S}*\([^)]*(?:\bselect\b|\bconcat\b|0x[0-9a-f]{2}|\bversion${S}*\(|\buser${S}*\(|\bdatabase${S}*\(|@@|~)`,
  }),
  sql({
    id: 'sqli-boolean-probe',
    name: 'SQL injection: a condition that reads data character by character',
    confidence: 'high',
    regex: String.raw`(?:${LOGIC}|\bwhere\b|\bif${S}*\(|\bwhen\b|['"\d]${S}*[=*+^|-])${S}*\(*${S}*(?:ascii|ord|unicode|substr(?:ing)?|mid|length|len|char_length|strcmp|hex|bin|lpad|left|right|lower|instr|locate)${S}*\(${S}*\(*${S}*(?:(?:lower|upper|ascii|ord|cast|substr(?:ing)?|mid)${S}*\(${S}*\(*${S}*)?(?:select\b|user\b|database\b|version\b|current_\w+|@@|session_user|password\b)`,
  }),
  sql({
    id: 'sqli-subquery',
    name: 'SQL injection: a subquery where a value is expected',
    confidence: 'high',
    regex: String.raw`(?:['")\d]${S}*(?:${LOGIC}|=|<|>|\+|-|\|\||,|\bin\b)${S}*(?:\w+${S}*=${S}*)?(?:not${S}+)?(?:exists${S}*)?|^${S}*)\(+${S}*select\b.+\bfrom\b`,
  }),
  sql({
    id: 'sqli-column-count',
    name: 'SQL injection: ORDER BY, GROUP BY or HAVING that counts columns',
    confidence: 'high',
    regex: String.raw`(?:^${S}*-?\d+|['"])${S}*\)*${S}+(?:(?:order|group)${S}+by${S}+\d+(?:${S}*,${S}*\d+)*|having${S}+['"]?\d+['"]?${S}*=${S}*['"]?\d+)${S}*(?:--|#|/\*|;|$)`,
  }),
  sql({
    id: 'sqli-schema-tables',
    name: "SQL injection: a database's own tables",
    confidence: 'medium',
    regex: String.raw`\bfrom${S}+\(*${S}*[\x60"\[]?(?:information_schema[\x60"\]]?\.|pg_catalog\.|pg_(?:shadow|user|tables|database|class)\b|mysql\.(?:user|db)\b|sys(?:objects|columns|databases|logins)\b|sys\.(?:tables|columns|databases|objects|user\$)|master\.\.|all_(?:tables|tab_columns|users)\b|user_tab(?:les|_columns)\b|sqlite_(?:master|schema)\b|msysobjects\b|v\$(?:version|instance)|dual\b)`,
  }),
  sql({
    id: 'sqli-file-access',
    name: "SQL injection: files on the database's host",
    confidence: 'high',
    regex: String.raw`\b(?:load_file${S}*\(${S}*(?:['"]|0x|char)|into${S}+(?:out|dump)file${S}*['"]|load${S}+data${S}+(?:local${S}+)?infile${S}*['"]|pg_read_(?:binary_)?file${S}*\(|pg_ls_dir${S}*\(|lo_(?:im|ex)port${S}*\(|openrowset${S}*\(|opendatasource${S}*\(|utl_file\.|bulk${S}+insert${S}+\w+${S}+from)`,
  }),
  sql({
    id: 'sqli-command-execution',
    name: "SQL injection: commands on the database's host",
    confidence: 'high',
    regex: String.raw`\b(?:xp_(?:cmdshell|regread|regwrite|dirtree|fileexist|servicecontrol)|sp_(?:oacreate|oamethod|executesql|makewebtask|addextendedproc)|dbms_(?:scheduler|xmlquery|java\.runjava|export_extension))\b|\bsys_(?:exec|eval)${S}*\(|\bcopy${S}+[^;]+\b(?:from|to)${S}+program\b`,
  }),
  sql({
    id: 'sqli-encoded-characters',
    name: 'SQL injection: text spelled in character codes',
    confidence: 'medium',
    regex: String.raw`\b(?:concat(?:_ws)?|group_concat|unhex|cast|convert|select)\b${S}*\(?${S}*(?:0x[0-9a-f]{2,}${S}*,|0x[0-9a-f]{6,})|\b(?:n?char|chr)${S}*\(${S}*\d{2,3}${S}*(?:,${S}*\d{2,3}|\)${S}*(?:\|\||\+|,))`,
  }),
  sql({
    id: 'sqli-versioned-comment',
    name: 'SQL injection: code in a versioned comment of MySQL',
    confidence: 'high',
    regex: String.raw`/\*!\d{5,6}${S}*\w`,
  }),
  sql({
    id: 'sqli-conditional-expression',
    name: 'SQL injection: CASE or IF with a subquery or an error in a branch',
    confidence: 'medium',
    regex: String.raw`\b(?:case${S}+when${S}*.+${S}*then${S}*.+\bend\b|iif${S}*\(.+,.+,)|\bif${S}*\(${S}*['"]?\d+['"]?${S}*=${S}*['"]?\d+`,
  }),
  sql({
    id: 'sqli-string-concatenation',
    name: 'SQL injection: a value taken apart with the operators of SQL strings',
    confidence: 'medium',
    regex: String.raw`^[^'"]*'${S}*(?:\|\||[+\s])${S}*(?:(?:\(|char|chr|version|user|@@)[^']*\)?${S}*(?:\|\||[+\s])${S}*'|\|\|${S}*'[^' ]*$)`,
  }),
];
