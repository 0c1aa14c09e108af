import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Diagnostics, SectionDiagnostics } from '@wardline/waf';
import { describeDiagnostics } from './rules.ts';

const section = (part: Partial<SectionDiagnostics>): SectionDiagnostics => ({
  loaded: [],
  failed: [],
  skipped: [],
  errors: {},
  warnings: {},
  ...part,
});

const CASES: [string, Diagnostics | undefined, string | undefined][] = [
  ['nothing known', undefined, undefined],
  ['nothing failed', { sections: { rules: section({ loaded: ['a'] }) } }, undefined],
  [
    'skipped is not failed',
    { sections: { scanners: section({ skipped: ['a'], warnings: { 'not supported': ['a'] } }) } },
    undefined,
  ],
  ['the whole failed', { error: 'not a map', sections: {} }, 'not a map'],
  [
    'failed by an error, and by a warning',
    {
      sections: {
        rules: section({
          failed: ['a', 'b'],
          errors: { 'no tags': ['a'] },
          warnings: { 'no such operator': ['b', 'c'] },
        }),
      },
    },
    'rules a: no tags; rules b: no such operator',
  ],
  [
    'many',
    {
      sections: {
        rules: section({ failed: ['a', 'b', 'c', 'd', 'e'], errors: { bad: ['a', 'b', 'c', 'd', 'e'] } }),
      },
    },
    'rules a, b, c, and 2 more: bad',
  ],
];

for (const [name, diagnostics, expected] of CASES) {
  test(`diagnostics in words: ${name}`, () => assert.equal(describeDiagnostics(diagnostics), expected));
}
