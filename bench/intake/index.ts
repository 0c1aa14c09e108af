/** The platform's intake, OTLP protobuf until it can be queried, beside chDB's own bulk insert. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPlatform } from '@wardline/platform';
import pino from 'pino';
import type { Report, Row } from '../report.ts';
import type { Load, Sent } from './client.ts';

const SECONDS = 4;
const API_KEY = '0123456789abcdef0123456789abcdef';
const APPLICATION_KEY = `${API_KEY}01234567`;
/** Few agents, many agents, and OpenTelemetry's collector as it is configured by default. */
const LOADS = [
  { connections: 16, spansPerRequest: 512 },
  { connections: 64, spansPerRequest: 512 },
  { connections: 10, spansPerRequest: 8192 },
];

/** Takes about half a minute. Client, platform and event store share the machine. Reports each step as it begins. */
export async function benchmarkIntake(progress: (step: string) => void): Promise<Report> {
  const environment = { node: process.versions.node, processor: `${cpus().length} × ${cpus()[0]?.model}` };
  progress('chDB');
  const before = await inDirectory(bulkInsert);
  const rows: Row[] = [];
  for (const load of LOADS) {
    progress(`${load.connections} connections, ${load.spansPerRequest} spans a request`);
    rows.push(await inDirectory((directory) => intake(directory, load)));
  }
  progress('chDB once more');
  const bulk = (before + (await inDirectory(bulkInsert))) / 2;
  return {
    environment,
    tables: {
      'Spans until they can be queried': [
        { load: "chDB's own bulk insert", 'spans/s': Math.round(bulk), ratio: 1 },
        ...rows.map((row) => ({ ...row, ratio: Number(row['spans/s']) / bulk })),
      ],
    },
  };
}

async function bulkInsert(directory: string): Promise<number> {
  const child = fork(new URL('./bulk-insert.ts', import.meta.url), [join(directory, 'chdb'), '2'], {
    stdio: ['pipe', 'inherit', 'inherit', 'ipc'],
  });
  // With an INSERT, chDB also takes rows from standard input.
  child.stdin?.end();
  return message<number>(child);
}

async function intake(dataDirectory: string, load: Omit<Load, 'url' | 'headers' | 'seconds'>): Promise<Row> {
  const platform = await startPlatform({
    port: 0,
    otlpPort: null,
    dataDirectory,
    log: pino({ level: 'warn' }),
    bootstrap: {
      adminEmail: 'bench@example.com',
      adminPassword: 'no more than a benchmark',
      apiKey: API_KEY,
      applicationKey: APPLICATION_KEY,
    },
  });
  try {
    const headers = { 'dd-api-key': API_KEY, 'dd-application-key': APPLICATION_KEY };
    const full: Load = { ...load, url: platform.url, headers, seconds: SECONDS };
    const client = fork(new URL('./client.ts', import.meta.url), [JSON.stringify(full)]);
    await message(client);
    const cpu = process.cpuUsage();
    client.send('start');
    const { spans, refused, seconds, times } = await message<Sent>(client);
    const { user, system } = process.cpuUsage(cpu);
    return {
      load: `${load.connections} connections × ${load.spansPerRequest} spans`,
      'spans/s': Math.round(spans / seconds),
      ratio: 0,
      'µs of CPU a span, without the store': (user + system) / spans,
      'median ms': times[times.length >> 1]!,
      'p99 ms': times[Math.floor(0.99 * times.length)]!,
      refused,
    };
  } finally {
    await platform.close();
  }
}

async function message<T>(child: ChildProcess): Promise<T> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${child.spawnargs.at(-2)} ended with ${code}`);
  });
  const [value] = await Promise.race([once(child, 'message'), ended]);
  return value as T;
}

async function inDirectory<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'wardline-bench-'));
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
