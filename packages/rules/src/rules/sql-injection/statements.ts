/** Statements of their own, files and commands on the database's host, and what asks for its structure. */
import { type RuleSource, VALUES_AND_HEADERS } from '../../rule.ts';
import { BREAKOUT, CUT, S, SC, SP, sql } from './fragments.ts';

const STATEMENT = String.raw`(?:select${SP}+(?:\*|\d|['"@]|null\b|\w+\(|case\b|(?s:.*)\b(?:from|into)\b)|select\b[\d'"@(*]|insert${S}+(?:ignore${S}+|or${S}+\w+${S}+)?into\b|update${S}+[\w."\x60\[\]]+${S}+set\b|delete${S}+(?:(?:low_priority|quick|ignore)${S}+)*from\b|drop${S}+(?:table|database|schema|user|view|procedure|function|index|column|role|login|trigger)\b|truncate${S}+(?:table\b${S}+)?[\w.]+${S}*(?:;|--|$)|alter${S}+(?:table|user|database|role|login|session|system)\b|create${S}+(?:or${S}+replace${S}+)?(?:temp(?:orary)?${S}+)?(?:table|user|database|function|procedure|role|login|view|trigger|extension|rule|index|alias)\b|exec(?:ute)?${S}*(?:immediate\b|master\b|xp_|sp_|@|\(|'|\w+\.\w)|declare${S}+@?\w+|begin${S}+(?:declare|execute|waitfor|dbms|try|if|transaction|utl)\b|shutdown\b${S}*(?:;|--|with${S}+nowait|$)|merge${S}+into\b|merge${S}+\w+${S}+using\b|copy${S}*(?:\(|\w+${S}*(?:\([^)]*\)${S}*)?(?:from|to)\b)|waitfor${S}+(?:delay|time)|grant${S}+\w+(?:${S}+on\b|${S}+to\b|${S}*,)|revoke${S}+\w+${S}+on\b|attach${S}+(?:database\b|')|pragma${S}+\w+|backup${S}+(?:database|log)|restore${S}+database|handler${S}+\w+${S}+(?:open|read)|prepare${S}+\w+${S}+from|call${S}+[\w.]+\(|set${S}+(?:@|global|session|role|@@)|do${S}+\$\$|load${S}+(?:data|xml|extension)|do${S}*\(|drop${S}+\w+${S}*--|use${S}+\w+${S}*(?:;|--)|show${S}+(?:tables|databases|columns|grants)|kill${S}+\d|bulk${S}+insert|dbcc${S}+\w|reconfigure|rename${S}+table|replace${S}+into|lock${S}+tables|vacuum|if${S}*(?:not${S}*|exists${S}*)*\(|print${S}*'|raiserror|with${S}+\w+${S}+as${S}*\()`;

export const STATEMENT_RULES: readonly RuleSource[] = [
  sql({
    id: 'sqli-stacked-query',
    name: 'SQL injection: a second statement after the end of a value',
    confidence: 'high',
    inputs: VALUES_AND_HEADERS,
    about:
      "`1; drop table users`, `'; exec …`: after the value's first word or first quote the statement ends and another begins. In scripts that people post, the first word begins a statement itself.",
    regex: String.raw`(?:^${S}*-?[\w.%@-]*${S}*|${BREAKOUT})\)*${S}*;${SP}*${STATEMENT}`,
  }),
  sql({
    id: 'sqli-stacked-query-cut',
    name: 'SQL injection: a second statement after a quote, with the rest commented out',
    confidence: 'high',
    about:
      'The same after any text: the quote closes the string, the statement follows, and a comment that ends the value takes away the rest. Scripts have an end of their own.',
    regex: String.raw`['"]${SC}*;${SP}*${STATEMENT}(?s:.*)(?:--[\s+-]*$|#\s*$|/\*[^*]*$)`,
  }),
  sql({
    id: 'sqli-second-statement-without-semicolon',
    name: 'SQL injection: a statement right after a value',
    confidence: 'high',
    about:
      'SQL Server needs no semicolon between statements: `1 exec xp_cmdshell …`, `21 update t set a=…`. The value begins with a number or breaks out of a string.',
    regex: String.raw`(?:^${S}*-?\d+['"]?${S}*\)*${S}+|${BREAKOUT})(?:begin${S}+(?:declare|try|goto|waitfor)\b|goto${S}+\w+|declare${S}+@\w+${S}+(?:n?varchar|int|table|cursor|sysname)|exec(?:ute)?${S}*(?:master|xp_|sp_|\(|@)|update${S}+[\w."\x60\[\]]+${S}+set${S}+[\w."\x60\[\]]+${S}*=|insert${S}+into${S}+[\w."\x60\[\]]+${S}*(?:\(|values|select)|delete${S}+from${S}+[\w."\x60\[\]]+${S}*(?:where|--|;|$)|drop${S}+table${S}+\w+${S}*(?:--|;|#|,)|waitfor${S}+delay|if${S}*\(${SP}*(?:select\b|exists|\d)|select\b[^;]*\bfrom\b.*${CUT})`,
  }),
  sql({
    id: 'sqli-file-access',
    name: "SQL injection: files on the database's host",
    confidence: 'high',
    about:
      'Functions and clauses that read and write files on the host of the database, with a path in quotes or in hexadecimal. They follow a value or another expression.',
    regex: String.raw`\bload_file${S}*\(${SP}*(?:['"]|0x|char|@|unhex|\d)|['"\d)*\w]${S}+into${S}+(?:out|dump)file${S}*(?:['"]|0x|@)|(?:['"\d;)]${S}*|^${S}*)load${S}+data${S}+(?:local${S}+)?infile${S}*['"]|(?:^${S}*|['"\d);(,=]${S}*(?:(?:or|and|select|union|all)${SP}+)*)(?:pg_read_(?:binary_)?file|pg_ls_dir|pg_stat_file|lo_(?:im|ex)port|lo_from_bytea)${S}*\(${SP}*['"\d]|\bselect${SP}+(?:readfile|writefile)${S}*\(|\butl_file${S}*\.${S}*fopen|\bbulk${S}+insert${S}+[\w.#]+${S}+from${S}*'|\binto${S}+@\w+(?:${S}*,${S}*@\w+)+${S}*(?:$|--|#)`,
  }),
  sql({
    id: 'sqli-command-execution',
    name: "SQL injection: commands on the database's host",
    confidence: 'high',
    inputs: VALUES_AND_HEADERS,
    about:
      'Procedures and statements that run programs on the host of the database, in the form that calls them: with a command, after EXEC or with an argument. Texts about them name them only.',
    regex: String.raw`\b(?:exec(?:ute)?${S}*\(?${S}*|master${S}*\.${S}*\w*${S}*\.${S}*|call${S}+)[\w.\[\]]*(?:xp_(?:cmdshell|reg\w+|dirtree|fileexist|servicecontrol|availablemedia|enumdsn|loginconfig|makecab|ntsec_enumdomains|terminate_process|subdirs)|sp_(?:oacreate|oamethod|makewebtask|addextendedproc|addlogin|addsrvrolemember|password|configure|execute_external_script|add_jobstep|start_job))\b|\bxp_cmdshell${S}*\(?${S}*n?['"@]|\bsys_(?:exec|eval|bineval)${S}*\(|\bcopy${S}*[^;]+\b(?:from|to)${S}+program${S}*['"$]|\bdbms_(?:scheduler|xmlquery|java|java_test|export_extension|advisor|jvm_exp_perms|repcat\w*|cdc_\w+)${S}*\.${S}*\w+${S}*\(|\bcreate${S}+(?:or${S}+replace${S}+)?function${S}+[^;]*(?:\bsoname${S}*'|\bas${S}+'[^']*\.(?:so|dll)\b)|(?:^|[^.\w])exec${S}*\(${S}*(?:@|char\(|n?'(?:sel|xp_|ins|upd|del|dro|exe|cre|alt|dec|wait))`,
  }),
  sql({
    id: 'sqli-write-in-place',
    name: 'SQL injection: more columns or rows in an INSERT or UPDATE',
    confidence: 'high',
    about:
      "A value that closes its string, goes on with a comma and further values or assignments, and comments the rest out or leaves a string open: `x', admin=1 where id=1--`, `a'),('b','c`.",
    regex: String.raw`['\x22]${SC}*,${SP}*select\b.*${CUT}|${BREAKOUT},${SP}*(?:[\w.@\x60"\[\]-]+${S}*=${S}*[^,]+(?:${CUT}|\bwhere\b)|['"\w(@-].*${CUT}|\(${S}*select\b|[\w.\x60]+${S}*=${S}*['"(][^'"]*$)|^[^\s'"]*'${S}*\)${S}*,${S}*\(${S}*(?:'|\d|null|\(?select\b)`,
  }),
  sql({
    id: 'sqli-schema-tables',
    name: "SQL injection: a database's own tables in a value",
    confidence: 'medium',
    about:
      'Where an attacker knows no table, those that every database has tell their names. Text about databases names them too, so that it is reported and not blocked.',
    regex: String.raw`\b(?:from|join|into|update)${SP}*[\x60"\[]?(?:information_schema[\x60"\]]?${S}*(?:\.|\d)|pg_catalog\.|pg_(?:shadow|user|roles|tables|database|class|stat_activity|authid|proc|attribute|namespace|settings)\b|mysql[\x60"]?\.[\x60"]?(?:user|db|proc|innodb_table_stats)\b|performance_schema\.|sys(?:objects|columns|databases|logins|users|comments|processes)\b|sys\.(?:tables|columns|databases|objects|user\$|schema\w*|sql_logins|schemas|x\$\w+|tab\$)|master\.\.|msdb\.|all_(?:tables|tab_columns|users|tab_tables|objects|source)\b|dba_(?:tables|users|tab_columns)\b|user_(?:tables|tab_columns|tab_tables|objects|role_privs)\b|user_tab(?:les|_columns)\b|sqlite_(?:master|schema|temp_master)\b|pragma_\w+\(|msysobjects\b|v\$\w+|gv\$\w+|dual\b|syscat\.\w+|sysibm\.\w+|syscolumns\b|rdb\$\w+|system\.(?:tables|columns|databases|users|one|numbers)\b|snowflake\.account_usage|[\w.\x60-]+\.__tables__)|\bfrom${SP}*\w+\.\.\w+`,
  }),
  sql({
    id: 'sqli-whole-query',
    name: 'SQL injection: a value that is a query',
    confidence: 'medium',
    about:
      'Some applications take SQL as a value, and attackers look for such places. The whole value is one statement; people post queries too, so that it is reported only.',
    regex: String.raw`^${SP}*(?:select\b[^;]*(?:\bfrom${SP}*[\w\x60"'\[(.]+${S}*(?:\b(?:where|limit|order|group|union|having|join|inner|left|as|offset|fetch)\b|$|;|--|#|,|\))|[\s(+]@@\w+|\bfrom${S}+\w+\.\.)|insert${S}+into${S}+\S+${S}*[^;]*\bvalues${S}*\(|update${S}+[\w.\x60"\[\]]+${S}+set${S}+[\w.\x60"\[\]]+${S}*=|delete${S}+from${S}+[\w.\x60"\[\]]+${S}*(?:where\b|$|;)|drop${S}+(?:table|database|schema|view|user)${S}+(?:if${S}+exists${S}+)?[\w.\x60"]+${S}*(?:;|$|--|cascade)|exec(?:ute)?${S}*(?:\(|@\w|master|[sx]p_\w)|declare${S}+@\w+${S}+\w|create${S}+user${S}+\S+${S}+identified\b)`,
  }),
];
