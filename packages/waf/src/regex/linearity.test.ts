/** Work is counted in instructions visited, which no clock disturbs. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lazyDfa } from './dfa/lazy-dfa.ts';
import { REGEX_LIMITS } from './limits.ts';
import { compileProgram } from './nfa/compile.ts';
import type { Program } from './nfa/program.ts';
import { Pike } from './simulation/pike.ts';
import { parse } from './syntax/parse.ts';

interface HostileCase {
  pattern: string;
  /** An input of about this many units, on which a backtracking engine takes longer than linear. */
  input: (size: number) => string;
}

const CASES: readonly HostileCase[] = [
  { pattern: '(a+)+$', input: (size) => `${'a'.repeat(size)}b` },
  { pattern: '(a|a)*$', input: (size) => `${'a'.repeat(size)}b` },
  { pattern: '(a|aa)+$', input: (size) => `${'a'.repeat(size)}b` },
  { pattern: '(.*)*x', input: (size) => 'a'.repeat(size) },
  { pattern: '.*.*.*.*=', input: (size) => 'a'.repeat(size) },
  { pattern: '(?:(?:(?:a*)*)*)*b', input: (size) => 'a'.repeat(size) },
  { pattern: '(?:a?){30}a{30}b', input: (size) => 'a'.repeat(size) },
  { pattern: '([a-zA-Z]+)*[0-9]', input: (size) => 'aZ'.repeat(size / 2) },
  { pattern: '\\s+$', input: (size) => `${' '.repeat(size)}x` },
  { pattern: '^(\\w+\\s?)*$', input: (size) => `${'word '.repeat(size / 5)}!` },
  { pattern: '(?:\\b|\\B)*(?:a\\b|b\\B)+$', input: (size) => 'ab'.repeat(size / 2) },
  // Which of the last twelve letters was an a is 4096 states; random letters meet them all.
  { pattern: '(?:a|b)*a[ab]{12}$', input: (size) => `${randomLetters(size)}c` },
  { pattern: 'a.{0,40}b.{0,40}c', input: (size) => randomLetters(size) },
  {
    pattern: '😀.{12}😁',
    input: (size) => [...randomLetters(size / 2)].map((l) => (l === 'a' ? '😀' : 'x')).join(''),
  },
];

const TINY_CACHE = { cacheStates: 20, cacheBytes: 1 << 20, statesPerSearch: Number.POSITIVE_INFINITY };
const SMALL = 2_000;
const LARGE = 4 * SMALL;

/** Pseudo-random, the same each time: a linear congruential generator, of which the high bits are the good ones. */
function randomLetters(size: number): string {
  let state = 1;
  let letters = '';
  for (let i = 0; i < size; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    letters += state >>> 31 === 0 ? 'a' : 'b';
  }
  return letters;
}

function compile(pattern: string): Program {
  const root = parse(pattern, { ...REGEX_LIMITS, caseSensitive: true });
  return compileProgram([root]);
}

const WAYS_TO_SEARCH: readonly [name: string, visits: (program: Program, input: string) => number][] = [
  ['with a cache', (program, input) => visitsOfDfa(program, input, REGEX_LIMITS)],
  ['with a cache that is cleared all the time', (program, input) => visitsOfDfa(program, input, TINY_CACHE)],
  [
    'without a cache',
    (program, input) => visitsOfDfa(program, input, { ...REGEX_LIMITS, statesPerSearch: 0 }),
  ],
  [
    'for bounds',
    (program, input) => {
      const work = { visits: 0 };
      new Pike(program, work).find(input);
      return work.visits;
    },
  ],
];

function visitsOfDfa(program: Program, input: string, limits: typeof TINY_CACHE): number {
  const dfa = lazyDfa(program, limits);
  dfa.matchesAny(input);
  return dfa.statistics.visits;
}

describe('the work of a search', () => {
  for (const [name, visits] of WAYS_TO_SEARCH) {
    for (const { pattern, input } of CASES) {
      it(`is linear ${name}: ${pattern}`, () => {
        const program = compile(pattern);
        const small = visits(program, input(SMALL));
        const large = visits(program, input(LARGE));
        const perUnit = 4 * program.next.length;
        assert.ok(large <= perUnit * (LARGE + 2), `${large} visits`);
        assert.ok(large <= (LARGE / SMALL) * 1.1 * small + perUnit * 100, `${small} visits, then ${large}`);
      });
    }
  }
});

describe('a thrashed cache', () => {
  const program = compile('(?:a|b)*a[ab]{12}$');

  it('is cleared when it is full, and stays within its bounds', () => {
    const dfa = lazyDfa(program, { ...REGEX_LIMITS, cacheBytes: 32 * 1024, statesPerSearch: 1e9 });
    assert.equal(dfa.matchesAny(`${randomLetters(LARGE)}c`), false);
    assert.equal(dfa.matchesAny(`${randomLetters(LARGE)}abbbbbbbbbbbb`), true);
    const { clears, states, bytes, simulated } = dfa.statistics;
    assert.ok(clears > 5, `${clears} clears`);
    assert.ok(bytes <= 32 * 1024 && states <= REGEX_LIMITS.cacheStates);
    assert.equal(simulated, 0);
  });

  it('takes no more from one search than its share', () => {
    const dfa = lazyDfa(program, { ...REGEX_LIMITS, statesPerSearch: 50 });
    for (let search = 1; search <= 3; search++) {
      assert.equal(dfa.matchesAny(`${randomLetters(LARGE)}${'ab'.repeat(search)}c`), false);
      assert.ok(dfa.statistics.states <= 1 + 50 * search);
      assert.equal(dfa.statistics.simulated, search);
    }
  });

  it('answers a repeated input from memory', () => {
    const dfa = lazyDfa(program, {
      ...REGEX_LIMITS,
      cacheBytes: 1 << 22,
      cacheStates: 1e5,
      statesPerSearch: 1e5,
    });
    const input = `${randomLetters(LARGE)}c`;
    dfa.matchesAny(input);
    const { visits } = dfa.statistics;
    dfa.matchesAny(input);
    assert.equal(dfa.statistics.visits, visits);
  });
});
