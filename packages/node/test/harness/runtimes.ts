import { join } from 'node:path';

const RUNTIMES = join(import.meta.dirname, '../../../../test/runtimes/node_modules');

/** The supported majors: Node 24 runs the tests, the others are installed beside. */
export const RUNTIME: Record<20 | 22 | 24 | 26, string> = {
  20: join(RUNTIMES, 'node20/bin/node'),
  22: join(RUNTIMES, 'node22/bin/node'),
  24: process.execPath,
  26: join(RUNTIMES, 'node26/bin/node'),
};
export type Major = keyof typeof RUNTIME;
export const MAJORS: readonly Major[] = [20, 22, 24, 26];
