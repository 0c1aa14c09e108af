import assert from 'node:assert/strict';
import { it } from 'node:test';
import { DEFAULT_STATE, readState, writeState } from './list-state.ts';

it('a state is read as it was written', () => {
  const state = {
    query: '@usr.id:"a & b" -env:test',
    from: 'now-1h',
    to: '2026-11-24T12:00:00Z',
    sort: 'timestamp',
  } as const;
  assert.deepEqual(readState(writeState(state).slice(1)), state);
});

it('what is the default is not in the URL', () => {
  assert.equal(writeState(DEFAULT_STATE), '');
  assert.equal(writeState({ ...DEFAULT_STATE, query: 'a' }), '?query=a');
});

it('what is missing or unknown is the default', () => {
  assert.deepEqual(readState(''), DEFAULT_STATE);
  assert.deepEqual(readState('sort=severity&from='), DEFAULT_STATE);
});
