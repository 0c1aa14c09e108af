/** Runs a benchmark and prints what it measured: `npm run bench -- waf`, with `--json` as JSON. */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { benchmarkDetection, DETECTION_OPTIONS } from './detection/index.ts';
import { benchmarkIntake } from './intake/index.ts';
import { benchmarkMutations, MUTATION_OPTIONS } from './mutations/index.ts';
import { type Report, renderReport } from './report.ts';
import { UsageError } from './usage-error.ts';
import { benchmarkWaf } from './waf/index.ts';

interface Benchmark {
  /** Lines are printed as they are. */
  run(
    progress: (step: string) => void,
    options: object,
  ): Report | readonly string[] | Promise<Report | readonly string[]>;
  options?: ParseArgsOptionsConfig;
}

const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  detection: { run: benchmarkDetection, options: DETECTION_OPTIONS },
  intake: { run: benchmarkIntake },
  mutations: { run: benchmarkMutations, options: MUTATION_OPTIONS },
  waf: { run: benchmarkWaf },
};

const [name = '', ...args] = process.argv.slice(2);
try {
  await main(name, args);
} catch (error) {
  if (
    !(error instanceof UsageError) &&
    !String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS')
  ) {
    throw error;
  }
  console.error((error as Error).message);
  process.exitCode = 2;
}

async function main(name: string, args: string[]): Promise<void> {
  const benchmark = BENCHMARKS[name];
  if (benchmark === undefined) {
    throw new UsageError(`Usage: npm run bench -- <${Object.keys(BENCHMARKS).join('|')}> [--json]`);
  }
  const { json, ...options } = parseArgs({
    args,
    options: { ...benchmark.options, json: { type: 'boolean', default: false } },
  }).values;
  const result = await benchmark.run((step) => process.stderr.write(`${step}…\n`), options);
  console.log(
    'tables' in result
      ? json
        ? JSON.stringify(result, undefined, 2)
        : renderReport(result)
      : result.join('\n'),
  );
}
