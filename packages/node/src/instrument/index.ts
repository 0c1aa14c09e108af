import { syncBuiltinESMExports } from 'node:module';
import { swallow } from '../guard/faults.ts';
import { surviveBlockErrors } from '../guard/survive.ts';
import { warmUp } from '../guard/warm-up.ts';
import type { Agent } from '../init/agent.ts';
import { hookChildProcess } from './child-process.ts';
import { hookPackages } from './engine/load-hook.ts';
import type { PackageHook } from './engine/package-hook.ts';
import { express, router } from './express.ts';
import { hookFastify } from './fastify.ts';
import { hookFs } from './fs.ts';
import { hookHttpClient } from './http-client.ts';
import { hookHttpServer } from './http-server.ts';
import { hookPath } from './path.ts';
import { pg, pgPool } from './pg.ts';
import { betterSqlite3, hookNodeSqlite } from './sqlite.ts';
import { hookFetch, undici } from './undici.ts';

const PACKAGES: readonly PackageHook[] = [express, router, pg, pgPool, betterSqlite3, undici];

/** What the runtime brings along, and what announces itself on a diagnostics channel: hooked at once. */
const BUILTINS: Record<string, (agent: Agent) => void> = {
  http_server: hookHttpServer,
  http_client: hookHttpClient,
  fetch: hookFetch,
  child_process: hookChildProcess,
  path: hookPath,
  fs: hookFs,
  node_sqlite: hookNodeSqlite,
  fastify: hookFastify,
};

const STARTED = Symbol.for('wardline.instrumentation');

/**
 * Hooks the runtime and the packages that the agent knows, those that are loaded and those that will be. Everything is
 * patched in place, so that `require` and `import` see the same. A second call does nothing. Never throws.
 */
export function startInstrumentation(agent: Agent): void {
  const globals = globalThis as { [STARTED]?: true };
  if (globals[STARTED]) return;
  globals[STARTED] = true;
  surviveBlockErrors(agent);
  warmUp(agent);
  agent.onWafChange(() => void setImmediate(warmUp, agent).unref());
  for (const [name, hook] of Object.entries(BUILTINS)) {
    try {
      hook(agent);
    } catch (error) {
      swallow(agent, `instrument.${name}`, error);
    }
  }
  try {
    hookPackages(agent, PACKAGES);
    // Named imports of builtins are copies, which this brings up to date.
    syncBuiltinESMExports();
  } catch (error) {
    swallow(agent, 'instrument.packages', error);
  }
}
