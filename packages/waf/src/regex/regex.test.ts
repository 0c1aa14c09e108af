import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileRegex, compileRegexSet, RegexSyntaxError } from './index.ts';
import errors from './vectors/errors.json' with { type: 'json' };
import matches from './vectors/matches.json' with { type: 'json' };

interface MatchVector {
  topic: string;
  pattern: string;
  caseSensitive?: boolean;
  input: string;
  match: number[] | null;
}

describe('match vectors', () => {
  for (const { topic, pattern, caseSensitive = true, input, match } of matches as MatchVector[]) {
    it(`${topic}: ${JSON.stringify(pattern)} on ${JSON.stringify(input)}`, () => {
      const regex = compileRegex(pattern, { caseSensitive });
      const found = regex.find(input);
      assert.deepEqual(found && [found.start, found.end], match);
      assert.equal(regex.test(input), match !== null);
      const set = compileRegexSet([{ pattern, caseSensitive }]);
      assert.deepEqual(set.matches(input), match === null ? [] : [0]);
    });
  }
});

describe('error vectors', () => {
  for (const { pattern, position, reason } of errors) {
    it(`${JSON.stringify(pattern)}: ${reason}`, () => {
      assert.throws(
        () => compileRegex(pattern),
        (error) => {
          assert.ok(error instanceof RegexSyntaxError);
          assert.equal(error.pattern, pattern);
          assert.ok(error.reason.includes(reason), error.reason);
          assert.equal(error.position, position);
          assert.ok(error.message.includes(error.reason));
          return true;
        },
      );
    });
  }
});

describe('limits', () => {
  it('refuses groups nested too deeply, however deep', () => {
    for (const depth of [251, 100_000]) {
      const pattern = '('.repeat(depth) + ')'.repeat(depth);
      assert.throws(() => compileRegex(pattern), { name: 'RegexSyntaxError', position: 250 });
    }
    assert.ok(compileRegex(`${'(?:'.repeat(250)}a${')*'.repeat(250)}`).test('a'));
  });

  it('takes each limit from the options', () => {
    const refused: [string, object, RegExp][] = [
      ['((a))', { nestingDepth: 1 }, /deeper than 1/],
      ['a{6}', { repetitionCount: 5 }, /exceeds 5/],
      ['abcdef', { instructionsPerPattern: 6 }, /more than 6 instructions/],
    ];
    for (const [pattern, limits, reason] of refused) {
      assert.throws(() => compileRegex(pattern, { limits }), { name: 'RegexSyntaxError', reason });
      assert.throws(() => compileRegexSet([{ pattern }], limits), { name: 'RegexSyntaxError', reason });
      assert.ok(compileRegex(pattern));
    }
  });

  it('quotes only the neighbourhood of a fault in a long pattern', () => {
    const error = (() => {
      try {
        return compileRegex(`${'a'.repeat(10_000)}(?=b)${'c'.repeat(10_000)}`);
      } catch (caught) {
        return caught as RegexSyntaxError;
      }
    })();
    assert.ok(error instanceof RegexSyntaxError);
    assert.equal(error.position, 10_000);
    assert.ok(error.message.length < 200, error.message);
  });
});
