import { type Command, Option } from 'commander';
import { type ConnectionFlags, call, connection } from '../api-client.ts';
import { printable } from '../printable.ts';
import { withConnection } from './shared-options.ts';

const ROUTES = { api: '/api/v2/api_keys', application: '/api/v2/application_keys' } as const;
type Kind = keyof typeof ROUTES;

interface Key {
  id: string;
  attributes: { name: string; key?: string; last4: string; created_at: string };
}

const kind = () => new Option('--kind <kind>', 'which keys').choices(Object.keys(ROUTES)).default('api');

/** `wardline keys list|create|revoke`: API keys and application keys. A key is shown once, when it is made. */
export function keysCommand(program: Command): void {
  const keys = program.command('keys').description('list, create and revoke API and application keys');

  withConnection(keys.command('list').description('keys by name; the keys themselves are not kept'))
    .addOption(kind())
    .action(async (flags: ConnectionFlags & { kind: Kind }) => {
      const { data } = await call<{ data: Key[] }>(connection(flags, process.env), 'GET', ROUTES[flags.kind]);
      for (const { id, attributes } of data) {
        console.log(`${id}  …${attributes.last4}  ${attributes.created_at}  ${printable(attributes.name)}`);
      }
    });

  withConnection(keys.command('create').description('make a key and print it, this once'))
    .addOption(kind())
    .requiredOption('--name <name>', 'what it is for')
    .action(async (flags: ConnectionFlags & { kind: Kind; name: string }) => {
      const { data } = await call<{ data: Key }>(connection(flags, process.env), 'POST', ROUTES[flags.kind], {
        body: { data: { type: `${flags.kind}_keys`, attributes: { name: flags.name } } },
      });
      console.log(data.attributes.key);
    });

  withConnection(keys.command('revoke').description('end a key; agents that use it are refused at once'))
    .argument('<id>')
    .addOption(kind())
    .action(async (id: string, flags: ConnectionFlags & { kind: Kind }) => {
      await call(connection(flags, process.env), 'DELETE', `${ROUTES[flags.kind]}/${encodeURIComponent(id)}`);
      console.log(`Revoked ${id}`);
    });
}
