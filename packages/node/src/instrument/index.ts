import { syncBuiltinESMExports } from 'node:module';
import { swallow } from '../guard/faults.ts';
import { surviveBlockErrors } from '../guard/survive.ts';
import type { Agent } from '../init/agent.ts';
import { hookChildProcess } from './child-process.ts';
import { hookPackages } from './engine/load-hook.ts';
import type { PackageHook } from './engine/package-hook.ts';
import { express, router } from './express.ts';
import { hookHttpServer } from './http-server.ts';
import { pg, pgPool } from './pg.ts';

const PACKAGES: readonly PackageHook[] = [express, router, pg, pgPool];

/** What the runtime brings along, hooked at once. */
const BUILTINS: Record<string, (agent: Agent) => void> = {
  http_server: hookHttpServer,
  child_process: hookChildProcess,
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
