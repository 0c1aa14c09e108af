import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { createAuthentication } from '../src/auth/authenticate.ts';
import { bootstrap } from '../src/auth/bootstrap.ts';
import { createKeys, type Keys } from '../src/auth/keys.ts';
import { createSessions, type Sessions } from '../src/auth/sessions.ts';
import { createUsers, type Users } from '../src/auth/users.ts';
import { guardRoutes } from '../src/http/access.ts';
import { handleNotFound } from '../src/http/not-found.ts';
import { createServer } from '../src/http/server.ts';
import { openState, type State } from '../src/state/index.ts';
import { serveUi } from '../src/ui/serve-ui.ts';

export const silent = pino({ level: 'silent' });

/** A directory that is gone after the test. */
export async function temporaryDirectory(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'wardline-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

export async function temporaryState(): Promise<{ state: State; remove(): Promise<void> }> {
  const directory = await temporaryDirectory();
  const state = await openState({ kind: 'embedded', directory: directory.path }, silent);
  const remove = async () => {
    await state.close();
    await directory.remove();
  };
  return { state, remove };
}

export const ADMIN = { email: 'admin@example.com', password: 'correct horse battery' };
export const API_KEY = '0123456789abcdef0123456789abcdef';
export const APPLICATION_KEY = '0123456789abcdef0123456789abcdef01234567';
/** Headers of a REST call. */
export const KEYS = { 'dd-api-key': API_KEY, 'dd-application-key': APPLICATION_KEY };

/** A clock that stands still until it is moved. Milliseconds. */
export class Clock {
  time = Date.UTC(2026, 0, 1);
  readonly now = (): number => this.time;
}

export interface TestApp {
  app: FastifyInstance;
  state: State;
  clock: Clock;
  close(): Promise<void>;
}

export interface Parts {
  state: State;
  keys: Keys;
  users: Users;
  sessions: Sessions;
  clock: Clock;
}

export interface TestAppOptions {
  webDirectory?: string;
  trustedProxies?: string[];
}

/** An application on a real database, with an admin and keys, and the routes that `register` gives it. */
export async function createTestApp(
  register: (app: FastifyInstance, parts: Parts) => void,
  { webDirectory, trustedProxies }: TestAppOptions = {},
): Promise<TestApp> {
  const { state, remove } = await temporaryState();
  await bootstrap(state, {
    adminEmail: ADMIN.email,
    adminPassword: ADMIN.password,
    apiKey: API_KEY,
    applicationKey: APPLICATION_KEY,
  });
  const clock = new Clock();
  const keys = createKeys(state, clock.now);
  const sessions = createSessions(state, clock.now);
  const authentication = createAuthentication(keys, sessions);
  const app = createServer({ log: silent, ...(trustedProxies && { trustedProxies }) });
  guardRoutes(app, authentication);
  register(app, { state, keys, users: createUsers(state), sessions, clock });
  handleNotFound(app, authentication, serveUi(app, webDirectory));
  await app.ready();
  const close = async () => {
    await app.close();
    await remove();
  };
  return { app, state, clock, close };
}
