import childProcess, { ChildProcess } from 'node:child_process';
import { Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';
import { SpanKind } from '@opentelemetry/api';
import { ATTRIBUTE } from '@wardline/telemetry';
import type { Addresses } from '../guard/check.ts';
import type { Agent } from '../init/agent.ts';
import { type Call, type Sink, type SinkGroup, type Style, wrapSink } from './engine/sink.ts';
import { guarded, promised, synchronous, tapEvents } from './engine/styles.ts';
import { type Callable, wrapMethod } from './engine/wrap.ts';

const MAX_COMMAND_LENGTH = 1024;

/** `exec` calls `execFile` through the module's exports: the outer call is the application's. */
const GROUP: SinkGroup = { inside: false };

interface Options {
  shell?: unknown;
  stdio?: unknown;
  encoding?: unknown;
}

/** Returns a child process, which emits its error. A callback, where there is one, gets it as well. */
const spawned: Style = {
  refuse(call, error) {
    const child = refusedChild(optionsOf(call.args).stdio);
    const callback = call.args.findLast((argument) => typeof argument === 'function') as Callable | undefined;
    process.nextTick(() => {
      // With a callback Node listens for the error itself; without one, nobody listening is an error of its own.
      if (callback === undefined || child.listenerCount('error') > 0) child.emit('error', error);
      child.emit('close', -1, null);
      if (callback !== undefined) Reflect.apply(callback, child, [error, '', '']);
    });
    return child;
  },
  run(call, finish) {
    const child = guarded(call, finish) as ChildProcess;
    let done = false;
    tapEvents(child, (event, argument) => {
      if (done || (event !== 'error' && event !== 'exit' && event !== 'close')) return;
      done = true;
      if (event === 'error') finish(argument);
      else finish(undefined, exitOf(argument));
    });
    return child;
  },
};

/** Returns its error in the result, where the other synchronous functions throw it. */
const spawnedSync: Style = {
  refuse(call, error) {
    const { encoding } = optionsOf(call.args);
    const empty = typeof encoding === 'string' && encoding !== 'buffer' ? '' : Buffer.alloc(0);
    return {
      error,
      status: null,
      signal: null,
      pid: 0,
      output: [null, empty, empty],
      stdout: empty,
      stderr: empty,
    };
  },
  run: synchronous.run,
};

const SINKS: readonly Sink[] = [
  { method: 'exec', style: spawned, examine: shellCommand, span },
  { method: 'execFile', style: spawned, examine: fileCommand, span },
  { method: 'spawn', style: spawned, examine: fileCommand, span },
  { method: 'fork', style: spawned, examine: fileCommand, span },
  { method: 'execSync', style: synchronous, examine: shellCommand, span },
  { method: 'execFileSync', style: synchronous, examine: fileCommand, span },
  { method: 'spawnSync', style: spawnedSync, examine: fileCommand, span },
];

/** `node:child_process`: what runs through a shell is checked as a shell command, all else as an argument vector. */
export function hookChildProcess(agent: Agent): void {
  for (const sink of SINKS) {
    wrapMethod(childProcess, sink.method, (original) => {
      const wrapper = wrapSink(agent, original, sink, GROUP);
      // Promisified, `exec` and `execFile` go their own way, past the function that carries the symbol.
      const custom: unknown = (original as { [promisify.custom]?: unknown })[promisify.custom];
      if (typeof custom === 'function') {
        const value = wrapSink(agent, custom as Callable, { ...sink, style: promised }, GROUP);
        Object.defineProperty(wrapper, promisify.custom, { value, configurable: true });
      }
      return wrapper;
    });
  }
}

function shellCommand({ args }: Call): Addresses[] {
  return typeof args[0] === 'string' ? [{ 'server.sys.shell.cmd': args[0] }] : [];
}

function fileCommand({ args }: Call): Addresses[] {
  const argv = argvOf(args);
  if (argv.length === 0) return [];
  // Node joins them with spaces, unescaped, and gives that to the shell.
  return optionsOf(args).shell
    ? [{ 'server.sys.shell.cmd': argv.join(' ') }]
    : [{ 'server.sys.exec.cmd': argv }];
}

function argvOf(args: readonly unknown[]): string[] {
  const [file, list] = args;
  if (file === undefined || file === null) return [];
  return [String(file), ...(Array.isArray(list) ? list.map(String) : [])];
}

function optionsOf(args: readonly unknown[]): Options {
  const options = args
    .slice(1)
    .find((argument) => typeof argument === 'object' && argument !== null && !Array.isArray(argument));
  return options ?? {};
}

function span({ args }: Call) {
  const argv = argvOf(args);
  return {
    name: `exec ${argv[0]?.trimStart().split(/\s/, 1)[0] ?? ''}`.slice(0, 100),
    kind: SpanKind.INTERNAL,
    attributes: { [ATTRIBUTE.processCommand]: argv.join(' ').slice(0, MAX_COMMAND_LENGTH) },
  };
}

function exitOf(code: unknown): { 'process.exit.code': number } | undefined {
  return typeof code === 'number' ? { 'process.exit.code': code } : undefined;
}

/** A child process that never started, with the streams that the caller will reach for. */
function refusedChild(stdio: unknown): ChildProcess {
  const child = new ChildProcess();
  const isPiped = (index: number) => {
    const mode: unknown = Array.isArray(stdio) ? stdio[index] : stdio;
    return mode === undefined || mode === null || mode === 'pipe' || mode === 'overlapped';
  };
  const stdin = isPiped(0) ? new Writable({ write: (_chunk, _encoding, done) => done() }) : null;
  const stdout = isPiped(1) ? Readable.from([]) : null;
  const stderr = isPiped(2) ? Readable.from([]) : null;
  Object.assign(child, {
    stdin,
    stdout,
    stderr,
    stdio: [stdin, stdout, stderr],
    exitCode: -1,
    connected: false,
  });
  // Of a forked child, whose channel would be closed by now.
  return Object.assign(child, { send: () => false, disconnect: () => {} });
}
