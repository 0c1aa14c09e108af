/** `@wardline/waf` beside `@datadog/native-appsec`, with Datadog's recommended.json. */
import { cpus } from 'node:os';
import type { Report } from '../report.ts';
import { openLibddwaf } from './engines.ts';
import { measureInputLength } from './input-length.ts';
import { measureLoad } from './load.ts';
import { measureMemory } from './memory.ts';
import { measureRequests } from './per-request.ts';
import { measureRuleCount } from './rule-count.ts';

const STEPS = {
  'Time of a request': measureRequests,
  'Cost against the number of rules': measureRuleCount,
  'Cost against the length of the input': measureInputLength,
  'Loading, in a process of its own': measureLoad,
  'Memory after 100,000 varied requests': measureMemory,
};

/** Takes some minutes. Reports each step as it begins. */
export function benchmarkWaf(progress: (step: string) => void): Report {
  const environment = {
    node: process.versions.node,
    processor: cpus()[0]?.model ?? 'unknown',
    libddwaf: openLibddwaf({ version: '2.2', rules: [ANY_RULE] }).version,
  };
  const tables: Report['tables'] = {};
  for (const [title, measure] of Object.entries(STEPS)) {
    progress(title);
    tables[title] = measure();
  }
  return { environment, tables };
}

const ANY_RULE = {
  id: 'any',
  name: 'any',
  tags: { type: 'any', category: 'any' },
  conditions: [
    { operator: 'match_regex', parameters: { inputs: [{ address: 'server.request.query' }], regex: 'any' } },
  ],
};
