import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compile } from '../src/index.ts';
import { comparable, type Run, runLibddwaf } from './libddwaf.ts';
import cases from './vectors/semantics.json' with { type: 'json' };

interface Case {
  name: string;
  ruleset: object;
  runs: Run[];
  /** Why the two are meant to differ, and the rules that ours reports in each run. */
  differs?: string;
  expected?: string[][];
}

function runOurs(ruleset: object, runs: readonly Run[]) {
  const waf = compile(ruleset, { obfuscator: { keyRegex: '', valueRegex: '' }, limits: { timeout: 1e7 } });
  const context = waf.newContext();
  return runs.map(({ persistent = {}, ephemeral = {} }) => context.run(persistent, { ephemeral }));
}

test('rules mean what they mean to libddwaf', async (t) => {
  for (const { name, ruleset, runs, differs, expected } of cases as Case[]) {
    await t.test(name, () => {
      const theirs = runLibddwaf(ruleset, runs)?.map(comparable);
      const ours = runOurs(ruleset, runs);
      for (const result of ours) assert.equal(result.error, undefined);
      if (differs === undefined) {
        assert.deepEqual(ours.map(comparable), theirs);
      } else {
        assert.notDeepEqual(ours.map(comparable), theirs, 'no longer a difference');
        assert.deepEqual(ruleIds(ours), expected);
      }
    });
  }
});

function ruleIds(results: ReturnType<typeof runOurs>): string[][] {
  return results.map(({ events }) => events.map(({ rule }) => rule.id).sort());
}
