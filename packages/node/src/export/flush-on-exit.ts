/** The signals at which applications that handle them shut down. */
const SIGNALS: ReadonlySet<unknown> = new Set(['SIGTERM', 'SIGINT']);

/** Milliseconds by which the end of a process that has nothing left to do is put off at most. */
export const FINAL_FLUSH_TIMEOUT = 2000;

export interface Flushable {
  readonly pending: number;
  flush(timeout: number): Promise<boolean>;
}

/**
 * Sends what is waiting when the process ends by itself, and when a signal arrives that the application handles. How
 * and when the process ends stays the application's affair: no signal handler is added (a signal without handler ends
 * the process, as before), and `process.exit()` does not wait. Returns what undoes it.
 */
export function flushOnExit(exporter: Flushable): () => void {
  let gaveUp = false;
  const beforeExit = (): void => {
    // Sending brings the event loop back to life, and with it another `beforeExit`.
    if (gaveUp || exporter.pending === 0) return;
    void exporter.flush(FINAL_FLUSH_TIMEOUT).then((done) => {
      gaveUp = !done;
    });
  };
  process.on('beforeExit', beforeExit);

  // A listener would be counted by code that asks whether a signal is handled, so the signal is seen in passing. Node
  // calls `process.emit` for a signal only when the application listens for it.
  const { emit } = process;
  const observe = function (this: NodeJS.Process, ...args: unknown[]): boolean {
    if (SIGNALS.has(args[0])) void exporter.flush(FINAL_FLUSH_TIMEOUT);
    return Reflect.apply(emit, this, args) as boolean;
  };
  process.emit = observe as typeof process.emit;

  return () => {
    process.off('beforeExit', beforeExit);
    if (process.emit === (observe as typeof process.emit)) process.emit = emit;
  };
}
