import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Runtime } from '../support/runtimes.ts';
import type { Bundle } from './bundle.ts';
import type { Receiver, Trace } from './receiver.ts';

const APPS = join(import.meta.dirname, '../apps');
const RULES = join(import.meta.dirname, '../rules.json');
const START_DEADLINE_MS = 20_000;

export interface AppOptions {
  bundle: Bundle;
  receiver: Receiver;
  /** File in `test/apps`. */
  file: string;
  /** Default true: the agent is loaded before it, by `-r` for `.cjs` and by `--import` for `.mjs`. */
  preload?: boolean;
  runtime: Runtime;
  mode: 'off' | 'monitor' | 'block';
  env?: Record<string, string>;
  nodeOptions?: string[];
}

export interface Answer {
  status: number;
  headers: Headers;
  body: string;
  traceId: string;
  /** The exported trace of the request. */
  trace(): Promise<Trace>;
}

export interface App {
  url: string;
  /** What it has written, to both streams. */
  output(): string;
  request(path: string, init?: RequestInit): Promise<Answer>;
  /** Whether it still runs. */
  isAlive(): boolean;
  stop(): Promise<void>;
}

/** Starts an application in a process of its own, under the agent, and waits until it listens. */
export async function startApp(options: AppOptions): Promise<App> {
  const { bundle, receiver, file } = options;
  const register = file.endsWith('.cjs') ? ['-r', bundle.registerCjs] : ['--import', bundle.registerMjs];
  const preload = options.preload === false ? [] : register;
  const child = spawn(
    options.runtime.binary,
    [...preload, ...(options.nodeOptions ?? []), join(APPS, file)],
    {
      cwd: APPS,
      env: {
        PATH: process.env.PATH,
        WARDLINE_URL: receiver.url,
        WARDLINE_SERVICE: 'app',
        WARDLINE_APPSEC_ENABLED: options.mode === 'off' ? 'false' : options.mode,
        WARDLINE_APPSEC_RULES: RULES,
        WARDLINE_REMOTE_CONFIG: 'false',
        WARDLINE_BUNDLE: bundle.index,
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const exited = once(child, 'exit');
  const url = await new Promise<string>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${file} on ${options.runtime.name} ${why}:\n${output}`));
    const timer = setTimeout(() => fail('did not listen in time'), START_DEADLINE_MS);
    void exited.then(() => fail('ended before it listened'));
    child.stdout.on('data', () => {
      const port = /listening on (\d+)/.exec(output)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(`http://127.0.0.1:${port}`);
    });
  });

  return {
    url,
    output: () => output,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    async request(path, init = {}) {
      const traceId = randomBytes(16).toString('hex');
      const headers = new Headers(init.headers);
      headers.set('traceparent', `00-${traceId}-${randomBytes(8).toString('hex')}-01`);
      let response: Response;
      try {
        response = await fetch(url + path, { redirect: 'manual', ...init, headers });
      } catch (cause) {
        throw new Error(`no answer to ${path}; the application wrote:\n${output.slice(-2000)}`, { cause });
      }
      const body = await response.text();
      const trace = () => receiver.trace(traceId);
      return { status: response.status, headers: response.headers, body, traceId, trace };
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** The number of the line of an application's source that ends with the comment `// sink: <name>`. */
export function lineOfSink(file: string, name: string): number {
  const lines = readFileSync(join(APPS, file), 'utf8').split('\n');
  const index = lines.findIndex((line) => line.trimEnd().endsWith(`// sink: ${name}`));
  if (index < 0) throw new Error(`${file} has no line marked "// sink: ${name}"`);
  return index + 1;
}
