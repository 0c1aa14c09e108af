import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { temporaryState } from '../../test/harness.ts';
import type { State } from '../state/index.ts';
import { bootstrap, readBootstrap } from './bootstrap.ts';
import { createKeys } from './keys.ts';
import { createUsers } from './users.ts';

describe('the first start', () => {
  let state: State;
  let remove: () => Promise<void>;
  beforeEach(async () => {
    ({ state, remove } = await temporaryState());
  });
  afterEach(() => remove());

  it('makes up an admin and keys, once', async () => {
    const made = await bootstrap(state, {});
    assert.deepEqual(Object.keys(made ?? {}).sort(), [
      'adminEmail',
      'adminPassword',
      'apiKey',
      'applicationKey',
    ]);
    assert.ok(await createUsers(state).verify(made!.adminEmail!, made!.adminPassword!));
    assert.ok(await createKeys(state).verify('api', made!.apiKey!));
    assert.ok(await createKeys(state).verify('application', made!.applicationKey!));
    assert.equal(await bootstrap(state, {}), undefined);
  });

  it('takes what is given, and makes up only the rest', async () => {
    const given = { adminEmail: 'Me@Example.com', adminPassword: 'long enough', apiKey: 'a'.repeat(32) };
    const made = await bootstrap(state, given);
    assert.deepEqual(Object.keys(made ?? {}), ['applicationKey']);
    assert.ok(await createUsers(state).verify('me@example.com', 'long enough'));
    assert.ok(await createKeys(state).verify('api', given.apiKey));
  });

  it('adds given keys later, but changes no password and revives no key', async () => {
    await bootstrap(state, {
      adminEmail: 'me@example.com',
      adminPassword: 'the first one',
      apiKey: 'a'.repeat(32),
    });
    const keys = createKeys(state);
    const [key] = await keys.list('api');
    await keys.revoke('api', key!.id);
    const later = {
      adminEmail: 'me@example.com',
      adminPassword: 'the second one',
      apiKey: 'a'.repeat(32),
      applicationKey: 'b'.repeat(40),
    };
    assert.equal(await bootstrap(state, later), undefined);
    assert.equal(await createUsers(state).verify('me@example.com', 'the second one'), undefined);
    assert.ok(await createUsers(state).verify('me@example.com', 'the first one'));
    assert.equal(await keys.verify('api', 'a'.repeat(32)), undefined);
    assert.ok(await createKeys(state).verify('application', 'b'.repeat(40)));
  });
});

describe('readBootstrap', () => {
  it('prefers options to variables, and ignores empty ones', () => {
    const env = {
      WARDLINE_BOOTSTRAP_ADMIN_EMAIL: 'env@example.com',
      WARDLINE_BOOTSTRAP_ADMIN_PASSWORD: '',
      WARDLINE_BOOTSTRAP_API_KEY: 'e'.repeat(32),
      WARDLINE_BOOTSTRAP_APP_KEY: 'f'.repeat(40),
    };
    assert.deepEqual(readBootstrap({ apiKey: 'o'.repeat(32) }, env), {
      adminEmail: 'env@example.com',
      apiKey: 'o'.repeat(32),
      applicationKey: 'f'.repeat(40),
    });
  });

  const faults: [Parameters<typeof readBootstrap>[0], RegExp][] = [
    [{ adminEmail: 'nobody' }, /WARDLINE_BOOTSTRAP_ADMIN_EMAIL.*email/],
    [{ adminPassword: 'short' }, /WARDLINE_BOOTSTRAP_ADMIN_PASSWORD.*8 to 1000/],
    [{ apiKey: 'short' }, /WARDLINE_BOOTSTRAP_API_KEY.*16 to 128/],
    [{ applicationKey: 'with spaces '.repeat(3) }, /WARDLINE_BOOTSTRAP_APP_KEY.*no spaces/],
    [{ apiKey: 'a'.repeat(32), applicationKey: 'a'.repeat(32) }, /the same/],
  ];
  for (const [given, message] of faults) {
    it(`refuses ${JSON.stringify(given)}`, () => {
      assert.throws(() => readBootstrap(given, {}), { code: 'WARDLINE_BOOTSTRAP_INVALID', message });
    });
  }
});
