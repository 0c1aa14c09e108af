import { words } from '../word-list.ts';
import * as Feature from './sql-features.ts';
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
    words(systems).map((system) => [system, dialect as SqlDialect]),
  ),
);

/** Takes the name of a database system or of its driver, in any case (`db.system`); returns the dialect it speaks. */
export function sqlDialect(system: string | undefined): SqlDialect {
  if (system === undefined || system.length > 32) return 'generic';
  return DIALECT_OF_SYSTEM.get(system.toLowerCase()) ?? 'generic';
}

/** What a tokenizer needs to know of a dialect. */
export interface SqlSyntax {
  /** The features of `sql-features.ts` that it has, as one number. */
  readonly features: number;
  /** Words of the grammar, in lower case, by their hashes. */
  readonly words: SqlTable;
  /** Symbols by their first code unit, the longest first. */
  readonly symbols: SqlTable;
  /** Symbols that may stand within a name, besides `$` and `_`. */
  readonly nameSymbols: string;
}

export type SqlTable = ReadonlyMap<number, readonly (readonly [text: string, kind: SqlTokenKind])[]>;

/** A hash of a word, ASCII case aside, that a scanner can build as it goes: start at 0, once per code unit. */
export function hashWord(hash: number, code: number): number {
  return (Math.imul(hash, 31) + (code | 0x20)) | 0;
}

/**
 * The words are few on purpose: a word counts as a keyword only where detection needs to tell it from a name, and a
 * column may well be called `values` or `type`.
 */
export const SYNTAX: Record<SqlDialect, SqlSyntax> = {
  generic: syntax(
    Feature.BackslashEscapes |
      Feature.HashComments |
      Feature.LetterBracketNames |
      Feature.DigitNames |
      Feature.AtVariables,
    wordTable('partition', 'xor regexp sounds mod div'),
    symbolTable(':= <=> @> <@'),
  ),
  mysql: syntax(
    Feature.BackslashEscapes |
      Feature.DoubleQuotedStrings |
      Feature.HashComments |
      Feature.DashCommentNeedsBlank |
      Feature.ExecutableComments |
      Feature.DigitNames |
      Feature.AtVariables |
      Feature.CodedStrings,
    wordTable(
      'distinctrow high_priority straight_join partition with rollup intersect except window case',
      'xor mod div binary regexp rlike sounds',
    ),
    symbolTable(':= <=> -> ->> &&'),
  ),
  pgsql: syntax(
    Feature.EscapeStrings | Feature.DollarStrings | Feature.NestedComments | Feature.CodedStrings,
    wordTable('any intersect except', 'mod ilike similar'),
    symbolTable(
      ':= -> ->> #> #>> #- @> <@ @@ @? ? ?| ?& ~* !~ !~* ~~ ~~* !~~ !~~* |/ ||/ -|- &< &> @',
      '#',
      '::',
    ),
  ),
  sqlite: syntax(
    Feature.BracketNames | Feature.DigitNames | Feature.AtVariables,
    wordTable('window values intersect except', 'glob escape collate regexp match notnull isnull'),
    symbolTable('-> ->>'),
  ),
  mssql: syntax(
    Feature.NationalStrings |
      Feature.DollarAmounts |
      Feature.HashNames |
      Feature.NestedComments |
      Feature.DoubledBracketNames |
      Feature.AtVariables |
      Feature.BareStatements,
    wordTable('top intersect except any some', 'escape collate'),
    symbolTable('+= -= *= /= %= !< !>', '&= ^= |=', '::'),
    '#@',
  ),
  oracle: syntax(
    Feature.NationalStrings | Feature.DelimitedStrings | Feature.AtVariables | Feature.ColonParameters,
    wordTable('intersect minus except any some prior connect', 'escape collate likec like2 like4'),
    symbolTable(':= => ^= ~= **', '', '..'),
    '#',
  ),
};

function syntax(features: number, words: SqlTable, symbols: SqlTable, nameSymbols = ''): SqlSyntax {
  return { features, words, symbols, nameSymbols };
}

function wordTable(keywords: string, operators: string): SqlTable {
  const hash = (word: string) =>
    Array.from(word).reduce((hash, letter) => hashWord(hash, letter.charCodeAt(0)), 0);
  return tableOf(hash, [
    [
      SqlKind.Keyword,
      `${keywords} select from where group having order by asc desc limit offset null all as distinct union`,
    ],
    [SqlKind.BinaryOperator, `${operators} or and in between like not is`],
  ]);
}

function symbolTable(binary: string, bitwise = '', punctuation = ''): SqlTable {
  return tableOf(
    (symbol) => symbol.charCodeAt(0),
    [
      [SqlKind.BinaryOperator, `${binary} = == != <> <= >= < > + - / % || !`],
      [SqlKind.BitwiseOperator, `${bitwise} | & ^ ~ << >>`],
      [SqlKind.Asterisk, '*'],
      [SqlKind.Comma, ','],
      [SqlKind.Dot, '.'],
      [SqlKind.Semicolon, ';'],
      [SqlKind.Placeholder, '?'],
      [SqlKind.Punctuation, `: [ ] { } ${punctuation}`],
    ],
  );
}

/** Of texts that are given twice the first counts. */
function tableOf(
  keyOf: (text: string) => number,
  lists: readonly (readonly [kind: SqlTokenKind, texts: string])[],
): SqlTable {
  const table = new Map<number, [string, SqlTokenKind][]>();
  for (const [kind, texts] of lists) {
    for (const text of words(texts)) {
      const others = table.get(keyOf(text)) ?? [];
      table.set(
        keyOf(text),
        [...others, [text, kind] as [string, SqlTokenKind]].sort(([a], [b]) => b.length - a.length),
      );
    }
  }
  return table;
}
