/** Builds every package, in the order in which they depend on each other. `node scripts/build.ts [package …]` */
import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a program of node_modules/.bin, and shows what it prints only if it fails. */
function run(program: string, args: string[], cwd = root): void {
  try {
    execFileSync(program, args, { cwd, stdio: 'pipe', encoding: 'utf8' });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`);
    console.error(`Failed: ${program} ${args.join(' ')}`);
    process.exit(1);
  }
}

/** JavaScript and declarations by tsc, and beside them the data files that the code reads. */
function typescript(name: string): void {
  const directory = join(root, 'packages', name);
  rmSync(join(directory, 'dist'), { recursive: true, force: true });
  run('tsc', ['-p', join(directory, 'tsconfig.build.json')]);
  for (const file of globSync('**/*.sql', { cwd: join(directory, 'src') })) {
    mkdirSync(join(directory, 'dist', dirname(file)), { recursive: true });
    cpSync(join(directory, 'src', file), join(directory, 'dist', file));
  }
}

const builds: Record<string, () => void> = {
  waf: () => typescript('waf'),
  rules: () => typescript('rules'),
  telemetry: () => typescript('telemetry'),
  node: () => run('node', [join(root, 'packages/node/build.ts')]),
  platform: () => typescript('platform'),
  cli: () => typescript('cli'),
  web: () => run('npm', ['run', '--silent', 'build'], join(root, 'packages/web')),
};

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(builds);
for (const name of names) {
  const build = builds[name];
  if (!build) {
    console.error(`There is no package ${name}. There are: ${Object.keys(builds).join(', ')}`);
    process.exit(1);
  }
  const started = performance.now();
  build();
  console.log(`built ${name} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
