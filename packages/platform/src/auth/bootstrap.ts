import { randomBytes } from 'node:crypto';
import { PLATFORM_ERROR, PlatformError } from '../errors.ts';
import type { State } from '../state/index.ts';
import { insertKey, isKeyForm, type KeyKind, newKeyText } from './keys.ts';
import { insertUser } from './users.ts';

/** What the first start shall not make up itself. */
export interface Bootstrap {
  adminEmail?: string;
  adminPassword?: string;
  apiKey?: string;
  applicationKey?: string;
}

const DEFAULT_EMAIL = 'admin@wardline.local';
const PASSWORD_BYTES = 15;
const MIN_PASSWORD_LENGTH = 8;
const MAX_PASSWORD_LENGTH = 1_000;

const VARIABLES: Record<keyof Bootstrap, string> = {
  adminEmail: 'WARDLINE_BOOTSTRAP_ADMIN_EMAIL',
  adminPassword: 'WARDLINE_BOOTSTRAP_ADMIN_PASSWORD',
  apiKey: 'WARDLINE_BOOTSTRAP_API_KEY',
  applicationKey: 'WARDLINE_BOOTSTRAP_APP_KEY',
};

const CHECKS: Record<keyof Bootstrap, (value: string) => string | undefined> = {
  adminEmail: (value) =>
    /^[^\s@]+@[^\s@]+$/.test(value) && value.length <= 320 ? undefined : 'is not an email address',
  adminPassword: (value) =>
    value.length >= MIN_PASSWORD_LENGTH && value.length <= MAX_PASSWORD_LENGTH
      ? undefined
      : `must have ${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH} characters`,
  apiKey: keyFault,
  applicationKey: keyFault,
};

function keyFault(value: string): string | undefined {
  return isKeyForm(value) ? undefined : 'must have 16 to 128 printable ASCII characters and no spaces';
}

/** Given values first, then the environment's. Throws a PlatformError that names the variable which is no good. */
export function readBootstrap(given: Bootstrap, env: NodeJS.ProcessEnv): Bootstrap {
  const bootstrap: Bootstrap = {};
  for (const name of Object.keys(VARIABLES) as (keyof Bootstrap)[]) {
    const value = given[name] ?? (env[VARIABLES[name]] || undefined);
    if (value === undefined) continue;
    const fault = CHECKS[name](value);
    if (fault)
      throw new PlatformError(PLATFORM_ERROR.bootstrapInvalid, `${VARIABLES[name]} (${name}) ${fault}.`);
    bootstrap[name] = value;
  }
  if (bootstrap.apiKey !== undefined && bootstrap.apiKey === bootstrap.applicationKey) {
    throw new PlatformError(
      PLATFORM_ERROR.bootstrapInvalid,
      `${VARIABLES.apiKey} and ${VARIABLES.applicationKey} are the same; they must differ.`,
    );
  }
  return bootstrap;
}

/**
 * Makes sure that the given admin and keys are there, without changing those that are, or bringing back revoked keys;
 * on the first start it also makes up what is not given. Returns what it made up, which is known only now: an admin's
 * password (with the email it belongs to) and keys; undefined if nothing.
 */
export async function bootstrap(state: State, given: Bootstrap): Promise<Bootstrap | undefined> {
  return state.transaction(async (query) => {
    // Platforms that start at the same time on one database take turns, so that one of them is the first.
    await query('LOCK TABLE users IN EXCLUSIVE MODE');
    const [counts] = await query<{ first: boolean }>(
      'SELECT NOT EXISTS (SELECT 1 FROM users) AND NOT EXISTS (SELECT 1 FROM keys) AS first',
    );
    const isFirst = counts?.first ?? false;
    const made: Bootstrap = {};

    const email = given.adminEmail ?? DEFAULT_EMAIL;
    if (given.adminPassword !== undefined) await insertUser(query, email, given.adminPassword);
    else if (isFirst) {
      made.adminEmail = email;
      made.adminPassword = randomBytes(PASSWORD_BYTES).toString('base64url');
      await insertUser(query, email, made.adminPassword);
    }
    for (const [name, kind] of [
      ['apiKey', 'api'],
      ['applicationKey', 'application'],
    ] as const satisfies [keyof Bootstrap, KeyKind][]) {
      const text = given[name];
      if (text !== undefined) await insertKey(query, kind, 'bootstrap', text);
      else if (isFirst) {
        made[name] = newKeyText(kind);
        await insertKey(query, kind, 'first start', made[name]);
      }
    }
    return Object.keys(made).length > 0 ? made : undefined;
  });
}
