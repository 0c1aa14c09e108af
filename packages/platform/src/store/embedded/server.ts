/**
 * The process that owns chDB. It is started by `supervisor.ts`, with two arguments: the directory, and the path of the
 * Unix domain socket to listen on. It tells its parent over the IPC channel when it is ready, or why it can't be.
 *
 * It ends when its parent sends `STOP`, or is gone. It does not end by a signal that the terminal or a service manager
 * sends to the whole group: the parent still has to flush.
 */
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { Engine } from './engine.ts';
import { createHttpInterface } from './http-interface.ts';
import { STOP, type StartReport } from './protocol.ts';

/** How long statements at work may take to finish, when the parent stops this process and when it is gone. */
const STOP_TIMEOUT_MS = 8_000;
const ORPHAN_TIMEOUT_MS = 1_500;
const IDLE_CHECK_MS = 20;

const [directory, socketPath] = process.argv.slice(2) as [string, string];

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

function fail(reason: string): void {
  process.send?.({ started: false, reason } satisfies StartReport, () => process.exit(1));
}

try {
  const spool = `${directory}-spool`;
  const engine = new Engine(directory, spool);
  // The directory is ours now: what is in there was left by a process that was killed.
  rmSync(spool, { recursive: true, force: true });
  mkdirSync(spool, { mode: 0o700 });
  const server = createHttpInterface(engine);

  const stop = (timeout: number) => {
    setTimeout(() => process.exit(1), timeout);
    // Connections with a statement at work become idle when it was answered.
    setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
    server.close(() => engine.close().then(() => process.exit(0)));
  };
  process.on('disconnect', () => stop(ORPHAN_TIMEOUT_MS));
  process.on('message', (message) => {
    if (message === STOP) stop(STOP_TIMEOUT_MS);
  });

  // So was a socket.
  rmSync(socketPath, { force: true });
  server.on('error', (error) => fail(error.message));
  server.listen(socketPath, () => {
    chmodSync(socketPath, 0o600);
    process.send?.({ started: true } satisfies StartReport);
  });
} catch (error) {
  fail((error as Error).message);
}
