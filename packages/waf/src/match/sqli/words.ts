import { stems } from '../../word-list.ts';

/**
 * The words of SQL's dialects (MySQL, PostgreSQL, SQL Server, Oracle, SQLite, Access) that attacks are made of, or that
 * prose has as well, by the type of their tokens. What is missing is a name. A phrase needs its beginnings here too, as
 * words are merged one by one. Stems and endings, as `stems` has them, with `~` for the blank in a phrase.
 */
const WORDS: Readonly<Record<string, string>> = {
  '&': 'and or xor',
  1: 'false true',
  A: 'collate',
  B: 'group,order,partition:~by having limit',
  E: 'case create execute~as:,~login insert select:,~all,~distinct set update waitfor~:delay,time',
  T:
    'begin:,~declare,~goto,~try,~try~declare call create~or~replace declare delete drop exec execute go goto ' +
    'handler insert~into load~:data,xml print shutdown try use while',
  U: 'except:,~all intersect:,~all union:,~all,~all~distinct,~distinct,~distinct~all',
  n: 'create~or in~boolean is,is~not:~distinct',
  o:
    'between div is is,is~not:~distinct~from is~not like mod not:,~between,~like,~regexp,~rlike regexp rlike ' +
    'sounds:,~like',
  t: '_binary _latin1 _utf8 binary boolean character decimal float int integer numeric text timestamp varchar',
  v: 'current_:date,time,timestamp,user localtime localtimestamp null unknown',
  k:
    'against alter analyze as asc before both cascade change column condition constraint continue ' +
    'cross,full,inner,left,natural,right:~join cursor databases default delay:,ed desc describe distinct ' +
    'each else elseif enclosed escaped exit explain fetch force foreign for~update from fulltext function ' +
    'grant ignore in index infile inner interval into:,~dumpfile,~outfile in~boolean~mode iterate join keys ' +
    'kill leading leave lines load loop match merge not~in offset open optimize option outfile partition ' +
    'precision primary procedure purge read:,s references release rename repeat replace require restrict ' +
    'return revoke schema:,s sensitive separator signal specific sql starting straight_join terminated then ' +
    'time top trigger undo unlock unsigned usage utc_:date,time,timestamp values varying wait when where',
  f:
    'abs adddate aes_:decrypt,encrypt age any array_:agg,to_string ascii avg benchmark bin bit,row:_count ' +
    'bit,char,character,col,octet:_length cast ceil:,ing char charindex charset choose chr coalesce ' +
    'coercibility col,db,host,object,suser,utl_inaddr.get_host:_name collation compress concat:,_ws ' +
    'connection,db,last_insert,object,schema:_id conv convert cos count ctxsys.drithsx.sn curdate ' +
    'current_:database,setting curtime datalength date date_:add,format,sub dateadd datediff datename ' +
    'datepart day dbms,user:_lock.sleep dbms_:pipe.receive_message,utility.sqlid_to_sqlhash decode degrees ' +
    'elt encode encrypt exists exp export,find_in,make:_set extract extractvalue field filetoblob filetoclob ' +
    'floor format found_rows from_:base64,unixtime generate_series get_lock getdate greatest group_concat ' +
    'hex hour if ifnull if,if~not:~exists if~not iif inet_:aton,ntoa initcap instr is_member ' +
    'is_srvrolemember isnull isnumeric json_keys last_value lcase lead least left length ln ' +
    'load_:extension,file locate log lower lpad ltrim max md5 mid min minute month name_const now ntile ' +
    'nullif oct old_password opendatasource openquery openrowset ord overlay patindex permissions ' +
    'pg_:backend_pid,ls_dir,read_file,sleep pi position pow power procedure~analyse quarter quote ' +
    'quote_literal quotename radians rand random randomblob rank regexp_:instr,replace,substr replicate ' +
    'reverse round row row_number rpad rtrim serverproperty session,system:_user sha sha1 sha2 sign sin ' +
    'sleep some soundex space sqlite_version sqrt str_to_date strcmp strcomp string_agg stuff substr ' +
    'substring:,_index sum suser_sname sysdate tan to_:base64,char,date,number total:,_changes translate ' +
    'trim trunc truncate typeof ucase uncompress unhex unicode unix_timestamp updatexml upper using ' +
    'utl_:http.request,inaddr.get_host_address uuid variance version week weekday xmlagg xmlconcat xmltype ' +
    'year zeroblob',
};

const TYPES = new Map(
  Object.entries(WORDS).flatMap(([type, text]) =>
    stems(text).map((words) => [words.replaceAll('~', ' '), type] as const),
  ),
);

/** The type of the token of a word or phrase in lower case; undefined for a name. */
export function typeOfWord(word: string): string | undefined {
  return TYPES.get(word);
}

const PHRASE_BEGINNINGS = new Set([...TYPES.keys()].map((words) => words.slice(0, words.lastIndexOf(' '))));

/** The type of a phrase that a last word may make of its beginning; undefined if it makes none. */
export function typeOfPhrase(beginning: string, last: string): string | undefined {
  return PHRASE_BEGINNINGS.has(beginning) ? TYPES.get(`${beginning} ${last}`) : undefined;
}

/** The first words of what has one of these types, each once. */
export function firstWords(types: string): string[] {
  const entries = [...TYPES].filter(([, type]) => types.includes(type));
  return [...new Set(entries.map(([words]) => words.split(' ')[0]!))];
}

const SYMBOLS = new Set('!< != !> &= *= :: := << <= <> <@ >= >> |/ |='.split(' '));

/** The type of an operator of two characters; undefined if it isn't one. */
export function typeOfSymbol(symbol: string): string | undefined {
  if (symbol === '&&' || symbol === '||') return '&';
  return SYMBOLS.has(symbol) ? 'o' : undefined;
}
