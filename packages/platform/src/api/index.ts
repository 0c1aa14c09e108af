import type { FastifyInstance } from 'fastify';
import type { Keys } from '../auth/keys.ts';
import type { Sessions } from '../auth/sessions.ts';
import type { Users } from '../auth/users.ts';
import type { BlockList } from '../remote-config/block-list.ts';
import type { State } from '../state/index.ts';
import type { Store } from '../store/store.ts';
import { registerBlockedIps } from './blocked-ips.ts';
import { registerHealth } from './health.ts';
import { registerKeys } from './keys.ts';
import { registerSession } from './session.ts';
import { registerTrace } from './trace/routes.ts';
import { registerValidate } from './validate.ts';

export interface ApiDependencies {
  state: State;
  store: Store;
  keys: Keys;
  users: Users;
  sessions: Sessions;
  blockList: BlockList;
}

/** The groups of routes of the REST API, but for the signals' (signals/) and the agents' (remote-config/, intake/). */
export function registerApi(app: FastifyInstance, dependencies: ApiDependencies): void {
  const { state, store, keys, blockList } = dependencies;
  registerHealth(app, store, state);
  registerValidate(app);
  registerSession(app, dependencies);
  registerKeys(app, keys);
  registerBlockedIps(app, blockList);
  registerTrace(app, store);
}
