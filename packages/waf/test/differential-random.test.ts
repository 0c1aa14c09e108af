import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { classify } from '../fuzz/classify.ts';
import { openOurs, openTheirs } from '../fuzz/peers.ts';
import { randomRuleset, randomRuns } from './random-ruleset.ts';

test('small random rulesets give what they give in libddwaf', () => {
  fc.assert(
    fc.property(randomRuleset, fc.array(randomRuns, { minLength: 1, maxLength: 3 }), (ruleset, inputs) => {
      const configurations = { default: ruleset };
      const theirs = openTheirs(configurations);
      if (theirs === undefined) return;
      const ours = openOurs(configurations);
      assert.ok(ours, 'libddwaf takes it and this engine does not');
      for (const input of inputs) {
        const verdict = classify({ configurations, ours, theirs }, input);
        if (verdict.kind === 'unknown') assert.deepEqual(verdict.ours, verdict.theirs);
      }
      theirs.close();
    }),
    { seed: 1, numRuns: 2000 },
  );
});
