import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statementAddresses, statementSpan, withoutLiterals } from './sql.ts';

for (const [statement, shown] of [
  ["SELECT * FROM users WHERE name = 'ada'", 'SELECT * FROM users WHERE name = ?'],
  ["SELECT 'it''s', 'b'", 'SELECT ?, ?'],
  ['SELECT * FROM t1 WHERE a = 12.5e3 LIMIT 10', 'SELECT * FROM t1 WHERE a = ? LIMIT ?'],
  ['SELECT 0x1F, col_2', 'SELECT ?, col_2'],
  ["SELECT 'never closed", 'SELECT ?'],
  ['', ''],
] as const) {
  test(`literals of ${JSON.stringify(statement)}`, () => {
    assert.equal(withoutLiterals(statement), shown);
  });
}

test('leaving literals out is linear', () => {
  const hostile = "'".repeat(200_001);
  assert.equal(withoutLiterals(hostile).length > 0, true);
});

test('the span of a statement', () => {
  assert.deepEqual(statementSpan("select * from t where a = 'x'", 'sqlite', false), {
    name: 'SELECT',
    attributes: {
      'db.system.name': 'sqlite',
      'db.query.text': 'select * from t where a = ?',
      'db.operation.name': 'SELECT',
    },
  });
  const bound = statementSpan('INSERT INTO t VALUES (1, $1)', 'postgresql', true, { 'db.namespace': 'shop' });
  assert.equal(bound.name, 'INSERT shop');
  assert.equal(bound.attributes['db.query.text'], 'INSERT INTO t VALUES (1, $1)');
});

test('only a text is a statement', () => {
  assert.deepEqual(statementAddresses(undefined, 'sqlite'), []);
  assert.deepEqual(statementAddresses('', 'sqlite'), []);
  assert.equal(statementAddresses('SELECT 1', 'sqlite').length, 1);
});
