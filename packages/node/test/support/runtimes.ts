import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Runtime {
  name: string;
  binary: string;
}

const installed = (major: number) =>
  fileURLToPath(new URL(`../../../../test/runtimes/node_modules/node${major}/bin/node`, import.meta.url));

/** Each Node.js major that the agent supports: the one that runs the tests, and those of `test/runtimes`. */
export const RUNTIMES: readonly Runtime[] = [
  { name: `node${process.versions.node.split('.')[0]}`, binary: process.execPath },
  ...[20, 22, 26].map((major) => {
    const binary = installed(major);
    if (!existsSync(binary)) {
      throw new Error(`Node.js ${major} is missing; run: npm install --prefix test/runtimes`);
    }
    return { name: `node${major}`, binary };
  }),
];
