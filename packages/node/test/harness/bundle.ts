import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildBundle } from '../../build.ts';

/** The agent as it is published, built afresh for the tests of this process. */
export interface Bundle {
  index: string;
  /** For `node -r`. */
  registerCjs: string;
  /** For `node --import`. */
  registerMjs: string;
}

/** Builds the bundle in a folder below the package, where it finds its dependencies; the folder goes with the process. */
export async function bundleAgent(): Promise<Bundle> {
  const cache = join(import.meta.dirname, '../.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'agent-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const dist = join(folder, 'dist');
  await buildBundle(dist);
  return {
    index: join(dist, 'index.cjs'),
    registerCjs: join(dist, 'register.cjs'),
    registerMjs: join(dist, 'register.mjs'),
  };
}
