import { type Command, Option } from 'commander';
import pino from 'pino';
import { onceInterrupted } from '../interrupt.ts';
import { port } from './port.ts';

interface Flags {
  port: number;
  host: string;
  otlpPort: number;
  data: string;
  logLevel: string;
}

/** `wardline up`: runs the platform until it is stopped. */
export function upCommand(program: Command): void {
  program
    .command('up')
    .description('run the platform: intake, detection, API and UI')
    .option('--port <port>', 'UI, API and OTLP at /v1/traces', port, 7070)
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option('--otlp-port <port>', 'OTLP/HTTP alone, for collectors that expect it there', port, 4318)
    .option(
      '--data <directory>',
      'where data is kept (WARDLINE_DATA)',
      process.env.WARDLINE_DATA ?? './wardline-data',
    )
    .addOption(
      new Option('--log-level <level>', 'of the log on standard error, JSON lines')
        .choices(['debug', 'info', 'warn', 'error', 'silent'])
        .default('warn'),
    )
    .action(async (flags: Flags) => {
      // The other commands should not wait for the platform's code to load.
      const { startPlatform } = await import('@wardline/platform');
      const platform = await startPlatform({
        port: flags.port,
        host: flags.host,
        otlpPort: flags.otlpPort,
        dataDirectory: flags.data,
        log: pino({ name: 'wardline', level: flags.logLevel }, pino.destination(2)),
      });
      console.log(`Wardline is up at ${platform.url}`);
      if (platform.otlpUrl) console.log(`OTLP/HTTP at ${platform.otlpUrl}/v1/traces`);
      if (platform.credentials) {
        const { adminEmail, adminPassword, apiKey, applicationKey } = platform.credentials;
        console.log('\nMade on this first start, and shown only now:');
        if (adminPassword) console.log(`  login            ${adminEmail}  ${adminPassword}`);
        if (apiKey) console.log(`  API key          ${apiKey}`);
        if (applicationKey) console.log(`  application key  ${applicationKey}`);
      }
      await onceInterrupted();
      console.log('Stopping …');
      await platform.close();
    });
}
