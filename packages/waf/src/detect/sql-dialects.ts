import { SqlTokenKind } from './sql-tokens.ts';

/** Microsoft SQL Server and Oracle are read as `generic` until they have a row of their own in `SYNTAX`. */
export type SqlDialect = 'generic' | 'mysql' | 'pgsql' | 'sqlite';

const DIALECT_OF_SYSTEM: Record<string, SqlDialect> = {
  mysql: 'mysql',
  mysql2: 'mysql',
  mariadb: 'mysql',
  percona: 'mysql',
  tidb: 'mysql',
  vitess: 'mysql',
  singlestore: 'mysql',
  pg: 'pgsql',
  'pg-pool': 'pgsql',
  pglite: 'pgsql',
  pgsql: 'pgsql',
  postgres: 'pgsql',
  postgresql: 'pgsql',
  cockroachdb: 'pgsql',
  redshift: 'pgsql',
  yugabytedb: 'pgsql',
  sqlite: 'sqlite',
  sqlite3: 'sqlite',
  'better-sqlite3': 'sqlite',
  'node:sqlite': 'sqlite',
  libsql: 'sqlite',
  turso: 'sqlite',
};

/** Takes the name of a database system or of its driver, in any case (`db.system`); returns the dialect it speaks. */
export function sqlDialect(system: string | undefined): SqlDialect {
  if (system === undefined || system.length > 32) return 'generic';
  const name = system.toLowerCase();
  return Object.hasOwn(DIALECT_OF_SYSTEM, name) ? DIALECT_OF_SYSTEM[name]! : 'generic';
}

/** What a tokenizer needs to know of a dialect. */
export interface SqlSyntax {
  /** Words of the grammar, in lower case. */
  readonly words: WordTable;
  /** Symbols by their first code unit, the longest first. */
  readonly symbols: ReadonlyMap<number, readonly SqlSymbol[]>;
  /** `'it\'s'` is one string. */
  readonly backslashEscapes: boolean;
  /** `E'it\'s'` is one string. */
  readonly escapeStrings: boolean;
  /** `"x"` is a string, not an identifier. */
  readonly doubleQuotedStrings: boolean;
  /** `$$x$$` and `$tag$x$tag$` are strings. */
  readonly dollarQuotedStrings: boolean;
  /** `#` begins a comment. */
  readonly hashComments: boolean;
  /** `--` begins a comment only before a blank, a control character or the end. */
  readonly dashCommentNeedsBlank: boolean;
  /** The body of `/*! … *\/` is code. */
  readonly executableComments: boolean;
  /** A block comment may hold another. */
  readonly nestedComments: boolean;
  /** What `[` begins: an identifier, an identifier if a letter follows, or nothing more than itself. */
  readonly brackets: 'identifier' | 'identifier-before-letter' | 'symbol';
  /** `1abc` is a name, not `1` and `abc`. */
  readonly digitNames: boolean;
  /** `@x` is a variable or a parameter. */
  readonly atVariables: boolean;
}

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

/**
 * The words are few on purpose: a word counts as a keyword only where detection needs to tell it from a name, and a
 * column may well be called `values` or `type`.
 */
export const SYNTAX: Record<SqlDialect, SqlSyntax> = {
  generic: {
    words: wordTable('partition', 'xor regexp sounds mod div'),
    symbols: symbolTable(':= <=> @> <@', ''),
    backslashEscapes: true,
    escapeStrings: false,
    doubleQuotedStrings: false,
    dollarQuotedStrings: false,
    hashComments: true,
    dashCommentNeedsBlank: false,
    executableComments: false,
    nestedComments: false,
    brackets: 'identifier-before-letter',
    digitNames: true,
    atVariables: true,
  },
  mysql: {
    words: wordTable(
      'distinctrow high_priority straight_join partition with rollup intersect except window case',
      'xor mod div binary regexp rlike sounds',
    ),
    symbols: symbolTable(':= <=> -> ->> &&', ''),
    backslashEscapes: true,
    escapeStrings: false,
    doubleQuotedStrings: true,
    dollarQuotedStrings: false,
    hashComments: true,
    dashCommentNeedsBlank: true,
    executableComments: true,
    nestedComments: false,
    brackets: 'symbol',
    digitNames: true,
    atVariables: true,
  },
  pgsql: {
    words: wordTable('any intersect except', 'mod ilike similar'),
    symbols: symbolTable(
      ':= -> ->> #> #>> #- @> <@ @@ @? ? ?| ?& ~* !~ !~* ~~ ~~* !~~ !~~* |/ ||/ -|- &< &> @',
      '#',
      '::',
    ),
    backslashEscapes: false,
    escapeStrings: true,
    doubleQuotedStrings: false,
    dollarQuotedStrings: true,
    hashComments: false,
    dashCommentNeedsBlank: false,
    executableComments: false,
    nestedComments: true,
    brackets: 'symbol',
    digitNames: false,
    atVariables: false,
  },
  sqlite: {
    words: wordTable('window values intersect except', 'glob escape collate regexp match notnull isnull'),
    symbols: symbolTable('-> ->>', ''),
    backslashEscapes: false,
    escapeStrings: false,
    doubleQuotedStrings: false,
    dollarQuotedStrings: false,
    hashComments: false,
    dashCommentNeedsBlank: false,
    executableComments: false,
    nestedComments: false,
    brackets: 'identifier',
    digitNames: true,
    atVariables: true,
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
  add(`${WORDS} ${keywords}`, SqlTokenKind.Keyword);
  add(`${WORD_OPERATORS} ${operators}`, SqlTokenKind.BinaryOperator);
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
  add(binary, SqlTokenKind.BinaryOperator);
  add(bitwise, SqlTokenKind.BitwiseOperator);
  add(SYMBOLS.binary, SqlTokenKind.BinaryOperator);
  add(SYMBOLS.bitwise, SqlTokenKind.BitwiseOperator);
  add('*', SqlTokenKind.Asterisk);
  add(',', SqlTokenKind.Comma);
  add('.', SqlTokenKind.Dot);
  add(';', SqlTokenKind.Semicolon);
  add('?', SqlTokenKind.Placeholder);
  add(`: [ ] { } ${punctuation}`, SqlTokenKind.Punctuation);
  for (const [first, symbols] of table) {
    table.set(
      first,
      [...symbols].sort(([a], [b]) => b.length - a.length),
    );
  }
  return table;
}
