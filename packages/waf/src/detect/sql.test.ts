import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { detectSqlInjection, sqlStatement } from './sql.ts';
import { type SqlDialect, sqlDialect } from './sql-dialects.ts';
import { tokenizeSql } from './sql-tokenizer.ts';
import { countReads, readVectors, SQL_VECTORS, type SqlVector } from './test-support.ts';

const DIALECTS: SqlDialect[] = ['generic', 'mysql', 'pgsql', 'sqlite', 'mssql', 'oracle'];
const FRAGMENTS = [
  ...[
    "'",
    '"',
    '`',
    "''",
    '\\',
    '--',
    '#',
    '/*',
    '*/',
    '/*!',
    '$$',
    '$a$',
    "N'",
    "q'[",
    "]'",
    "nq'{",
    '[',
    ']',
    '(',
    ')',
    ';',
    ',',
    '.',
  ],
  ...[
    'a',
    'or',
    'where',
    'select',
    'union',
    '1',
    '0x',
    '1e',
    '-',
    '+',
    '=',
    '@',
    ':',
    '?',
    '\n',
    ' ',
    'é',
    '\u0000',
  ],
];
const sqlLike = fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 40 }).map((parts) => parts.join(''));
const anyText = fc.oneof(sqlLike, fc.string({ unit: 'binary' }));
const anyDialect = fc.constantFrom(...DIALECTS);

function isFound(statement: string, input: string, dialect: SqlDialect): boolean {
  return detectSqlInjection(sqlStatement(statement, dialect), input) !== null;
}

describe('detectSqlInjection', () => {
  for (const { dialect, statement, input, detect } of readVectors<SqlVector>(...SQL_VECTORS)) {
    test(`${detect ? 'finds' : 'passes'} ${JSON.stringify(input)} in ${dialect}: ${statement}`, () => {
      assert.equal(isFound(statement, input, dialect), detect);
    });
  }

  test('reports the statement without its literals and the input as it stands there', () => {
    const statement = sqlStatement("SELECT 'it''s', 1.5 FROM t WHERE n = 'x' or 1=1 -- '", 'pgsql');
    assert.deepEqual(detectSqlInjection(statement, " X' OR 1=1 -- "), {
      resource: "SELECT ?, ? FROM t WHERE n = ? or ?=? -- '",
      highlight: "x' or 1=1 --",
    });
  });

  test('tokenises no statement that holds no input', () => {
    const statement = sqlStatement("SELECT * FROM t WHERE n = 'x'", 'mysql');
    detectSqlInjection(statement, "' or 1=1");
    detectSqlInjection(statement, 'SELECT');
    assert.equal(statement.tokens, undefined);
  });

  test('never throws', () => {
    fc.assert(
      fc.property(anyText, anyText, anyDialect, (statement, input, dialect) => {
        isFound(statement, input, dialect);
        isFound(statement + input + statement, input, dialect);
      }),
      { numRuns: 2000 },
    );
  });

  test('finds no input that does not occur', () => {
    fc.assert(
      fc.property(anyText, anyText, anyDialect, (statement, input, dialect) => {
        const lower = statement.toLowerCase();
        fc.pre(!input.includes('%'));
        fc.pre(
          !lower.includes(input.trim().toLowerCase()) && !statement.includes(input.trim().toUpperCase()),
        );
        assert.equal(isFound(statement, input, dialect), false);
      }),
    );
  });

  test('finds no input in a literal that escapes it, nor one that is bound', () => {
    const doubled = (input: string) => `'${input.replaceAll("'", "''")}'`;
    const escaped = (input: string) => `'${input.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
    fc.assert(
      fc.property(anyText, anyDialect, (input, dialect) => {
        const literal = dialect === 'mysql' || dialect === 'generic' ? escaped(input) : doubled(input);
        const template = ['UPDATE accounts SET note = ', ' WHERE id = 4711'];
        fc.pre(!occursOutside(template.join(literal), input, template[0]!.length, literal.length));
        assert.equal(isFound(template.join(literal), input, dialect), false);
        assert.equal(isFound(template.join('?'), input, dialect), false);
      }),
      { numRuns: 2000 },
    );
  });

  test('reads a statement and its inputs in linear time', () => {
    for (const dialect of DIALECTS) {
      const more = [
        '/* ',
        '[a',
        '$a$ ',
        "\\'",
        "'' or ",
        '/*/*',
        '1,',
        '[]]',
        "q'(",
        "n'",
        'a#',
        '@@',
        ':a',
        '$1.',
        '1 kill ',
      ];
      for (const fragment of [...FRAGMENTS, ...more]) {
        const reads = (count: number) => {
          const statement = fragment.repeat(count);
          const inputs = Array.from({ length: 5 }, (_, index) => fragment.repeat(index + 3));
          return countReads(() => {
            for (const input of inputs) isFound(statement, input, dialect);
          });
        };
        const small = reads(2000);
        assert.ok(reads(4000) <= small * 2.5, `${dialect} ${JSON.stringify(fragment)}: ${small}`);
      }
    }
  });

  test('finds an injection behind many literals that hold the same input', () => {
    const literals = "'x or 1=1', ".repeat(1000);
    assert.ok(isFound(`INSERT INTO t VALUES (${literals}x or 1=1)`, 'x or 1=1', 'pgsql'));
  });

  test('looks at a bounded number of occurrences', () => {
    const statement = sqlStatement(
      `SELECT ${'a, b, '.repeat(20_000)} c FROM t WHERE x IN (SELECT 1)`,
      'mysql',
    );
    detectSqlInjection(statement, 'b, ');
    const reads = countReads(() => detectSqlInjection(statement, 'a, b'));
    assert.ok(reads < 1_000_000, String(reads));
  });
});

describe('tokenizeSql', () => {
  test('gives tokens that follow each other within the text', () => {
    fc.assert(
      fc.property(anyText, anyDialect, (text, dialect) => {
        const { starts, ends } = tokenizeSql(text, dialect);
        let position = 0;
        for (let index = 0; index < starts.length; index++) {
          assert.ok(starts[index]! >= position && ends[index]! > starts[index]!);
          position = ends[index]!;
        }
        assert.ok(position <= text.length);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('sqlDialect', () => {
  for (const [system, dialect] of [
    ['mysql2', 'mysql'],
    ['MariaDB', 'mysql'],
    ['postgresql', 'pgsql'],
    ['postgres', 'pgsql'],
    ['pg', 'pgsql'],
    ['better-sqlite3', 'sqlite'],
    ['mysql', 'mysql'],
    ['sqlite', 'sqlite'],
    ['pgsql', 'pgsql'],
    ['cockroachdb', 'pgsql'],
    ['redshift', 'pgsql'],
    ['aws.redshift', 'pgsql'],
    ['mssql', 'mssql'],
    ['Microsoft.SQL_Server', 'mssql'],
    ['sqlserver', 'mssql'],
    ['tedious', 'mssql'],
    ['oracle', 'oracle'],
    ['oracle.db', 'oracle'],
    ['OracleDB', 'oracle'],
    ['clickhouse', 'generic'],
    ['x'.repeat(40), 'generic'],
    ['constructor', 'generic'],
    [undefined, 'generic'],
  ] as const) {
    test(`${system} is ${dialect}`, () => assert.equal(sqlDialect(system), dialect));
  }
});

/** Whether the input, in a form that is looked for, occurs other than within the literal at `start`. */
function occursOutside(statement: string, input: string, start: number, length: number): boolean {
  const forms = [input, input.trim(), input.trim().toLowerCase(), input.trim().toUpperCase()];
  return forms.some((form) => {
    for (let at = statement.indexOf(form); at >= 0; at = statement.indexOf(form, at + 1)) {
      if (at < start + 1 || at + form.length > start + length - 1) return true;
    }
    return false;
  });
}
