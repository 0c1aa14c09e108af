/** Datadog's recommended rules: what a pattern meets in practice. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compileRegex, compileRegexSet } from './index.ts';
import attacks from './vectors/attacks.json' with { type: 'json' };

interface Recommended {
  rules: RecommendedRule[];
  rules_compat: RecommendedRule[];
}

interface RecommendedRule {
  conditions: {
    operator: string;
    parameters: { regex: string; options?: { case_sensitive?: boolean } };
  }[];
}

const require = createRequire(import.meta.url);
const recommended: Recommended = require('dd-trace/packages/dd-trace/src/appsec/recommended.json');

const patterns = [...recommended.rules, ...recommended.rules_compat]
  .flatMap(({ conditions }) => conditions)
  .filter(({ operator }) => operator === 'match_regex' || operator === '!match_regex')
  .map(({ parameters: { regex, options } }) => ({
    pattern: regex,
    caseSensitive: options?.case_sensitive ?? false,
  }));

/**
 * The same pattern for V8, over ASCII without the characters on which the two differ: `\s` is wider there, `.` narrower. Flags
 * at the front are not understood there.
 */
function toJavaScript({ pattern, caseSensitive }: { pattern: string; caseSensitive: boolean }): RegExp {
  const [, inline = '', body = pattern] = /^\(\?([is]+)\)(.*)$/s.exec(pattern) ?? [];
  const ignoreCase = !caseSensitive || inline.includes('i');
  return new RegExp(body, `${ignoreCase ? 'i' : ''}${inline.includes('s') ? 's' : ''}`);
}

const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(...attacks.flatMap((attack) => attack.split(/\b/))),
      fc.string({ maxLength: 3 }),
    ),
    {
      maxLength: 12,
    },
  )
  .map((pieces) => pieces.join('').replace(/[^\n -~]/g, ' '));

describe("Datadog's recommended rules", () => {
  const regexes = patterns.map(({ pattern, ...options }) => compileRegex(pattern, options));
  const theirs = patterns.map(toJavaScript);
  const set = compileRegexSet(patterns);

  it('compile, every one', () => {
    assert.equal(regexes.length, 198);
  });

  it('find in attacks what the JavaScript engine finds', () => {
    const matched = new Set<number>();
    for (const attack of attacks) {
      for (const [index, regex] of regexes.entries()) {
        const match = theirs[index]!.exec(attack);
        const expected = match && { start: match.index, end: match.index + match[0].length };
        assert.deepEqual(regex.find(attack), expected, `${patterns[index]!.pattern} on ${attack}`);
        if (match) matched.add(index);
      }
    }
    assert.ok(matched.size > 60, `the attacks reach only ${matched.size} patterns`);
  });

  it('find in random pieces of attacks what the JavaScript engine finds', () => {
    fc.assert(
      fc.property(text, (input) => {
        const matched: number[] = [];
        for (const [index, regex] of regexes.entries()) {
          const match = theirs[index]!.exec(input);
          const expected = match && { start: match.index, end: match.index + match[0].length };
          assert.deepEqual(
            regex.find(input),
            expected,
            `${patterns[index]!.pattern} on ${JSON.stringify(input)}`,
          );
          if (match) matched.push(index);
        }
        assert.deepEqual(set.matches(input), matched);
      }),
      { numRuns: 100 },
    );
  });
});
