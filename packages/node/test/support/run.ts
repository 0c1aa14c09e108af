import { type ChildProcess, spawn } from 'node:child_process';

export interface Finished {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  /** Milliseconds. */
  duration: number;
}

export interface Running {
  child: ChildProcess;
  finished: Promise<Finished>;
  /** Resolves with the first line of standard output that starts with `prefix`, without it. */
  line(prefix: string): Promise<string>;
}

/** Starts a process with no environment but `env`. It is killed after 20 s. */
export function run(binary: string, args: readonly string[], env: Record<string, string> = {}): Running {
  const started = performance.now();
  const child = spawn(binary, args, {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 20_000,
    killSignal: 'SIGKILL',
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const finished = new Promise<Finished>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve({ code, signal, stdout, stderr, duration: performance.now() - started });
    });
  });
  const line = (prefix: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = () => {
        const found = stdout.split('\n').find((text) => text.startsWith(prefix));
        if (found === undefined) return;
        child.stdout.off('data', look);
        resolve(found.slice(prefix.length));
      };
      child.stdout.on('data', look);
      look();
      void finished.then(() => reject(new Error(`ended without "${prefix}"; standard error:\n${stderr}`)));
    });
  return { child, finished, line };
}
