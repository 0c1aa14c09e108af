import { readFileSync } from 'node:fs';
import Module from 'node:module';
import { isAbsolute } from 'node:path';
import { swallow } from '../../guard/faults.ts';
import type { Agent } from '../../init/agent.ts';
import type { PackageHook } from './package-hook.ts';
import { type Callable, wrapMethod } from './wrap.ts';

/** Node's CommonJS loader, of which `@types/node` knows little. `import` of a CommonJS package goes through it too. */
interface Loader {
  _load(request: string, parent: unknown, isMain: boolean): unknown;
  _resolveFilename(request: string, parent: unknown, isMain: boolean): string;
  _cache: Record<string, { loaded: boolean; exports: unknown } | undefined>;
}

const loader = Module as unknown as Loader;
let loading = 0;

/** Whether a module is being loaded right now: what the loader reads is no sink of the application's. */
export function isLoadingModule(): boolean {
  return loading > 0;
}

/**
 * Patches packages as they are loaded, and those that were loaded before. It wraps `Module._load`, which `require` calls
 * with the specifier and `import` of a CommonJS package with the absolute file name.
 */
export function hookPackages(agent: Agent, hooks: readonly PackageHook[]): void {
  const done = new WeakSet<object>();

  const apply = (file: string, exports: unknown): void => {
    if ((typeof exports !== 'object' && typeof exports !== 'function') || exports === null) return;
    if (done.has(exports)) return;
    const found = packageOf(file);
    const hook = hooks.find(({ name }) => name === found?.name);
    if (found === undefined || hook === undefined) return;
    if (!hook.majors.includes(found.major)) {
      done.add(exports);
      agent.counters.count(`instrument.unsupported.${hook.name}`);
      agent.log.info(
        `${hook.name} ${found.version} is not instrumented: supported are versions ${hook.majors.join(', ')}`,
      );
      return;
    }
    if (hook.patch(exports, agent)) done.add(exports);
  };

  const wanted = (folder: string): boolean => hooks.some(({ name }) => folder.startsWith(name));

  wrapMethod(loader, '_load', (original) => {
    const load: Callable = function (...args) {
      loading++;
      let exports: unknown;
      try {
        exports = Reflect.apply(original, this, args);
      } finally {
        loading--;
      }
      const [request, parent, isMain] = args as [unknown, unknown, boolean];
      try {
        if (typeof request === 'string') {
          if (isAbsolute(request)) {
            const folder = packageFolder(request);
            if (folder !== undefined && wanted(folder.name)) apply(request, exports);
          } else if (!request.startsWith('.') && !request.startsWith('node:') && wanted(request)) {
            apply(loader._resolveFilename(request, parent, isMain), exports);
          }
        }
      } catch (error) {
        swallow(agent, 'instrument.load', error);
      }
      return exports;
    };
    return load;
  });

  for (const [file, module] of Object.entries(loader._cache)) {
    if (!module?.loaded) continue;
    const folder = packageFolder(file);
    if (folder === undefined || !wanted(folder.name)) continue;
    try {
      apply(file, module.exports);
    } catch (error) {
      swallow(agent, 'instrument.load', error);
    }
  }
}

/** The package folder that a file lies in, and its name there, which may be an alias. */
function packageFolder(file: string): { path: string; name: string } | undefined {
  const match = /^(.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+))[\\/]/.exec(file);
  return match === null ? undefined : { path: match[1]!, name: match[2]!.replace('\\', '/') };
}

const manifests = new Map<string, { name: string; version: string; major: number } | undefined>();

function packageOf(file: string): { name: string; version: string; major: number } | undefined {
  const folder = packageFolder(file);
  if (folder === undefined) return undefined;
  if (!manifests.has(folder.path)) manifests.set(folder.path, readManifest(folder.path));
  return manifests.get(folder.path);
}

function readManifest(folder: string): { name: string; version: string; major: number } | undefined {
  const manifest: unknown = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const { name, version } = manifest as { name?: unknown; version?: unknown };
  if (typeof name !== 'string' || typeof version !== 'string') return undefined;
  return { name, version, major: Number.parseInt(version, 10) };
}
