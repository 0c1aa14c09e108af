/**
 * A platform in a process of its own, which tests can kill, and whose disk they can fill. It is forked with the data
 * directory as its argument, and reports its URL; `fill` takes what room the event store's disk has, `free` gives it
 * back. A `NODE_CHANNEL_FD` passes through `unshare` too.
 */
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { startPlatform } from '../src/index.ts';
import { ADMIN, API_KEY, APPLICATION_KEY, silent } from './harness.ts';

const [dataDirectory] = process.argv.slice(2) as [string];
const filler = join(dataDirectory, 'clickhouse', 'filler');

function fill(): void {
  const file = openSync(filler, 'w');
  for (let size = 1 << 20; size > 0; ) {
    try {
      writeSync(file, new Uint8Array(size));
    } catch {
      size >>= 1;
    }
  }
  closeSync(file);
}

process.on('message', (message) => {
  if (message === 'fill') fill();
  else rmSync(filler);
  process.send?.({ done: message });
});

const { url } = await startPlatform({
  port: 0,
  otlpPort: null,
  dataDirectory,
  log: silent,
  bootstrap: {
    adminEmail: ADMIN.email,
    adminPassword: ADMIN.password,
    apiKey: API_KEY,
    applicationKey: APPLICATION_KEY,
  },
});
process.send?.({ url });
