import type { Agent } from '../init/agent.ts';
import { isBlockError } from './block-error.ts';

const LAST_RESORTS = new Set<unknown>(['uncaughtException', 'unhandledRejection']);
const INSTALLED = Symbol.for('wardline.survive');

/**
 * Keeps a block error that the application let escape from ending the process, and from reaching the application's own
 * last-resort listeners, which commonly exit. Node asks `process.emit` whether somebody took the error; for ours we
 * say yes. Every other error goes the way that it went.
 */
export function surviveBlockErrors(agent: Agent): void {
  const target = process as NodeJS.Process & { [INSTALLED]?: true };
  if (target[INSTALLED]) return;
  const emit = process.emit as (this: unknown, ...args: unknown[]) => boolean;
  const wrapped = function (this: unknown, ...args: unknown[]): boolean {
    if (LAST_RESORTS.has(args[0]) && isBlockError(args[1])) {
      agent.counters.count('guard.escaped_block_error');
      return true;
    }
    return Reflect.apply(emit, this, args);
  };
  Object.defineProperty(process, 'emit', { value: wrapped, configurable: true, writable: true });
  Object.defineProperty(target, INSTALLED, { value: true });
}
