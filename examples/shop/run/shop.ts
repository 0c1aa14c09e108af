import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type Database, startDatabase } from './database.ts';
import { type InternalService, startInternalService } from './internal-service.ts';
import { freePorts } from './ports.ts';

export interface ShopOptions {
  platformUrl: string;
  apiKey: string;
  /** Each service's `WARDLINE_APPSEC_ENABLED`. */
  mode: 'monitor' | 'block' | 'false';
  env: string;
  /** The Node.js that runs the services. Default: this process's. */
  nodePath?: string;
  /** The gateway's port. Default: one that is free. */
  gatewayPort?: number;
  /** More environment for the services. */
  environment?: Record<string, string>;
  onOutput?(service: ServiceName, line: string): void;
}

export type ServiceName = 'gateway' | 'orders' | 'accounts';

export interface Shop {
  /** The gateway's address. */
  url: string;
  internal: InternalService;
  database: Database;
  /** All lines that the services have printed, each with its service's name in front. */
  output: string[];
  /** Ends the services; each flushes what it has still to report. */
  stop(): Promise<void>;
}

const source = (file: string) => fileURLToPath(new URL(`../src/${file}`, import.meta.url));
const agentRegister = createRequire(import.meta.url).resolve('@wardline/node/register');

/** The three ways of enabling the agent, one a service: `--import`, a line of code, `-r`. */
const SERVICES: readonly { name: ServiceName; file: string; execArgv: string[] }[] = [
  { name: 'orders', file: 'orders.cjs', execArgv: [] },
  { name: 'accounts', file: 'accounts.mjs', execArgv: ['-r', agentRegister] },
  { name: 'gateway', file: 'gateway.mjs', execArgv: ['--import', '@wardline/node/register'] },
];

/** Starts the database, an internal service and the three services, and resolves when all of them answer. */
export async function startShop(options: ShopOptions): Promise<Shop> {
  const [gatewayFree, orders, accounts, databasePort, internalPort] = (await freePorts(5)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const ports: Record<ServiceName, number> = {
    gateway: options.gatewayPort ?? gatewayFree,
    orders,
    accounts,
  };
  const database = await startDatabase(databasePort);
  const internal = await startInternalService(internalPort);
  const output: string[] = [];
  const children: ChildProcess[] = [];

  const stop = async () => {
    await Promise.all(children.map(endProcess));
    await Promise.all([database.close(), internal.close()]);
  };

  try {
    for (const service of SERVICES) {
      const child = spawn(options.nodePath ?? process.execPath, [...service.execArgv, source(service.file)], {
        cwd: fileURLToPath(new URL('..', import.meta.url)),
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          PATH: process.env.PATH,
          PORT: String(ports[service.name]),
          ORDERS_URL: `http://127.0.0.1:${orders}`,
          ACCOUNTS_URL: `http://127.0.0.1:${accounts}`,
          DATABASE_URL: database.url,
          WARDLINE_URL: options.platformUrl,
          WARDLINE_API_KEY: options.apiKey,
          WARDLINE_SERVICE: service.name,
          WARDLINE_ENV: options.env,
          WARDLINE_APPSEC_ENABLED: options.mode,
          ...options.environment,
        },
      });
      children.push(child);
      for (const stream of [child.stdout, child.stderr]) {
        eachLine(stream, (line) => {
          output.push(`${service.name}: ${line}`);
          options.onOutput?.(service.name, line);
        });
      }
    }
    await Promise.all(
      SERVICES.map(({ name }, index) =>
        healthy(name, `http://127.0.0.1:${ports[name]}/healthz`, children[index] as ChildProcess, output),
      ),
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `http://127.0.0.1:${ports.gateway}`, internal, database, output, stop };
}

async function healthy(name: ServiceName, url: string, child: ChildProcess, output: string[]): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) break;
    const answered = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const said = output.filter((line) => line.startsWith(name)).slice(-10);
  const fate = child.exitCode === null ? 'does not answer' : `ended with exit code ${child.exitCode}`;
  throw new Error(`The shop's ${name} service ${fate} at ${url}. It printed:\n${said.join('\n')}`);
}

function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

function eachLine(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() as string;
    for (const line of lines) if (line !== '') onLine(line);
  });
}
