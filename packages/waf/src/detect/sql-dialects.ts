import * as SqlKind from './sql-token-kinds.ts';
import type { SqlTokenKind } from './sql-tokens.ts';

export type SqlDialect = 'generic' | 'mysql' | 'pgsql' | 'sqlite' | 'mssql' | 'oracle';

/** Names of systems in OpenTelemetry (the newer ones with a vendor in front) and at Datadog, and of drivers. */
const SYSTEMS: Record<Exclude<SqlDialect, 'generic'>, string> = {
  mysql: 'mysql mysql2 mariadb percona tidb vitess singlestore',
  pgsql:
    'pg pg-pool pglite pgsql postgres postgresql cockroachdb redshift aws.redshift yugabytedb timescaledb',
  sqlite: 'sqlite sqlite3 better-sqlite3 node:sqlite libsql turso',
  mssql: 'mssql microsoft.sql_server sqlserver tedious msnodesqlv8 mssqlcompact sybase',
  oracle: 'oracle oracle.db oracledb node-oracledb',
};

const DIALECT_OF_SYSTEM = new Map(
  Object.entries(SYSTEMS).flatMap(([dialect, systems]) =>
    systems.split(' ').map((system) => [system, dialect as SqlDialect] as const),
  ),
);

/** Takes the name of a database system or of its driver, in any case (`db.system`); returns the dialect it speaks. */
export function sqlDialect(system: string | undefined): SqlDialect {
  if (system === undefined || system.length > 32) return 'generic';
  return DIALECT_OF_SYSTEM.get(system.toLowerCase()) ?? 'generic';
}

/** What a tokenizer needs to know of a dialect. */
export interface SqlSyntax {
  /** Words of the grammar, in lower case. */
  readonly words: WordTable;
  /** Symbols by their first code unit, the longest first. */
  readonly symbols: ReadonlyMap<number, readonly SqlSymbol[]>;
  /** `'it\'s'` is one string. */
  readonly backslashEscapes: boolean;
  /** Words, in lower case and of one letter or two, that begin a string right before a quote. */
  readonly stringPrefixes: Readonly<Record<string, StringStyle>>;
  /** `"x"` is a string, not an identifier. */
  readonly doubleQuotedStrings: boolean;
  /** What `$` begins besides a name: `$$x$$` and `$tag$x$tag$`, or an amount such as `$1.50`. */
  readonly dollars: 'strings' | 'money' | 'names';
  /** What `#` begins: a comment, or a name. */
  readonly hashes: 'comment' | 'name' | 'symbol';
  /** `--` begins a comment only before a blank, a control character or the end. */
  readonly dashCommentNeedsBlank: boolean;
  /** The body of `/*! … *\/` is code. */
  readonly executableComments: boolean;
  /** A block comment may hold another. */
  readonly nestedComments: boolean;
  /** What `[` begins: an identifier (in which `]]` may be a bracket), one if a letter follows, or nothing. */
  readonly brackets: 'identifier' | 'identifier-with-doubled' | 'identifier-before-letter' | 'symbol';
  /** `1abc` is a name, not `1` and `abc`. */
  readonly digitNames: boolean;
  /** Symbols that may stand within a name, besides `$` and `_`. */
  readonly nameSymbols: string;
  /** `@x` is a variable, a parameter or the link to another database. */
  readonly atVariables: boolean;
  /** `:x` and `:1` are parameters. */
  readonly colonParameters: boolean;
  /** Words that begin a statement without a `;` before it. */
  readonly statementWords: readonly string[];
}

/** `plain`: `N'it''s'`; `escaped`: `E'it\'s'`; `delimited`: `q'[it's]'`. */
export type StringStyle = 'plain' | 'escaped' | 'delimited';

export type SqlSymbol = readonly [text: string, kind: SqlTokenKind];
export type WordTable = ReadonlyMap<number, readonly (readonly [word: string, kind: SqlTokenKind])[]>;

/** A hash of a word, ASCII case aside, that a scanner can build as it goes: start at 0, once per code unit. */
export function hashWord(hash: number, code: number): number {
  return (Math.imul(hash, 31) + (code | 0x20)) | 0;
}

const WORDS = 'select from where group having order by asc desc limit offset null all as distinct union';
const WORD_OPERATORS = 'or and in between like not is';
const SYMBOLS = {
  binary: '= == != <> <= >= < > + - / % || !',
  bitwise: '| & ^ ~ << >>',
};

/** What the standard has, and what most of the dialects make of the rest. */
const STANDARD = {
  backslashEscapes: false,
  stringPrefixes: {},
  doubleQuotedStrings: false,
  dollars: 'names',
  hashes: 'symbol',
  dashCommentNeedsBlank: false,
  executableComments: false,
  nestedComments: false,
  brackets: 'symbol',
  digitNames: true,
  nameSymbols: '',
  atVariables: true,
  colonParameters: false,
  statementWords: [],
} as const;

/**
 * The words are few on purpose: a word counts as a keyword only where detection needs to tell it from a name, and a
 * column may well be called `values` or `type`.
 */
export const SYNTAX: Record<SqlDialect, SqlSyntax> = {
  generic: {
    ...STANDARD,
    words: wordTable('partition', 'xor regexp sounds mod div'),
    symbols: symbolTable(':= <=> @> <@', ''),
    backslashEscapes: true,
    hashes: 'comment',
    brackets: 'identifier-before-letter',
  },
  mysql: {
    ...STANDARD,
    words: wordTable(
      'distinctrow high_priority straight_join partition with rollup intersect except window case',
      'xor mod div binary regexp rlike sounds',
    ),
    symbols: symbolTable(':= <=> -> ->> &&', ''),
    backslashEscapes: true,
    doubleQuotedStrings: true,
    hashes: 'comment',
    dashCommentNeedsBlank: true,
    executableComments: true,
  },
  pgsql: {
    ...STANDARD,
    words: wordTable('any intersect except', 'mod ilike similar'),
    symbols: symbolTable(
      ':= -> ->> #> #>> #- @> <@ @@ @? ? ?| ?& ~* !~ !~* ~~ ~~* !~~ !~~* |/ ||/ -|- &< &> @',
      '#',
      '::',
    ),
    stringPrefixes: { e: 'escaped' },
    dollars: 'strings',
    nestedComments: true,
    digitNames: false,
    atVariables: false,
  },
  sqlite: {
    ...STANDARD,
    words: wordTable('window values intersect except', 'glob escape collate regexp match notnull isnull'),
    symbols: symbolTable('-> ->>', ''),
    brackets: 'identifier',
  },
  mssql: {
    ...STANDARD,
    words: wordTable('top intersect except any some', 'escape collate'),
    symbols: symbolTable('+= -= *= /= %= !< !>', '&= ^= |=', '::'),
    stringPrefixes: { n: 'plain' },
    dollars: 'money',
    hashes: 'name',
    nestedComments: true,
    brackets: 'identifier-with-doubled',
    digitNames: false,
    nameSymbols: '#@',
    statementWords:
      `select insert update delete exec execute declare waitfor shutdown kill drop alter create grant revert
      reconfigure backup restore dbcc`.split(/\s+/),
  },
  oracle: {
    ...STANDARD,
    words: wordTable('intersect minus except any some prior connect', 'escape collate likec like2 like4'),
    symbols: symbolTable(':= => ^= ~= **', '', '..'),
    stringPrefixes: { n: 'plain', q: 'delimited', nq: 'delimited' },
    digitNames: false,
    nameSymbols: '#',
    colonParameters: true,
  },
};

function wordTable(keywords: string, operators: string): WordTable {
  const table = new Map<number, (readonly [string, SqlTokenKind])[]>();
  const add = (words: string, kind: SqlTokenKind) => {
    for (const word of words.split(' ').filter(Boolean)) {
      let hash = 0;
      for (let i = 0; i < word.length; i++) hash = hashWord(hash, word.charCodeAt(i));
      table.set(hash, [...(table.get(hash) ?? []), [word, kind]]);
    }
  };
  add(`${WORDS} ${keywords}`, SqlKind.Keyword);
  add(`${WORD_OPERATORS} ${operators}`, SqlKind.BinaryOperator);
  return table;
}

function symbolTable(
  binary: string,
  bitwise: string,
  punctuation = '',
): ReadonlyMap<number, readonly SqlSymbol[]> {
  const table = new Map<number, SqlSymbol[]>();
  const add = (symbols: string, kind: SqlTokenKind) => {
    for (const symbol of symbols.split(' ').filter(Boolean)) {
      const first = symbol.charCodeAt(0);
      const others = table.get(first) ?? [];
      if (!others.some(([text]) => text === symbol)) table.set(first, [...others, [symbol, kind]]);
    }
  };
  add(binary, SqlKind.BinaryOperator);
  add(bitwise, SqlKind.BitwiseOperator);
  add(SYMBOLS.binary, SqlKind.BinaryOperator);
  add(SYMBOLS.bitwise, SqlKind.BitwiseOperator);
  add('*', SqlKind.Asterisk);
  add(',', SqlKind.Comma);
  add('.', SqlKind.Dot);
  add(';', SqlKind.Semicolon);
  add('?', SqlKind.Placeholder);
  add(`: [ ] { } ${punctuation}`, SqlKind.Punctuation);
  for (const [first, symbols] of table) {
    table.set(
      first,
      [...symbols].sort(([a], [b]) => b.length - a.length),
    );
  }
  return table;
}
