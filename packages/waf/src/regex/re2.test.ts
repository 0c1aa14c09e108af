/** The oracle is RE2 itself, as libddwaf's operator `match_regex` runs it: what matched is the rule's highlight. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import nativeAppsec from '@datadog/native-appsec';
import fc from 'fast-check';
import { compileRegex } from './index.ts';
import { randomInput, randomPattern } from './testing/random-pattern.ts';
import errors from './vectors/errors.json' with { type: 'json' };
import matches from './vectors/matches.json' with { type: 'json' };

interface Vector {
  pattern: string;
  caseSensitive?: boolean;
}

const TIMEOUT_MICROSECONDS = 10_000_000;

interface WafEvent {
  rule_matches: { parameters: { highlight: string[] }[] }[];
}

/** The nth pattern is a rule over the nth address. */
function createOracle(vectors: readonly Vector[]) {
  const rules = vectors.map(({ pattern, caseSensitive = true }, index) => ({
    id: String(index),
    name: String(index),
    tags: { type: 'type', category: 'category' },
    conditions: [
      {
        operator: 'match_regex',
        parameters: {
          inputs: [{ address: String(index) }],
          regex: pattern,
          options: { case_sensitive: caseSensitive, min_length: 0 },
        },
      },
    ],
    transformers: [],
  }));
  const anyRule = {
    ...rules[0]!,
    id: 'any',
    conditions: [{ operator: 'exists', parameters: { inputs: [{ address: 'any' }] } }],
  };
  const waf = new nativeAppsec.DDWAF({ version: '2.2', rules: [...rules, anyRule] }, 'path');
  const { rules: diagnostics } = waf.diagnostics;
  const loaded = new Set(diagnostics !== undefined && 'loaded' in diagnostics ? diagnostics.loaded : []);
  return {
    accepts: (index: number) => loaded.has(String(index)),
    /** The matched text; null if there is none. libddwaf never looks at an empty input. */
    find(index: number, input: string): string | null {
      const context = waf.createContext();
      const { events = [] } = context.run({ persistent: { [index]: input } }, TIMEOUT_MICROSECONDS);
      context.dispose();
      const event = (events as WafEvent[])[0];
      return event === undefined ? null : event.rule_matches[0]!.parameters[0]!.highlight[0]!;
    },
    dispose: () => waf.dispose(),
  };
}

function findOurs({ pattern, caseSensitive = true }: Vector, input: string): string | null {
  const match = compileRegex(pattern, { caseSensitive }).find(input);
  return match && input.slice(match.start, match.end);
}

/** What becomes of lone surrogates on the way into libddwaf. */
function wellFormed(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text));
}

/**
 * Whether a repetition stands within another. Where the inner one can be empty, RE2's rewriting of it decides which of
 * several matches from one place is preferred; that there is a match does not depend on it.
 */
function repeatsRepetition(pattern: string): boolean {
  const open = [false];
  for (let at = 0; at < pattern.length; at++) {
    const unit = pattern[at];
    if (unit === '\\') at++;
    else if (unit === '(') open.push(false);
    else if (unit === ')') {
      const inner = open.pop() ?? false;
      const repeated = /^[*+?{]/.test(pattern.slice(at + 1));
      if (repeated && inner) return true;
      open[open.length - 1] ||= inner || repeated;
    }
  }
  return false;
}

/** RE2 looks for `\\B` between bytes too, and finds it within a character. */
const comparablePattern = randomPattern.map(({ re2 }) => re2).filter((pattern) => !pattern.includes('\\B'));

describe('against RE2', () => {
  it('finds what the match vectors say', () => {
    const vectors = matches.filter(({ input, libddwafRefuses = false }) => input !== '' && !libddwafRefuses);
    const oracle = createOracle(vectors);
    for (const [index, { pattern, input, match }] of vectors.entries()) {
      const expected = match && wellFormed(input.slice(match[0], match[1]));
      assert.equal(oracle.find(index, input), expected, `${pattern} on ${JSON.stringify(input)}`);
    }
    oracle.dispose();
  });

  it('refuses what the error vectors say', () => {
    const oracle = createOracle(errors);
    for (const [index, { pattern, libddwafAccepts = false }] of errors.entries()) {
      assert.equal(oracle.accepts(index), libddwafAccepts, pattern);
    }
    oracle.dispose();
  });

  it('finds the same in random patterns', () => {
    const vector = fc.record({ pattern: comparablePattern, caseSensitive: fc.boolean() });
    const input = randomInput.map(wellFormed).filter((text) => text !== '');
    fc.assert(
      fc.property(
        fc.array(vector, { minLength: 1, maxLength: 10 }),
        fc.array(input, { minLength: 1, maxLength: 5 }),
        (vectors, inputs) => {
          const oracle = createOracle(vectors);
          for (const [index, { pattern, caseSensitive }] of vectors.entries()) {
            for (const text of inputs) {
              const message = `${pattern}, ${caseSensitive}, on ${JSON.stringify(text)}`;
              const [ours, theirs] = [findOurs({ pattern, caseSensitive }, text), oracle.find(index, text)];
              if (repeatsRepetition(pattern)) assert.equal(ours === null, theirs === null, message);
              else assert.equal(ours, theirs, message);
            }
          }
          oracle.dispose();
        },
      ),
      { numRuns: 300 },
    );
  });
});
