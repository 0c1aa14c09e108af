/** `npm run fuzz`: see `--help`. Exits with 1 on a difference that is not known, with 2 on a wrong option. */
import { runCampaign } from './campaign.ts';
import { type FuzzOptions, parseOptions, USAGE } from './options.ts';
import { failureReport, progressLine, summary } from './report.ts';

/** Between progress lines where they can't be overwritten. */
const QUIET_SECONDS = 10;

function main(options: FuzzOptions): number {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  let printed = 0;
  const { tally, failure } = runCampaign(options, (progress) => {
    const line = progressLine(progress, options.count, seconds());
    if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${line.slice(0, process.stdout.columns - 1)}`);
    else if (seconds() - printed > QUIET_SECONDS) {
      printed = seconds();
      process.stdout.write(`${line}\n`);
    }
  });
  process.stdout.write(`${process.stdout.isTTY ? '\r\x1b[K' : ''}${summary(tally, seconds())}\n`);
  if (failure === undefined) return 0;
  process.stdout.write(`${failureReport(failure, options, tally.inputs)}\n`);
  return 1;
}

try {
  const args = process.argv.slice(2);
  if (args.includes('--help')) process.stdout.write(USAGE);
  else process.exitCode = main(parseOptions(args));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exitCode = 2;
}
