/**
 * The words of SQL's dialects (MySQL, PostgreSQL, SQL Server, Oracle, SQLite, Access) that attacks are made of, or that
 * prose has as well, by the type of their tokens. What is missing is a name. A phrase needs its beginnings here too, as
 * words are merged one by one.
 */
const WORDS: Readonly<Record<string, string>> = {
  '&': 'and,or,xor',
  1: 'false,true',
  A: 'collate',
  B: 'group by,having,limit,order by,partition by',
  E: 'case,create,execute as,execute as login,insert,select,select all,select distinct,set,update,waitfor delay,waitfor time',
  T:
    'begin,begin declare,begin goto,begin try,begin try declare,call,create or replace,declare,delete,drop,exec,execute,go,goto,handler,' +
    'insert into,load data,load xml,print,shutdown,try,use,while',
  U: 'except,except all,intersect,intersect all,union,union all,union all distinct,union distinct,union distinct all',
  n: 'create or,in boolean,is distinct,is not distinct',
  o:
    'between,div,is,is distinct from,is not,is not distinct from,like,mod,not,not between,not like,not regexp,' +
    'not rlike,regexp,rlike,sounds,sounds like',
  t: '_binary,_latin1,_utf8,binary,boolean,character,decimal,float,int,integer,numeric,text,timestamp,varchar',
  v: 'current_date,current_time,current_timestamp,current_user,localtime,localtimestamp,null,unknown',
  k:
    'against,alter,analyze,as,asc,before,both,cascade,change,column,condition,constraint,continue,' +
    'cross join,cursor,databases,default,delay,delayed,desc,describe,distinct,each,else,elseif,enclosed,escaped,exit,' +
    'explain,fetch,for update,force,foreign,from,full join,fulltext,function,grant,ignore,in,' +
    'in boolean mode,index,infile,inner,inner join,interval,into,into dumpfile,into outfile,iterate,join,keys,kill,' +
    'leading,leave,left join,lines,load,loop,match,merge,natural join,not in,offset,open,' +
    'optimize,option,outfile,partition,precision,primary,procedure,purge,read,reads,references,release,rename,repeat,' +
    'replace,require,restrict,return,revoke,right join,schema,schemas,sensitive,separator,' +
    'signal,specific,sql,starting,straight_join,terminated,then,time,top,trigger,undo,unlock,unsigned,usage,' +
    'utc_date,utc_time,utc_timestamp,values,varying,wait,when,where',
  f:
    'abs,adddate,aes_decrypt,aes_encrypt,age,any,array_agg,array_to_string,ascii,avg,benchmark,bin,bit_count,' +
    'bit_length,cast,ceil,ceiling,char,char_length,character_length,charindex,charset,choose,chr,coalesce,coercibility,col_length,col_name,' +
    'collation,compress,concat,concat_ws,connection_id,conv,convert,cos,count,ctxsys.drithsx.sn,curdate,' +
    'current_database,current_setting,curtime,datalength,date,date_add,date_format,date_sub,dateadd,' +
    'datediff,datename,datepart,day,db_id,db_name,dbms_lock.sleep,dbms_pipe.receive_message,dbms_utility.sqlid_to_sqlhash,decode,degrees,elt,encode,' +
    'encrypt,exists,exp,export_set,extract,extractvalue,field,filetoblob,filetoclob,find_in_set,floor,format,found_rows,' +
    'from_base64,from_unixtime,generate_series,get_lock,getdate,greatest,group_concat,hex,host_name,hour,if,if exists,' +
    'if not,if not exists,ifnull,iif,inet_aton,inet_ntoa,initcap,instr,is_member,is_srvrolemember,isnull,isnumeric,json_keys,' +
    'last_insert_id,last_value,lcase,lead,least,left,length,ln,load_extension,load_file,locate,log,lower,lpad,ltrim,' +
    'make_set,max,md5,mid,min,minute,month,name_const,now,ntile,nullif,object_id,object_name,oct,octet_length,' +
    'old_password,opendatasource,openquery,openrowset,ord,overlay,patindex,permissions,pg_backend_pid,pg_ls_dir,' +
    'pg_read_file,pg_sleep,pi,position,pow,power,procedure analyse,quarter,quote,quote_literal,quotename,radians,rand,' +
    'random,randomblob,rank,regexp_instr,regexp_replace,regexp_substr,replicate,reverse,round,row,row_count,row_number,' +
    'rpad,rtrim,schema_id,serverproperty,session_user,sha,sha1,sha2,sign,sin,sleep,some,soundex,space,sqlite_version,' +
    'sqrt,str_to_date,strcmp,strcomp,string_agg,stuff,substr,substring,substring_index,sum,suser_name,suser_sname,' +
    'sysdate,system_user,tan,to_base64,to_char,to_date,to_number,total,total_changes,translate,trim,trunc,truncate,' +
    'typeof,ucase,uncompress,unhex,unicode,unix_timestamp,updatexml,upper,user_lock.sleep,using,utl_http.request,' +
    'utl_inaddr.get_host_address,utl_inaddr.get_host_name,uuid,variance,version,week,weekday,xmlagg,xmlconcat,xmltype,' +
    'year,zeroblob',
};

const TYPES = new Map(
  Object.entries(WORDS).flatMap(([type, words]) => words.split(',').map((word) => [word, type] as const)),
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
