import fs from 'node:fs';
import { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { RequestState } from '../context/request.ts';
import type { Addresses } from '../guard/check.ts';
import type { Agent } from '../init/agent.ts';
import { isLoadingModule } from './engine/load-hook.ts';
import { type Call, type Sink, type Style, wrapSinks } from './engine/sink.ts';
import { calledBack, proceed, promised, synchronous } from './engine/styles.ts';

/** What reads, writes, lists or removes: with one path, and with two. Each is there with a callback, `…Sync` and as a promise. */
const ONE_PATH = [
  'readFile',
  'writeFile',
  'appendFile',
  'open',
  'readdir',
  'opendir',
  'unlink',
  'rm',
  'rmdir',
  'mkdir',
  'truncate',
  'readlink',
];
const TWO_PATHS = ['copyFile', 'cp', 'rename', 'link', 'symlink'];

const streamed = (create: () => Readable | Writable): Style => ({
  refuse(call, error) {
    const stream = Object.assign(create(), { path: call.args[0] });
    process.nextTick(() => stream.destroy(error));
    return stream;
  },
  run: (call) => proceed(call),
});

/** The streams' own sinks. A stream opens its file later, by `fs.open`, which then finds the verdict ready. */
const STREAMS: readonly Sink[] = [
  { method: 'createReadStream', style: streamed(() => new Readable({ read() {} })), examine: onePath },
  { method: 'createWriteStream', style: streamed(() => new Writable({ write() {} })), examine: onePath },
];

/**
 * `node:fs` and `node:fs/promises`: files that a request opens are checked against its inputs. There is no span for a
 * file. What the module loader reads is exempt.
 */
export function hookFs(agent: Agent): void {
  const sinks = (style: Style, suffix = ''): Sink[] => [
    ...ONE_PATH.map((name) => ({ method: name + suffix, style, examine: onePath })),
    ...TWO_PATHS.map((name) => ({ method: name + suffix, style, examine: twoPaths })),
  ];
  wrapSinks(agent, fs, [...sinks(calledBack), ...sinks(synchronous, 'Sync'), ...STREAMS]);
  wrapSinks(agent, fs, [{ method: 'openAsBlob', style: promised, examine: onePath }]);
  wrapSinks(agent, fs.promises, sinks(promised));
}

function onePath({ args }: Call, state: RequestState): Addresses[] {
  return isLoadingModule() ? [] : pathAddresses(args[0], state);
}

function twoPaths({ args }: Call, state: RequestState): Addresses[] {
  if (isLoadingModule()) return [];
  return [...pathAddresses(args[0], state), ...pathAddresses(args[1], state)];
}

function pathAddresses(given: unknown, state: RequestState): Addresses[] {
  const path = pathOf(given);
  if (path === undefined) return [];
  const addresses: Addresses[] = [{ 'server.io.fs.file': path }];
  const unresolved = state.paths?.get(path);
  if (unresolved !== undefined) addresses.push({ 'server.io.fs.file': unresolved });
  return addresses;
}

/** A path as text; undefined for a file descriptor, and for what the function itself will refuse. */
function pathOf(given: unknown): string | undefined {
  if (typeof given === 'string') return given;
  if (given instanceof Uint8Array)
    return Buffer.from(given.buffer, given.byteOffset, given.byteLength).toString();
  return isFileUrl(given) ? fileURLToPath(given) : undefined;
}

/** Node takes for a URL what looks like one, which an object in a parsed body can. */
function isFileUrl(given: unknown): given is URL {
  const { href, protocol } = (given ?? {}) as { href?: unknown; protocol?: unknown };
  return Boolean(href) && protocol === 'file:';
}
