import { type Command, InvalidArgumentError, Option } from 'commander';
import { type ConnectionFlags, connection } from '../api-client.ts';
import { findings, SEVERITIES, type Severity } from '../gate/findings.ts';
import { FORMATS, type Format } from '../gate/formats.ts';
import { withConnection } from './shared-options.ts';

interface Flags extends ConnectionFlags {
  service?: string;
  env?: string;
  status: Severity;
  query?: string;
  from: string;
  to: string;
  format: Format;
}

const notEmpty = (value: string) => {
  if (value.trim() === '') throw new InvalidArgumentError('It is empty.');
  return value;
};

/** `wardline gate`: exit code 0 when no signal matches, 1 when one does, 2 when the platform could not be asked. */
export function gateCommand(program: Command): void {
  withConnection(program.command('gate'))
    .description(
      'fail a pipeline when there are security signals: exit 1 on findings, 2 when it could not ask',
    )
    .option('--service <name>', 'only signals of this service', notEmpty)
    .option('--env <name>', 'only signals of this environment', notEmpty)
    .addOption(
      new Option('--status <severity>', 'the lowest severity that fails the gate')
        .choices([...SEVERITIES])
        .default('high'),
    )
    .option('--query <query>', 'more of the signals query language', notEmpty)
    .option('--from <time>', 'ISO 8601, epoch milliseconds or now-1h', 'now-1h')
    .option('--to <time>', 'the same', 'now')
    .addOption(new Option('--format <format>', 'how to print').choices(Object.keys(FORMATS)).default('text'))
    .action(async (flags: Flags) => {
      const to = connection(flags, process.env);
      const found = await findings(to, flags);
      process.stdout.write(`${FORMATS[flags.format]({ findings: found, options: flags, to })}\n`);
      process.exitCode = found.length > 0 ? 1 : 0;
    });
}
