import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import type { Command } from 'commander';
import { CommandError } from '../api-client.ts';
import { port } from './port.ts';

interface Flags {
  port: number;
  shopPort: number;
  data: string;
}

/** `wardline demo`: the platform and the example shop with traffic, from a clone of the repository. */
export function demoCommand(program: Command): void {
  program
    .command('demo')
    .description('run the platform and the example shop, with benign and hostile traffic')
    .option('--port <port>', "the platform's port", port, 7070)
    .option('--shop-port <port>', "the shop's port", port, 4000)
    .option('--data <directory>', 'where data is kept', './wardline-data/demo')
    .action(async (flags: Flags) => {
      let script: string;
      try {
        script = createRequire(import.meta.url).resolve('@wardline/example-shop/demo');
      } catch {
        throw new CommandError(
          'The demo needs the example shop: run it from a clone of the repository (make demo).',
        );
      }
      const child = spawn(
        process.execPath,
        [script, String(flags.port), String(flags.shopPort), flags.data],
        { stdio: 'inherit' },
      );
      // The terminal sends Ctrl-C to both processes; this one waits for the demo to end cleanly.
      process.on('SIGINT', () => {});
      process.on('SIGTERM', () => child.kill('SIGTERM'));
      process.exitCode = await new Promise<number>((resolve, reject) => {
        child.once('error', reject);
        child.once('exit', (code, signal) => resolve(code ?? (signal ? 130 : 0)));
      });
    });
}
