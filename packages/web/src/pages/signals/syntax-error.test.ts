import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readSyntaxError } from './syntax-error.ts';

it('readSyntaxError splits the query at the fault', () =>
  assert.deepEqual(
    readSyntaxError('Invalid query at position 8: expected AND or OR, found "&&"', 'status:x && b'.slice(0)),
    {
      message: 'Expected AND or OR, found "&&".',
      position: 8,
      before: 'status:x',
      at: '',
      after: ' && b',
    },
  ));

it('readSyntaxError marks the word at the fault, or the end', () => {
  assert.equal(readSyntaxError('Invalid query at position 2: expected x, found "bc"', 'a bc d')?.at, 'bc');
  const atEnd = readSyntaxError(
    'Invalid query at position 7: expected a value, found end of query',
    'status:',
  );
  assert.deepEqual([atEnd?.before, atEnd?.at, atEnd?.after], ['status:', '', '']);
});

it('readSyntaxError leaves other messages alone', () =>
  assert.equal(readSyntaxError('The event store does not answer; try again', 'a'), undefined));
