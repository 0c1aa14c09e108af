import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

export interface Runtime {
  name: string;
  binary: string;
  /** Arguments before the program, which take from it all that it needn't have. */
  flags: readonly string[];
}

const modules = fileURLToPath(new URL('../../../../test/runtimes/node_modules', import.meta.url));
const repository = fileURLToPath(new URL('../../../..', import.meta.url));
const NODE_FLAGS = ['--disallow-code-generation-from-strings'];

/** The binary at a path or pattern below `test/runtimes`; of Deno and Bun npm installs the package of this platform. */
function installed(pattern: string): string {
  const [found] = globSync(pattern, { cwd: modules });
  const binary = join(modules, found ?? pattern);
  if (!existsSync(binary)) throw new Error(`${binary} is missing; run: scripts/install.sh with-runtimes`);
  return binary;
}

/** The runtimes outside of browsers; the first is the one that runs the tests. */
export function findRuntimes(dataDirectory: string): Runtime[] {
  const major = process.versions.node.split('.')[0];
  const deno = ['run', '--no-config', '--no-lock', '--no-remote', '--quiet'];
  return [
    { name: `Node.js ${major}`, binary: process.execPath, flags: NODE_FLAGS },
    ...[20, 22, 26].map((version) => ({
      name: `Node.js ${version}`,
      binary: installed(`node${version}/bin/node`),
      flags: NODE_FLAGS,
    })),
    {
      name: 'Deno',
      binary: installed('@deno/*/deno'),
      flags: [...deno, `--allow-read=${repository},${dataDirectory}`],
    },
    { name: 'Bun', binary: installed('@oven/*/bin/bun'), flags: ['run', '--no-install'] },
  ];
}
