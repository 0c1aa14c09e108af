/** Runs a benchmark and prints what it measured: `npm run bench -- waf`, with `--json` as JSON. */
import { parseArgs } from 'node:util';
import { benchmarkIntake } from './intake/index.ts';
import { renderReport } from './report.ts';
import { benchmarkWaf } from './waf/index.ts';

const BENCHMARKS = { intake: benchmarkIntake, waf: benchmarkWaf };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false } },
});
const benchmark = BENCHMARKS[positionals[0] as keyof typeof BENCHMARKS];
if (benchmark === undefined) {
  console.error(`Usage: npm run bench -- <${Object.keys(BENCHMARKS).join('|')}> [--json]`);
  process.exit(2);
}
const report = await benchmark((step) => process.stderr.write(`${step}…\n`));
console.log(values.json ? JSON.stringify(report, undefined, 2) : renderReport(report));
