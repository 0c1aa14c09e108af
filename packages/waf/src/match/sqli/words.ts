/**
 * The words of SQL's dialects (MySQL, PostgreSQL, SQL Server, Oracle, SQLite, Access) by the type of their tokens, as
 * the dialects' manuals list reserved words, types and functions. A word that is a name as often, such as `name`, is
 * none of these. A phrase needs its beginnings here as well, as words are merged one by one.
 */
const WORDS: Readonly<Record<string, string>> = {
  '&': 'and,or,xor',
  1: 'true,false',
  A: 'collate',
  B: 'partition by,group by,having,limit,order by',
  E: 'execute as,execute as login,select all,select distinct,insert ignore,insert low_priority,insert delayed,insert high_priority,waitfor receive,case,create,insert,select,set,update,waitfor delay,waitfor time',
  T: 'begin declare,begin goto,begin try,begin try declare,insert into,insert ignore into,insert low_priority into,insert delayed into,insert high_priority into,load data,load xml,create or replace,try,begin,call,declare,delete,drop,exec,execute,go,goto,handler,print,shutdown,use,while',
  U: 'except all,intersect all,except,intersect,union,union all,union all distinct,union distinct all,union distinct',
  o: 'eqv,imp,similar to,is distinct from,is not distinct from,between,div,is,is not,like,mod,not,not between,not like,not regexp,not rlike,regexp,rlike,sounds,sounds like,uescape',
  v: 'current time,current date,current function,current schema,current server,current_date,current_path,current_time,current_timestamp,current_user,localtime,localtimestamp,null,unknown',
  n: 'at time,create or,in boolean,is distinct,is not distinct,lock in,lock in share,next value',
  t:
    '_ascii,_binary,_latin1,_ucs2,_utf8,_utf8mb4,character varying,double precision,anyarray,anyelement,bigint,bigserial,binary,boolean,bytea,character,decimal,double,float,float4,float8,int,int1,' +
    'int2,int3,int4,int8,integer,money,numeric,oid,real,regclass,regproc,serial,smallint,smallserial,text,timestamp,' +
    'varchar,void',
  k:
    'alter table,at time zone,cross join,for update,for update nowait,for update of,for update wait,full join,full outer,full outer join,in boolean mode,inner join,into dumpfile,into outfile,left join,left outer,left outer join,lock in share mode,lock table,natural full,natural inner,natural join,natural left,natural left outer,natural left outer join,natural outer,natural right,next value for,not in,read write,right join,right outer,right outer join,similar,with rollup,accessible,against,alter,analyze,as,asc,asensitive,autoincrement,before,blob,both,cascade,change,column,condition,' +
    'constraint,continue,count_big,cursor,databases,day_hour,day_microsecond,day_minute,day_second,dec,default,delay,' +
    'delayed,desc,describe,deterministic,distinct,distinctrow,each,else,elseif,enclosed,escaped,exit,explain,fetch,' +
    'force,foreign,from,fulltext,function,grant,high_priority,hour_microsecond,hour_minute,hour_second,ignore,in,index,' +
    'infile,inner,inout,insensitive,interval,into,iterate,join,keys,kill,leading,leave,linear,lines,load,longblob,' +
    'longtext,loop,low_priority,master_bind,match,maxvalue,mediumblob,mediumint,mediumtext,merge,middleint,' +
    'minute_microsecond,minute_second,modifies,notnull,nowait,offset,open,optimize,option,optionally,outfile,partition,' +
    'precision,primary,procedure,purge,read,read_write,reads,references,release,rename,repeat,replace,require,resignal,' +
    'restrict,return,revoke,schema,schemas,second_microsecond,sensitive,separator,signal,spatial,specific,sql,' +
    'sql_big_result,sql_cache,sql_calc_found_rows,sql_no_cache,sql_small_result,sqlexception,sqlstate,sqlwarning,ssl,' +
    'starting,straight_join,terminated,then,time,tinyblob,tinyint,tinytext,top,trigger,undo,unlock,unsigned,usage,' +
    'utc_date,utc_time,utc_timestamp,values,varbinary,varcharacter,varying,wait,when,where,year_month,zerofill',
  f:
    'if exists,if not,if not exists,procedure analyse,abs,acos,adddate,addtime,aes_decrypt,aes_encrypt,age,any,app_name,applock_mode,applock_test,array_agg,array_cat,' +
    'array_fill,array_length,array_lower,array_ndims,array_prepend,array_to_json,array_to_string,array_upper,ascii,' +
    'asin,assemblyproperty,asymkey_id,atan,atan2,avg,benchmark,bin,bit_and,bit_count,bit_length,bit_or,bit_xor,' +
    'bool_and,bool_or,btrim,cast,cbrt,cdate,ceil,ceiling,cert_id,certencoded,certprivatekey,changes,char,char_length,' +
    'character_length,charindex,charset,checksum_agg,choose,chr,cint,clock_timestamp,coalesce,coercibility,' +
    'col_length,col_name,collation,columnproperty,columns_updated,compress,concat,concat_ws,connection_id,conv,' +
    'convert,convert_from,convert_to,convert_tz,cos,cot,count,ctxsys.drithsx.sn,cume_dist,curdate,current_database,' +
    'current_query,current_schema,current_schemas,current_setting,currval,cursor_status,curtime,' +
    'database_principal_id,databasepropertyex,datalength,date,date_add,date_format,date_part,date_sub,date_trunc,' +
    'dateadd,datediff,datefromparts,datename,datepart,dateserial,datetime2fromparts,datetimefromparts,datevalue,day,' +
    'dayname,dayofmonth,dayofweek,dayofyear,db_id,db_name,dbms_lock.sleep,dbms_pipe.receive_message,' +
    'dbms_utility.sqlid_to_sqlhash,dcount,decode,decryptbyasmkey,decryptbycert,decryptbykey,decryptbykeyautocert,' +
    'decryptbypassphrase,degrees,dense_rank,des_decrypt,des_encrypt,dfirst,difference,dlast,dlookup,dmax,dmin,dsum,' +
    'elt,encode,encrypt,encryptbyasmkey,encryptbycert,encryptbykey,encryptbypassphrase,eventdata,exists,exp,' +
    'export_set,extract,extract_value,extractvalue,field,file_id,file_idex,file_name,filetoblob,filetoclob,filegroup_id,filegroup_name,' +
    'filegroupproperty,fileproperty,find_in_set,first_value,floor,format,found_rows,from_base64,from_days,' +
    'from_unixtime,fulltextcatalogproperty,fulltextserviceproperty,generate_series,generate_subscripts,get_bit,' +
    'get_byte,get_format,get_lock,getdate,getutcdate,greatest,group_concat,grouping,grouping_id,has_perms_by_name,' +
    'hashbytes,hex,host_name,hour,ident_current,ident_incr,ident_seed,identify,if,iff,ifnull,iif,index_col,' +
    'indexkey_property,indexproperty,inet_aton,inet_ntoa,initcap,instr,is_free_lock,is_member,is_objectsigned,' +
    'is_rolemember,is_srvrolemember,is_used_lock,isdate,isempty,isfinite,isnull,isnumeric,json_keys,julianday,' +
    'justify_days,justify_hours,justify_interval,key_guid,key_id,lag,last_insert_id,last_insert_rowid,last_value,' +
    'lastval,lcase,lead,least,left,length,ln,load_extension,load_file,locate,log,log10,log2,lower,lpad,ltrim,' +
    'make_set,makedate,masklen,master_pos_wait,max,md5,microsecond,mid,min,minute,month,monthname,name_const,nextval,' +
    'now,ntile,nullif,object_definition,object_id,object_name,object_schema_name,objectproperty,objectpropertyex,oct,' +
    'octet_length,old_password,opendatasource,openquery,openrowset,openxml,ord,original_db_name,original_login,' +
    'overlaps,overlay,parsename,pathindex,patindex,percent_rank,percentile_disc,period_add,period_diff,permissions,' +
    'pg_advisory_lock,pg_backend_pid,pg_cancel_backend,pg_client_encoding,pg_conf_load_time,pg_create_restore_point,' +
    'pg_has_role,pg_is_in_recovery,pg_is_other_temp_schema,pg_listening_channels,pg_ls_dir,pg_my_temp_schema,' +
    'pg_postmaster_start_time,pg_read_binary_file,pg_read_file,pg_reload_conf,pg_rotate_logfile,pg_sleep,' +
    'pg_start_backup,pg_stat_file,pg_stop_backup,pg_switch_xlog,pg_terminate_backend,pg_trigger_depth,pi,position,' +
    'pow,power,publishingservername,quarter,quote,quote_ident,quote_literal,quote_nullable,quotename,radians,rand,' +
    'random,randomblob,rank,regexp_instr,regexp_matches,regexp_replace,regexp_split_to_array,regexp_split_to_table,' +
    'regexp_substr,release_lock,replicate,reverse,round,row,row_count,row_number,row_to_json,rpad,rtrim,schema_id,' +
    'scope_identity,sec_to_time,serverproperty,session_user,set_bit,set_byte,set_config,setseed,setval,sha,sha1,sha2,' +
    'sign,signbycert,sin,sleep,some,soundex,space,split_part,sql_variant_property,sqlite_version,sqrt,' +
    'statement_timestamp,stats_date,stddev,stddev_pop,stddev_samp,strcomp,str_to_date,strcmp,string_agg,string_to_array,' +
    'strpos,stuff,subdate,substr,substring,substring_index,subtime,sum,suser_id,suser_name,suser_sid,suser_sname,' +
    'sys.fn_builtin_permissions,sys.fn_my_permissions,sysdate,sysdatetime,sysdatetimeoffset,system_user,tan,' +
    'tertiary_weights,textptr,textvalid,time_format,time_to_sec,timediff,timefromparts,timeofday,timestampadd,' +
    'to_ascii,to_base64,to_char,to_date,to_days,to_hex,to_number,to_seconds,to_timestamp,todatetimeoffset,total,' +
    'total_changes,transaction_timestamp,translate,trigger_nestlevel,trim,trunc,truncate,try_cast,try_convert,' +
    'try_parse,type_id,type_name,typeof,typeproperty,ucase,uncompress,unhex,unicode,unix_timestamp,unnest,updatexml,' +
    'upper,user_lock.sleep,using,utl_http.request,utl_inaddr.get_host_address,utl_inaddr.get_host_name,uuid,' +
    'uuid_short,var,var_pop,var_samp,variance,varp,verifysignedbyasmkey,verifysignedbycert,version,week,weekday,' +
    'weekdayname,weekofyear,width_bucket,xmlagg,xmlcomment,xmlconcat,xmlelement,xmlexists,xmlforest,xmlformat,xmlpi,' +
    'xmlroot,xmltype,year,yearweek,zeroblob',
};

const TYPES = new Map(
  Object.entries(WORDS).flatMap(([type, words]) => words.split(',').map((word) => [word, type] as const)),
);

/** The type of a word's or a phrase's token, in any case; undefined for a name. */
export function typeOfWord(word: string): string | undefined {
  return TYPES.get(word.toLowerCase());
}

const SYMBOLS = new Set('!< != !> &= *= :: := << <= <> <@ >= >> |/ |='.split(' '));

/** The type of an operator of two characters; undefined if it isn't one. */
export function typeOfSymbol(symbol: string): string | undefined {
  if (symbol === '&&' || symbol === '||') return '&';
  return SYMBOLS.has(symbol) ? 'o' : undefined;
}
