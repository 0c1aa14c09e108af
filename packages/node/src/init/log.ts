/** Least first: a logger set to `warn` writes errors and warnings. */
export const LOG_LEVELS = ['off', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface Logger {
  error(message: string): void;
  warn(message: string): void;
  info(message: string): void;
  debug(message: string): void;
}

/**
 * A logger that writes one line a message, `wardline: warn: …`. The default goes to standard error: standard output
 * belongs to the application. Line breaks in a message are escaped, so that a foreign string cannot forge a line.
 */
export function createLogger(level: LogLevel, write: (line: string) => void = writeToStderr): Logger {
  const enabled = LOG_LEVELS.indexOf(level);
  const at = (name: Exclude<LogLevel, 'off'>) =>
    LOG_LEVELS.indexOf(name) > enabled
      ? () => {}
      : (message: string) => {
          write(`wardline: ${name}: ${message.replaceAll('\n', '\\n').replaceAll('\r', '\\r')}\n`);
        };
  return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') };
}

function writeToStderr(line: string): void {
  try {
    process.stderr.write(line);
  } catch {
    // A closed standard error must not take the application down, and there is nowhere left to say so.
  }
}

/**
 * Lets a message through at most once in `intervalMs` milliseconds. For faults that last: a platform that cannot be
 * reached is worth one line, not one a second.
 */
export function createThrottle(intervalMs: number, now: () => number = Date.now): (log: () => void) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (log) => {
    const time = now();
    if (time - last < intervalMs) return;
    last = time;
    log();
  };
}
