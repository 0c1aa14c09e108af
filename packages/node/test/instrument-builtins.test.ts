import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { SPAN_KIND } from '@wardline/telemetry';
import { type App, startApp } from './harness/app.ts';
import { type Bundle, bundleAgent } from './harness/bundle.ts';
import { type Receiver, startReceiver, type Trace } from './harness/receiver.ts';
import {
  FILE_SINKS,
  HTTP_SINKS,
  PROGRAM_SINKS,
  SHELL_SINKS,
  SQLITE_SINKS,
  UNDICI_SINKS,
} from './harness/sink-cases.ts';
import { testSink } from './harness/sink-tests.ts';
import { startTarget, type Target } from './harness/target.ts';
import { RUNTIMES } from './support/runtimes.ts';

let bundle: Bundle;
let receiver: Receiver;
let target: Target;
before(async () => {
  [bundle, receiver, target] = await Promise.all([bundleAgent(), startReceiver(), startTarget()]);
});
after(async () => {
  rmSync(join(import.meta.dirname, 'apps/files/written.txt'), { force: true });
  await Promise.all([receiver.close(), target.close()]);
});

for (const runtime of RUNTIMES) {
  // Their minimum is Node 22.
  const isModern = runtime.name !== 'node20';
  const sinks = [...SHELL_SINKS, ...PROGRAM_SINKS, ...FILE_SINKS, ...(isModern ? SQLITE_SINKS : [])];
  const outgoing = [...HTTP_SINKS, ...(isModern ? UNDICI_SINKS : [])];
  for (const file of ['http.cjs', 'http.mjs']) {
    for (const mode of ['monitor', 'block'] as const) {
      describe(`${file}, ${runtime.name}, ${mode} mode`, { concurrency: 16 }, () => {
        let app: App;
        before(async () => {
          const env = { TARGET_PORT: String(target.port) };
          app = await startApp({ bundle, receiver, file, runtime, mode, env });
        });
        after(() => app?.stop());

        for (const sink of sinks) testSink(sink, mode, () => app);
        for (const sink of outgoing) testSink(sink, mode, () => app, isPassedOn);
      });
    }
  }
}

/** The service that was asked has got the client span as its parent, once. */
function isPassedOn({ entry, spans }: Trace): void {
  const passedOn = target.traceparents.filter((header) => header?.includes(entry.traceId));
  const client = spans.find(({ kind }) => kind === SPAN_KIND.client);
  assert.deepEqual(passedOn, [`00-${entry.traceId}-${client?.spanId}-01`]);
}
