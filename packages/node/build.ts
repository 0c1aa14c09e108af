import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build as bundle, type Plugin } from 'esbuild';

const PACKAGE = dirname(fileURLToPath(import.meta.url));

/** `register` shares the state of `index`: the one instance of the agent is in `index.cjs`. */
const indexStaysOutside: Plugin = {
  name: 'index-stays-outside',
  setup(build) {
    build.onResolve({ filter: /^\.\/index\.ts$/ }, () => ({ path: './index.cjs', external: true }));
  },
};

/**
 * Bundles the agent into `outDir`: `index.cjs` and `register.cjs` with all that is ours inside, and ES modules around
 * them, so that `require` and `import` reach the same instance; and `requests.mjs`, for tools.
 */
export async function buildBundle(outDir: string): Promise<void> {
  mkdirSync(outDir, { recursive: true });
  const options: BuildOptions = {
    absWorkingDir: PACKAGE,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    conditions: ['source'],
    external: ['@opentelemetry/api'],
    legalComments: 'none',
    logLevel: 'warning',
  };
  await bundle({ ...options, entryPoints: ['src/index.ts'], outfile: join(outDir, 'index.cjs') });
  await bundle({
    ...options,
    entryPoints: ['src/register.ts'],
    outfile: join(outDir, 'register.cjs'),
    plugins: [indexStaysOutside],
  });
  await bundle({
    ...options,
    format: 'esm',
    entryPoints: ['src/requests.ts'],
    outfile: join(outDir, 'requests.mjs'),
  });
  const names = Object.keys(createRequire(import.meta.url)(join(outDir, 'index.cjs')) as object);
  writeFileSync(
    join(outDir, 'index.mjs'),
    `import index from './index.cjs';\nexport const { ${names.join(', ')} } = index;\nexport default index;\n`,
  );
  writeFileSync(join(outDir, 'register.mjs'), `import './register.cjs';\n`);
}

/**
 * Writes into `types/` of `outDir` the declarations of what `index.ts` and `requests.ts` export, and of what those need. They count as
 * CommonJS, which both `import` and `require` accept in TypeScript; as ES modules, `require` would be refused.
 */
export function buildTypes(outDir: string): void {
  const types = join(outDir, 'types');
  const scratch = mkdtempSync(join(tmpdir(), 'wardline-types-'));
  try {
    const { stdout, status } = spawnSync(
      process.execPath,
      [
        join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc'),
        ...['--project', join(PACKAGE, 'tsconfig.build.json')],
        ...['--outDir', scratch],
      ],
      { encoding: 'utf8', cwd: PACKAGE },
    );
    if (status !== 0) throw new Error(`the types of @wardline/node cannot be built:\n${stdout}`);
    for (const file of ['index.d.ts', 'requests.d.ts'])
      copyDeclarations(join(scratch, 'node/src'), types, file);
    writeFileSync(join(types, 'package.json'), '{ "type": "commonjs" }\n');
    for (const name of ['register.d.cts', 'register.d.mts'])
      writeFileSync(join(outDir, name), 'export {};\n');
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Copies a declaration file and those that it imports by a relative path. */
function copyDeclarations(from: string, to: string, file: string, done = new Set<string>()): void {
  if (done.has(file)) return;
  done.add(file);
  const text = readFileSync(join(from, file), 'utf8');
  mkdirSync(dirname(join(to, file)), { recursive: true });
  writeFileSync(join(to, file), text.replace(/(from '\.[^']+)\.ts'/g, "$1.js'"));
  for (const [, path] of text.matchAll(/from '(\.[^']+)'/g)) {
    const target = relative(from, resolve(from, dirname(file), path!.replace(/\.[jt]s$/, '.d.ts')));
    copyDeclarations(from, to, target, done);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const dist = join(PACKAGE, 'dist');
  rmSync(dist, { recursive: true, force: true });
  await buildBundle(dist);
  buildTypes(dist);
  console.log(`@wardline/node: ${relative(process.cwd(), dist) || dist}`);
}
