import type { Signal } from '../api/client.ts';
import { typeName } from './names.ts';
import { count } from './time.ts';

/** What a signal says happened, in one sentence for someone who knows nothing of it yet. */
export function whatHappened(signal: Signal): string {
  const where = `${named(signal.services, 'services')}${signal.envs.length > 0 ? ` in ${named(signal.envs, 'environments')}` : ''}`;
  const who =
    signal.users.length > 0 && signal.ips.length === 0
      ? named(signal.users, 'accounts')
      : named(signal.ips, 'addresses');
  const times = signal.events === 1 ? 'once' : `${count(signal.events)} times`;
  const kind = signal.types.length === 1 ? typeName(signal.types[0]!) : undefined;
  if (signal.categories.includes('vulnerability_trigger')) {
    const what = kind === undefined ? 'Input from requests' : `${kind}: input from ${who || 'a request'}`;
    const route = signal.routes.length > 0 ? ` on ${named([...signal.routes], 'routes')}` : '';
    const end = signal.blocked
      ? signal.events === 1
        ? 'it was blocked'
        : 'at least one was blocked'
      : 'nothing stopped it';
    return `${what} reached a dangerous call of ${where || 'a service'}${route} ${times}; ${end}.`;
  }
  if (signal.categories.includes('business_logic')) {
    const account = signal.users.length > 0 ? ` for ${named(signal.users, 'accounts')}` : '';
    return `${count(signal.events)} ${loginsOf(signal.types)}${account} on ${where || 'a service'}, from ${named(signal.ips, 'addresses') || 'an unknown address'}.`;
  }
  const attacks = kind === undefined ? 'attacks' : `${kind} attempts`;
  const one = signal.events === 1;
  const what = one ? singular(attacks) : attacks;
  const end = signal.blocked
    ? one
      ? 'it was blocked'
      : 'some were blocked'
    : `${one ? 'it was not' : 'none was'} blocked, and is not known to have reached a dangerous call`;
  return `${who || 'Someone'} sent ${count(signal.events)} ${what} to ${where || 'a service'}; ${end}.`;
}

function loginsOf(types: readonly string[]): string {
  if (types.length !== 1) return 'logins, failed and successful ones,';
  const [type] = types;
  if (type === 'users.login.failure') return 'failed logins';
  return type === 'users.login.success' ? 'logins' : `events (${typeName(type!)})`;
}

const singular = (text: string): string => text.replace(/s$/, '');

/** Up to two values by name, more by number. */
function named(values: readonly string[], plural: string): string {
  if (values.length <= 2) return values.join(' and ');
  return `${count(values.length)} ${plural}`;
}
