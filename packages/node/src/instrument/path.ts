import path from 'node:path';
import { currentRequest } from '../context/request.ts';
import { swallow } from '../guard/faults.ts';
import type { Agent } from '../init/agent.ts';
import { type Callable, wrapMethod } from './engine/wrap.ts';

const METHODS = ['join', 'resolve', 'normalize'] as const;
/** Of one request. */
const MAX_PATHS = 64;

/**
 * `path.join(folder, '../../etc/passwd')` is `/etc/passwd`: by the time that a file is opened, the input can no longer
 * be found in its path. So a path that had `..` resolved in it is remembered together with how it was before, and the
 * file system's hook looks at that.
 */
export function hookPath(agent: Agent): void {
  for (const method of METHODS) {
    for (const flavour of [path.posix, path.win32]) {
      wrapMethod(flavour, method, (original) => {
        const wrapper: Callable = function (...args) {
          const result = Reflect.apply(original, this, args);
          if (args.some(hasParent)) {
            try {
              remember(result, args);
            } catch (error) {
              swallow(agent, 'instrument.path', error);
            }
          }
          return result;
        };
        return wrapper;
      });
    }
  }
}

function hasParent(part: unknown): boolean {
  return typeof part === 'string' && part.includes('..');
}

function remember(result: unknown, parts: readonly unknown[]): void {
  const state = currentRequest();
  if (state === undefined || typeof result !== 'string') return;
  state.paths ??= new Map();
  if (state.paths.size >= MAX_PATHS) state.paths.clear();
  state.paths.set(result, parts.join('/'));
}
