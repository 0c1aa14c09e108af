import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Signal } from '../../api/client.ts';
import { countValues, FACETS, matchingOthers } from './facet-list.ts';

const facet = (name: string) => FACETS.find((each) => each.name === name)!;
const signals = [
  { severity: 'high', services: ['a', 'b'] },
  { severity: 'low', services: ['b'] },
] as Signal[];

it('countValues lists what occurs, the most frequent first, and what is chosen', () =>
  assert.deepEqual(countValues(facet('Service'), signals, ['c']), [
    { value: 'b', count: 2 },
    { value: 'a', count: 1 },
    { value: 'c', count: 0 },
  ]));

it('countValues keeps the order of severities', () =>
  assert.deepEqual(
    countValues(facet('Severity'), signals, []).map(({ value, count }) => `${value} ${count}`),
    ['critical 0', 'high 1', 'medium 0', 'low 1', 'info 0'],
  ));

it('matchingOthers leaves out what other facets exclude', () => {
  const chosen = new Map([
    [facet('Severity'), ['high']],
    [facet('Service'), ['b']],
    [facet('Rule'), []],
  ]);
  assert.deepEqual(matchingOthers(facet('Severity'), signals, chosen), signals);
  assert.deepEqual(matchingOthers(facet('Service'), signals, chosen), [signals[0]]);
});
