import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { REGEX_LIMITS } from '../limits.ts';
import { parse } from '../syntax/parse.ts';
import { randomPattern } from '../testing/random-pattern.ts';
import { compileProgram } from './compile.ts';
import { checkSize } from './size.ts';

describe('checkSize', () => {
  it('never lets through a tree that takes more instructions than the limit', () => {
    fc.assert(
      fc.property(randomPattern, fc.nat(40), ({ re2 }, limit) => {
        const root = parse(re2, { ...REGEX_LIMITS, caseSensitive: true });
        const taken = compileProgram([root]).next.length;
        if (taken > limit) assert.throws(() => checkSize(re2, root, limit), { name: 'RegexSyntaxError' });
        else if (taken * 4 < limit) checkSize(re2, root, limit);
      }),
    );
  });
});
