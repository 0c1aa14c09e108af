/** What tells by its time, by an error message, or by a look-up of a name on another server. */
import { type RuleSource, VALUES_AND_HEADERS } from '../../rule.ts';
import { BREAKOUT, FIRST, LOGIC, S, SC, SP, sql, TELLS } from './fragments.ts';

/** Where an expression may begin in a value, and not in prose or code. */
const EXPRESSION = String.raw`(?:^[\s(),;'"]*|(?:${LOGIC}|\b(?:then|else|r?like|from|elt\((?s:.*),)|['"\d)]${S}*[-+*/|,;=<>&^%(]|,)${SP}*(?:(?:not\b|[!~])${SP}*)*(?:select${SP}+)?|[(;]${S}*select${SP}+)`;

export const BLIND_RULES: readonly RuleSource[] = [
  sql({
    id: 'sqli-time-delay',
    name: 'SQL injection: a function that waits',
    confidence: 'high',
    inputs: VALUES_AND_HEADERS,
    about:
      'A delay in the answer tells an attacker that a condition held. The functions that wait, or that are slow with a large number, stand where an expression does; in prose they stand after a word.',
    regex: String.raw`${EXPRESSION}(?:pg_sleep(?:_for|_until)?${S}*\(|benchmark${S}*\(${S}*\w+${S}*,|sleep${S}*\(${S}*[\d.]+${S}*\)${SC}*(?:$|[-#,;='")|&*/+]|${LOGIC}|\b(?:from|else)\b))`,
  }),
  sql({
    id: 'sqli-time-delay-statement',
    name: 'SQL injection: a statement or package that waits',
    confidence: 'high',
    inputs: VALUES_AND_HEADERS,
    about:
      "SQL Server's `waitfor delay '0:0:5'`, the packages of Oracle, and slow functions of SQLite, Snowflake and ClickHouse, which no text has but one about them.",
    regex: String.raw`(?:^${S}*|${FIRST}|['"\d);]${S}*)\bwaitfor${S}+(?:delay|time)${S}*['"(@]|\b(?:dbms_pipe${S}*\.${S}*receive_message|dbms_(?:lock|session)${S}*\.${S}*sleep|user_lock\.sleep|system\$wait|sleepeachrow)${S}*\(${S}*[\w'"(]|\brandomblob${S}*\(${S}*\d{6,}|\bcount${S}*\(${S}*\*${S}*\)${S}*from${S}+(?:information_schema\.\w+|sysibm\.\w+|sys\w+|all_\w+|generate_series\(|rdb\$\w+)${S}*(?:as${S}+)?\w*${S}*,|\bgenerate_series${S}*\(${S}*\d${S}*,${S}*\d{6,}|\bwaifor${S}+delay${S}*'`,
  }),
  sql({
    id: 'sqli-error-based',
    name: 'SQL injection: a function that puts data into an error message',
    confidence: 'high',
    inputs: VALUES_AND_HEADERS,
    about:
      'Functions that check their argument report it when it is wrong, so that a subquery in it is answered in the error message. The functions of geometry, XML and arithmetic have other arguments in real use.',
    regex: String.raw`\b(?:(?:extractvalue|updatexml|xmltype|gtid_subset|gtid_subtract|json_keys|name_const|uuid_to_bin|bin_to_uuid|ctxsys${S}*\.${S}*drithsx${S}*\.${S}*sn|utl_inaddr${S}*\.${S}*get_host_(?:name|address)|dbms_utility${S}*\.${S}*sqlid_to_sqlhash|ordsys${S}*\.${S}*ord_dicom${S}*\.${S}*getmappingxpath|dbms_xmlgen${S}*\.${S}*getxml\w*|dbms_xmltranslations\.\w+|dbms_xdb_version\.\w+|query_to_xml|database_to_xml|table_to_xml)${S}*\(${SP}*(?:[\w.'"/@-]*(?:\(\))?${S}*,${SP}*)?(?:select\b|concat|make_set|0x|['"]|@|~|n?chr?\(|true\b|${TELLS})|(?:geometrycollection|multipoint|polygon|multipolygon|linestring|multilinestring|st_\w+|exp|pow|cot|floor|to_number)${S}*\(${SP}*(?:~${SP}*)?(?:\(${SP}*|[^()]*,${SP}*)?select\b|exp${S}*\(${S}*~|convert${S}*\(${S}*int${S}*,${SP}*(?:select\b|${TELLS})|cast${S}*\(${SP}*${TELLS}(?:\(\))?${S}+as${S}+(?:int|numeric|signed|unsigned|decimal|bigint)|floor${S}*\(${S}*rand${S}*\(|procedure${S}+analyse${S}*\(|row${S}*\(${S}*\d+${S}*,${S}*\d+${S}*\)${S}*[<>=])`,
  }),
  sql({
    id: 'sqli-error-cast',
    name: 'SQL injection: a cast of data to a number after a value',
    confidence: 'high',
    about:
      '`1=convert(int,@@version)`, `and 1=cast((select …) as int)`: text that is no number comes back in the error message. It follows the value, an operator and no query.',
    regex: String.raw`(?:${FIRST}|${BREAKOUT})(?:${LOGIC}${SP}*(?:\w+${S}*(?:[=<>]+|\bin\b)${SP}*)?|(?:[=<>+*/%|^&,;-]|\bin\b)${SP}*)(?:convert${S}*\(${S}*(?:n?(?:var)?char|int|signed|unsigned|numeric|float|datetime)\b|cast${S}*\(${SP}*(?:select\b|${TELLS}|\w*chr\(|[^()]*::)|to_(?:char|number|json)${S}*\(|${TELLS}${S}*\(|@@\w)`,
  }),
  sql({
    id: 'sqli-out-of-band',
    name: 'SQL injection: a request to another server',
    confidence: 'high',
    inputs: VALUES_AND_HEADERS,
    about:
      "Where nothing of the answer is seen, data leaves as part of a host's name that the database looks up: Oracle's packages, SQL Server's UNC paths, PostgreSQL's dblink, MySQL's `load_file`.",
    regex: String.raw`\b(?:utl_http${S}*\.${S}*request|utl_(?:smtp|tcp)\.\w+|dbms_ldap${S}*\.${S}*init|httpuritype|dbms_cloud\.\w+|apex_web_service\.\w+|fn_xe_file_target_read_file|fn_trace_gettable|fn_get_audit_file|load_extension)${S}*\(${SP}*['"(a-z\\]|\bdblink(?:_connect|_exec|_send_query)?(?:_u)?${S}*\(${SP}*(?:'|\()|\bload_file${S}*\(${SP}*concat|\b(?:xp_dirtree|xp_fileexist|xp_subdirs|xp_getfiledetails)${S}*\(?${S}*['"@n]|\bbackup${S}+(?:database|log)${S}+\w+${S}+to${S}+disk|\bopen(?:rowset|datasource|query)${S}*\(${S}*['"\w]`,
  }),
  sql({
    id: 'sqli-json-operator',
    name: 'SQL injection: a condition on JSON after a value',
    confidence: 'high',
    about:
      "Functions and operators on JSON make conditions that filters don't know as SQL: `' or json_length('{}')<=1--`. They follow a connective and have a literal document as argument.",
    regex: String.raw`(?:${FIRST}|${BREAKOUT})(?:(?:${LOGIC}|[=<>+*/%|^&,-])${SP}*(?:not${S}+)?(?:json_(?:extract|length|depth|type|valid|value|contains|query|unquote|keys|search|exists|array\w*|object\w*|quote|each|tree)|jsonb?_\w+|isjson|to_jsonb?|openjson)${S}*\(|${LOGIC}${SP}*(?:not${S}+)?(?:'\s*[{\[][^']*'|\w+)${S}*(?:::\w+${S}*)?(?:::jsonb?|(?:@>|<@|->>?|#>>?|\?[|&]?)${S}*(?:['"]|\w+\[)))`,
  }),
];
