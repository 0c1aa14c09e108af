#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { CommandError } from './api-client.ts';
import { demoCommand } from './commands/demo.ts';
import { gateCommand } from './commands/gate.ts';
import { keysCommand } from './commands/keys.ts';
import { rulesCommand } from './commands/rules.ts';
import { upCommand } from './commands/up.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const program = new Command('wardline')
  .description('application security that lives where the traces live')
  .version(version)
  .showHelpAfterError();

upCommand(program);
demoCommand(program);
gateCommand(program);
keysCommand(program);
rulesCommand(program);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommandError) {
    console.error(error.message);
    process.exitCode = error.exitCode;
  } else if (typeof (error as { code?: unknown }).code === 'string' && error instanceof Error) {
    console.error(error.message);
    process.exitCode = 2;
  } else {
    throw error;
  }
}
