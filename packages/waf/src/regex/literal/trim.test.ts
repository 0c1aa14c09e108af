import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Findings } from '../dfa/findings.ts';
import { lazyDfa } from '../dfa/lazy-dfa.ts';
import { REGEX_LIMITS } from '../limits.ts';
import { compileProgram } from '../nfa/compile.ts';
import type { Node } from '../syntax/ast.ts';
import { parse } from '../syntax/parse.ts';
import { randomInput, randomPattern } from '../testing/random-pattern.ts';
import { trim } from './trim.ts';

const tree = (pattern: string) => parse(pattern, { ...REGEX_LIMITS, caseSensitive: true });

function matches(root: Node, input: string): boolean {
  const found = new Findings(1);
  lazyDfa(compileProgram([root]), REGEX_LIMITS).collect(input, found);
  return found.count === 1;
}

describe('trim', () => {
  it('leaves what makes a difference', () => {
    const cases: [pattern: string, trimmed: string][] = [
      ['\\s*<a[^>]*>.*', '<a[^>]*>'],
      ['x+y+', 'xy'],
      ['(?:a|b+)c{2,5}', '(?:a|b)c{2}'],
      ['^\\s*x', '^\\s*x'],
      ['a*', ''],
    ];
    for (const [pattern, trimmed] of cases) assert.deepEqual(trim(tree(pattern)), tree(trimmed), pattern);
  });

  it('matches where the tree does', () => {
    fc.assert(
      fc.property(randomPattern, fc.array(randomInput, { maxLength: 4 }), ({ re2 }, inputs) => {
        const root = tree(re2);
        const trimmed = trim(root);
        for (const input of inputs) assert.equal(matches(trimmed, input), matches(root, input), input);
      }),
      { numRuns: 5000 },
    );
  });
});
