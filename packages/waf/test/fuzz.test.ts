import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { runCampaign } from '../fuzz/campaign.ts';
import { KNOWN_DIFFERENCES } from '../fuzz/known-differences.ts';
import { failureReport } from '../fuzz/report.ts';

/** As `npm run fuzz` does, but fewer and always the same. */
const OPTIONS = { count: 5000, seed: 1, corpus: undefined, time: Number.POSITIVE_INFINITY };

test('random inputs and rulesets give what they give in libddwaf, but for what is known', () => {
  const { tally, failure } = runCampaign(OPTIONS);
  assert.equal(failure && failureReport(failure, OPTIONS, tally.inputs), undefined);
  assert.equal(tally.inputs, OPTIONS.count);
});

test('each known difference is told in the README', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  for (const { name, reason } of KNOWN_DIFFERENCES) assert.ok(readme.includes(reason), `${name}: ${reason}`);
});
