import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, extname, join, resolve } from 'node:path';
import type { Logger } from 'pino';
import { PLATFORM_ERROR, PlatformError } from '../../errors.ts';
import { makeDataDirectory } from '../../private-directory.ts';
import { StoreError } from '../error.ts';
import { STOP, type StartReport } from './protocol.ts';

/** The kernel's limit for a Unix domain socket's path is 108 bytes on Linux, 104 on macOS. */
const MAX_SOCKET_PATH = 100;
const RESTART_MIN_MS = 100;
const RESTART_MAX_MS = 10_000;
/** A process that lived this long was well; the next restart is immediate again. */
const STABLE_MS = 60_000;
/** After a crash the engine of the former platform may still be finishing. */
const TAKEOVER_MS = 3_000;
const TAKEOVER_RETRY_MS = 250;
const STOP_TIMEOUT_MS = 10_000;
/** Of what the engine writes to its standard error, which is where it says why it failed. */
const MAX_STDERR = 4_096;

export interface EmbeddedStore {
  /** Where the process answers ClickHouse's HTTP interface. It stays the same over restarts. */
  socketPath: string;
  /** Of the process that runs, or ran last. */
  pid(): number | undefined;
  /** Lets statements at work finish, and ends the process. */
  close(): Promise<void>;
}

interface Running {
  child: ChildProcess;
  /** Resolves when the process is gone, or could not be made. */
  exited: Promise<void>;
  stderr(): string;
}

/**
 * Starts the process that owns chDB on a directory, which is made if it isn't there, and starts it again whenever it
 * dies: at once the first time, then with a growing delay. Between, the socket refuses connections.
 *
 * Throws a PlatformError where another platform has the directory open, or it can't be written, and a StoreError for
 * any other reason why it doesn't start.
 */
export async function startEmbedded(directory: string, log: Logger): Promise<EmbeddedStore> {
  await makeDataDirectory(directory);
  const socketPath = await socketPathFor(directory);
  let running = await takeOver(directory, socketPath, log);
  let closing = false;
  let closed: Promise<void> | undefined;
  let restartDelay = 0;
  let restartTimer: NodeJS.Timeout | undefined;
  let starting: Promise<void> = Promise.resolve();
  watch(running);

  function watch(current: Running): void {
    const started = Date.now();
    current.exited.then(() => {
      if (closing) return;
      if (Date.now() - started > STABLE_MS) restartDelay = 0;
      const { exitCode, signalCode } = current.child;
      log.error(
        { exitCode, signal: signalCode, stderr: current.stderr() },
        'the store process died; it is restarted',
      );
      scheduleRestart();
    });
  }

  function scheduleRestart(): void {
    restartTimer = setTimeout(() => {
      starting = restart();
    }, restartDelay);
    restartDelay = Math.min(Math.max(2 * restartDelay, RESTART_MIN_MS), RESTART_MAX_MS);
  }

  async function restart(): Promise<void> {
    try {
      running = await start(directory, socketPath, log);
      log.info('the store process is up again');
      watch(running);
    } catch (error) {
      log.error({ err: error, retryInMs: restartDelay }, 'the store process could not be restarted');
      if (!closing) scheduleRestart();
    }
  }

  async function close(): Promise<void> {
    closing = true;
    clearTimeout(restartTimer);
    await starting;
    await stop(running);
    if (dirname(socketPath) !== resolve(directory))
      await rm(dirname(socketPath), { recursive: true, force: true });
  }

  return {
    socketPath,
    pid: () => running.child.pid,
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}

/** In the data directory, which only its owner can enter, unless its path is too long for a socket. */
async function socketPathFor(directory: string): Promise<string> {
  const path = join(resolve(directory), 'store.sock');
  return Buffer.byteLength(path) <= MAX_SOCKET_PATH
    ? path
    : join(await mkdtemp(join(tmpdir(), 'wardline-')), 's');
}

async function takeOver(directory: string, socketPath: string, log: Logger): Promise<Running> {
  const deadline = Date.now() + TAKEOVER_MS;
  for (;;) {
    try {
      return await start(directory, socketPath, log);
    } catch (error) {
      const inUse = error instanceof PlatformError && error.code === PLATFORM_ERROR.dataInUse;
      if (!inUse || Date.now() > deadline) throw error;
    }
    await new Promise((wake) => setTimeout(wake, TAKEOVER_RETRY_MS));
  }
}

async function start(directory: string, socketPath: string, log: Logger): Promise<Running> {
  const serverFile = new URL(`./server${extname(import.meta.url)}`, import.meta.url);
  const { NODE_OPTIONS: _, ...environment } = process.env;
  const child = fork(serverFile, [join(directory, 'clickhouse'), socketPath], {
    // chDB blocks a thread of libuv's pool for each statement at work.
    env: { ...environment, UV_THREADPOOL_SIZE: '16', TZ: 'UTC' },
    execArgv: [],
    // A session of its own: Ctrl-C in the terminal is for the parent, which stops this process when it has flushed.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
  });
  // With every INSERT the engine also takes rows from its standard input: there must be one, and it must be at its end.
  child.stdin?.end();
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => log.info({ text }, 'store process'));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log.warn({ text }, 'store process');
    stderr = (stderr + text).slice(-MAX_STDERR);
  });
  // 'close' follows 'exit' when the output has been read to its end; a process that could not be made has neither.
  const failed = new Promise<Error>((resolve) => {
    child.on('error', (error) => {
      if (child.pid === undefined) resolve(error);
      else log.warn({ err: error }, 'store process');
    });
  });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const exited = Promise.race([closed, failed.then(() => {})]);
  const report = await Promise.race([
    new Promise<StartReport>((resolve) =>
      child.once('message', (message) => resolve(message as StartReport)),
    ),
    failed.then((error): StartReport => ({ started: false, reason: error.message })),
    closed.then(
      (): StartReport => ({ started: false, reason: `it ended with ${child.signalCode ?? child.exitCode}` }),
    ),
  ]);
  const running = { child, exited, stderr: () => stderr };
  if (report.started) return running;
  await stop(running);
  throw startFailure(directory, report.reason, stderr);
}

function startFailure(directory: string, reason: string, stderr: string): Error {
  if (/Another server instance|Cannot lock file/.test(stderr)) {
    return new PlatformError(
      PLATFORM_ERROR.dataInUse,
      `The data directory ${directory} is in use by another platform. ` +
        'Stop that one, or choose another directory with --data or WARDLINE_DATA.',
    );
  }
  const cause = stderr.trim() === '' ? reason : stderr.trim();
  return new StoreError(
    'WARDLINE_STORE_UNAVAILABLE',
    `The event store in ${directory} could not be opened: ${cause}`,
  );
}

async function stop({ child, exited }: Running): Promise<void> {
  // Not `disconnect`: after that, Node.js emits no 'close' for the child.
  if (child.connected) child.send(STOP, () => {});
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await exited;
  clearTimeout(timer);
}
