import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser'].find(
  existsSync,
);
const POLICY = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'";
const DEADLINE_MILLISECONDS = 60_000;

export interface Answer {
  refusesEval: boolean;
  verdicts: unknown;
}

/** Takes rulesets and requests as JSON; returns what a page in Chromium and a Web Worker of it post. */
export async function runInChromium(data: string): Promise<{ page: Answer; worker: Answer }> {
  if (CHROMIUM === undefined) {
    throw new Error('The browser tests need Chromium: make system, or apt-get install chromium');
  }
  const files = new Map([
    [
      '/',
      [
        'text/html',
        '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>',
      ],
    ],
    ['/page.js', ['text/javascript', await bundle('page.mjs')]],
    ['/web-worker.js', ['text/javascript', await bundle('web-worker.mjs')]],
    ['/data.json', ['application/json', data]],
  ]);
  const answers = new Map<string, (answer: Answer) => void>();
  const answered = (place: string) => new Promise<Answer>((resolve) => answers.set(`/${place}`, resolve));
  const server = createServer(async (request, response) => {
    if (request.method === 'POST') answers.get(request.url ?? '')?.(JSON.parse(await text(request)));
    const [type = 'text/plain', body = ''] = files.get(request.url ?? '') ?? [];
    response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const profile = mkdtempSync(join(tmpdir(), 'wardline-portability-'));
  try {
    const browser = await chromium.launchPersistentContext(profile, {
      executablePath: CHROMIUM,
      headless: true,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    try {
      const faults: string[] = [];
      const tab = await browser.newPage();
      const failed = new Promise<never>((_, reject) => {
        const fail = () => reject(new Error(`No verdicts from the browser. It says: ${faults.join('; ')}`));
        tab.on('console', (message) => faults.push(message.text()));
        tab.on('pageerror', (error) => {
          faults.push(error.message);
          fail();
        });
        setTimeout(fail, DEADLINE_MILLISECONDS).unref();
      });
      const both = Promise.all([answered('page'), answered('worker')]);
      await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      const [page, worker] = await Promise.race([both, failed]);
      return { page, worker };
    } finally {
      await browser.close();
    }
  } finally {
    server.closeAllConnections();
    server.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** A module of this directory with all that it imports, as one script for browsers. */
async function bundle(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, name)],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
  });
  return outputFiles[0]!.text;
}
