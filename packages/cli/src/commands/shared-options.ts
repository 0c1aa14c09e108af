import type { Command } from 'commander';

/** Where the platform is and the keys to it; the variables are named in the help so that nobody types a key. */
export function withConnection(command: Command): Command {
  return command
    .option('--url <url>', "the platform's address (WARDLINE_URL; default http://127.0.0.1:7070)")
    .option('--api-key <key>', 'better given as WARDLINE_API_KEY or DD_API_KEY')
    .option('--app-key <key>', 'better given as WARDLINE_APP_KEY or DD_APP_KEY');
}
