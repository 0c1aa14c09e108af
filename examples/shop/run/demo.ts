/**
 * The demo: platform, shop, benign traffic and attacks, and what became of them. Runs until it is stopped.
 * `node demo.ts PLATFORM_PORT SHOP_PORT DATA_DIRECTORY`
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startPlatform } from '@wardline/platform';
import pino from 'pino';
import { isFree } from './ports.ts';
import { type Shop, startShop } from './shop.ts';
import { ATTEMPTS, BENIGN, bruteForce, type Exploit, exploits, type ShopRequest, send } from './traffic.ts';

interface Credentials {
  adminEmail: string;
  adminPassword: string;
  apiKey: string;
  applicationKey: string;
}

/** What became of an attack, and the trace that it was sent in. */
interface Attacked {
  outcome: string;
  traceId: string;
}

interface Row {
  name: string;
  monitor: string;
  block: string;
  traceId: string;
}

const [platformPort, shopPort, dataDirectory] = [
  Number(process.argv[2] ?? 7070),
  Number(process.argv[3] ?? 4000),
  resolve(process.argv[4] ?? './wardline-data/demo'),
];

/** Made on the first run and kept beside the data, so that a second run prints the same. */
function demoCredentials(directory: string): Credentials {
  const file = join(directory, 'credentials.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Credentials;
  const credentials = {
    adminEmail: 'admin@wardline.example',
    adminPassword: randomBytes(9).toString('base64url'),
    apiKey: randomBytes(16).toString('hex'),
    applicationKey: randomBytes(20).toString('hex'),
  };
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeFileSync(file, JSON.stringify(credentials), { mode: 0o600 });
  } catch (error) {
    throw new Error(
      `The data directory ${directory} can't be written (${(error as Error).message}). Choose another with --data.`,
      { cause: error },
    );
  }
  return credentials;
}

/** Prints what is being done, and how long it took. */
async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  process.stdout.write(`  ${what} … `);
  try {
    const result = await work();
    console.log(`${((performance.now() - started) / 1000).toFixed(1)} s`);
    return result;
  } catch (error) {
    console.log('failed');
    throw error;
  }
}

/** Whether an attack got what it came for, or was stopped. */
function outcome(status: number, text: string, attack: ShopRequest & Partial<Exploit>): string {
  if (status === 403) return 'blocked';
  if (attack.loot === undefined) return 'harmless here';
  return text.includes(attack.loot) ? 'succeeded' : `answered ${status}`;
}

/** Sends everything and returns each attack's outcome by its name. */
async function traffic(shop: Shop): Promise<Map<string, Attacked>> {
  const attacked = new Map<string, Attacked>();
  for (const request of BENIGN) {
    const { status } = await send(shop.url, request);
    if (status >= 400) throw new Error(`Benign traffic failed: ${request.name} answered ${status}`);
  }
  for (const attack of [...exploits(shop.internal.url), ...ATTEMPTS]) {
    const traceId = randomBytes(16).toString('hex');
    const headers = { ...attack.headers, traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-01` };
    const { status, text } = await send(shop.url, { ...attack, headers });
    attacked.set(attack.name, { outcome: outcome(status, text, attack), traceId });
  }
  for (const request of bruteForce(45)) await send(shop.url, request);
  return attacked;
}

interface SignalsPage {
  data: { id: string; attributes: { status: string; custom: { title: string } } }[];
}

async function ask<T>(url: string, credentials: Credentials, path: string, query: string): Promise<T> {
  const parameters = new URLSearchParams({
    'filter[query]': query,
    'filter[from]': 'now-1h',
    'page[limit]': '1000',
  });
  const response = await fetch(`${url}${path}?${parameters}`, {
    headers: { 'dd-api-key': credentials.apiKey, 'dd-application-key': credentials.applicationKey },
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'];

/** Signals, the worst first. */
async function signals(url: string, credentials: Credentials, query: string): Promise<SignalsPage['data']> {
  const { data } = await ask<SignalsPage>(url, credentials, '/api/v2/security_monitoring/signals', query);
  const rank = ({ attributes }: SignalsPage['data'][number]) => SEVERITIES.indexOf(attributes.status);
  return data.sort((a, b) => rank(a) - rank(b));
}

/** The traces of an environment in which the platform has seen an attack. */
async function reportedTraces(url: string, credentials: Credentials, env: string): Promise<Set<string>> {
  interface Events {
    data: { attributes: { trace_id: string } }[];
  }
  const { data } = await ask<Events>(url, credentials, '/api/v2/security/events', `env:${env}`);
  return new Set(data.map(({ attributes }) => attributes.trace_id));
}

/** Waits until the number of signals has stopped growing. */
async function settledSignals(
  url: string,
  credentials: Credentials,
  query: string,
): Promise<SignalsPage['data']> {
  let before: SignalsPage['data'] = [];
  for (let round = 0; round < 10; round++) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const now = await signals(url, credentials, query);
    if (now.length > 0 && now.length === before.length) return now;
    before = now;
  }
  return before;
}

function report(rows: Row[], found: SignalsPage['data'], url: string, shop: Shop, to: Credentials): void {
  const width = Math.max(...rows.map(({ name }) => name.length));
  console.log(`\n  ${'attack'.padEnd(width)}  ${'monitor mode (staging)'.padEnd(26)}block mode (production)`);
  for (const { name, monitor, block } of rows) {
    console.log(`  ${name.padEnd(width)}  ${monitor.padEnd(26)}${block}`);
  }
  const [first] = rows;
  if (first) console.log(`\n  ${first.name}, read in its trace: ${url}/traces/${first.traceId}`);
  console.log(`\n  ${found.length} signals`);
  for (const { id, attributes } of found) {
    console.log(
      `  ${attributes.status.padEnd(9)}${attributes.custom.title}\n           ${url}/signals/${id}`,
    );
  }
  console.log(`
  UI               ${url}
  login            ${to.adminEmail}  ${to.adminPassword}
  API key          ${to.apiKey}
  application key  ${to.applicationKey}
  shop             ${shop.url}  (block mode; try ${shop.url}/search?q=tea)

  Running until you press Ctrl-C.`);
}

async function main(): Promise<void> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    while (stops.length > 0) await stops.pop()?.();
  };
  const interrupted = new Promise<'interrupted'>((resolve) => {
    let once = false;
    const handle = () => {
      if (once) process.exit(130);
      once = true;
      console.log('\n  Stopping … (Ctrl-C again ends it at once)');
      resolve('interrupted');
    };
    process.on('SIGINT', handle);
    process.on('SIGTERM', handle);
  });

  const run = async () => {
    console.log('Wardline demo');
    // Looked at first, because the shop comes to it only after half of the demo.
    if (!(await isFree(shopPort))) {
      throw new Error(
        `Port ${shopPort}, which the shop would take, is in use by another program. Choose another with --shop-port, or stop that program.`,
      );
    }
    const credentials = demoCredentials(dataDirectory);
    const platform = await step('starting the platform', () =>
      startPlatform({
        port: platformPort,
        otlpPort: null,
        dataDirectory,
        bootstrap: credentials,
        log: pino({ level: 'warn' }, pino.destination(2)),
      }),
    );
    stops.push(() => platform.close());
    const common = { platformUrl: platform.url, apiKey: credentials.apiKey };

    const monitored = await step('starting the shop in monitor mode', () =>
      startShop({ ...common, mode: 'monitor', env: 'staging' }),
    );
    stops.push(() => monitored.stop());
    const seen = await step('sending benign traffic, a dozen attacks and a brute force', () =>
      traffic(monitored),
    );
    stops.pop();
    await monitored.stop();

    const shop = await step('starting the shop in block mode', () =>
      startShop({ ...common, mode: 'block', env: 'production', gatewayPort: shopPort }),
    );
    stops.push(() => shop.stop());
    const blocked = await step('sending the same again', () => traffic(shop));
    const found = await step('waiting for the signals', () =>
      settledSignals(platform.url, credentials, 'env:(staging OR production)'),
    );
    const [inMonitor, inBlock] = [
      await reportedTraces(platform.url, credentials, 'staging'),
      await reportedTraces(platform.url, credentials, 'production'),
    ];
    const said = (attack: Attacked | undefined, reported: Set<string>) =>
      attack
        ? `${attack.outcome}, ${reported.has(attack.traceId) ? 'reported' : 'not reported'}`
        : 'not sent';
    const rows = [...seen].map(([name, attack]) => ({
      name,
      monitor: said(attack, inMonitor),
      block: said(blocked.get(name), inBlock),
      traceId: attack.traceId,
    }));
    report(rows, found, platform.url, shop, credentials);
    return 'running' as const;
  };

  try {
    if ((await Promise.race([run(), interrupted])) === 'running') await interrupted;
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  } finally {
    await stop();
  }
}

await main();
process.exit();
