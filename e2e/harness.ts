import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Platform, startPlatform } from '@wardline/platform';
import pino from 'pino';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** The Node.js of a major that the agent is tested on. */
export const nodeOf = (major: 20 | 22 | 24 | 26): string =>
  major === 24 ? process.execPath : join(root, `test/runtimes/node_modules/node${major}/bin/node`);

export interface TestPlatform {
  url: string;
  credentials: { adminEmail: string; adminPassword: string; apiKey: string; applicationKey: string };
  /** Asks the REST API with both keys. Rejects unless the answer's status is 2xx. */
  get<T>(path: string, query?: Record<string, string>): Promise<T>;
  close(): Promise<void>;
}

/** A real platform on a free port, with its data in a directory that is removed at the end. */
export async function startTestPlatform(): Promise<TestPlatform> {
  const directory = mkdtempSync(join(tmpdir(), 'wardline-e2e-'));
  const credentials = {
    adminEmail: 'admin@wardline.example',
    adminPassword: randomBytes(12).toString('base64url'),
    apiKey: randomBytes(16).toString('hex'),
    applicationKey: randomBytes(20).toString('hex'),
  };
  const platform: Platform = await startPlatform({
    port: 0,
    otlpPort: null,
    dataDirectory: directory,
    bootstrap: credentials,
    log: pino({ level: 'warn' }, pino.destination(2)),
  });
  return {
    url: platform.url,
    credentials,
    async get(path, query) {
      const search = query ? `?${new URLSearchParams(query)}` : '';
      const response = await fetch(`${platform.url}${path}${search}`, {
        headers: { 'dd-api-key': credentials.apiKey, 'dd-application-key': credentials.applicationKey },
      });
      if (!response.ok) throw new Error(`GET ${path} answered ${response.status}: ${await response.text()}`);
      return response.json() as Promise<never>;
    },
    async close() {
      await platform.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Asks again and again until the answer is not undefined; rejects with what is missing after some seconds. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  seconds = 5,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`After ${seconds} s there is no ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

export interface EventAttributes {
  activity: string;
  type: string;
  rule_id: string;
  service: string;
  trace_id: string;
  blocked: boolean;
  value: string;
  stack: { frames: { file: string; line: number; function: string; in_app: boolean }[] } | null;
}

/** Security events that a query finds, newest first. */
export async function securityEvents(platform: TestPlatform, query: string): Promise<EventAttributes[]> {
  const { data } = await platform.get<{ data: { attributes: EventAttributes }[] }>(
    '/api/v2/security/events',
    {
      'filter[query]': query,
      'page[limit]': '1000',
    },
  );
  return data.map(({ attributes }) => attributes);
}

export interface SignalResource {
  id: string;
  attributes: {
    status: string;
    custom: { title: string; workflow: { rule: { id: string; name: string } } };
  };
}

export async function signals(platform: TestPlatform, query: string): Promise<SignalResource[]> {
  const { data } = await platform.get<{ data: SignalResource[] }>('/api/v2/security_monitoring/signals', {
    'filter[query]': query,
    'filter[from]': 'now-1h',
    'page[limit]': '100',
  });
  return data;
}

export interface TraceSpan {
  service: string;
  name: string;
  kind: string;
  meta: Record<string, string>;
}

export async function trace(platform: TestPlatform, id: string): Promise<TraceSpan[]> {
  const answer = await platform.get<{ data: { attributes: { spans: TraceSpan[] } } }>(`/api/v2/trace/${id}`);
  return answer.data.attributes.spans;
}
