/** The UI in a real browser: from signing in to the attack inside its trace, without an error on the console. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { type Exploit, exploits, type Shop, send, startShop } from '../examples/shop/run/index.ts';
import { eventually, signals, startTestPlatform, type TestPlatform } from './harness.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser'].find(
  existsSync,
);
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeViolation {
  id: string;
  nodes: { html: string }[];
}

/** What axe finds on a page, in a line each. */
async function accessibilityFaults(page: Page): Promise<string[]> {
  // Through the debugger, because the page's content security policy allows no inline script.
  await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: AxeViolation[] }> } };
    return (await axe.run()).violations;
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

describe('the UI in Chromium', () => {
  let platform: TestPlatform;
  let shop: Shop;
  let browser: BrowserContext;
  let page: Page;
  let attack: Exploit;
  const profile = mkdtempSync(join(tmpdir(), 'wardline-chromium-'));
  const faults: string[] = [];

  before(async () => {
    assert.ok(CHROMIUM, 'The browser tests need Chromium: make system, or apt-get install chromium');
    platform = await startTestPlatform();
    const { apiKey } = platform.credentials;
    shop = await startShop({ platformUrl: platform.url, apiKey, mode: 'monitor', env: 'staging' });
    attack = exploits(shop.internal.url)[0] as Exploit;
    await send(shop.url, attack);
    await eventually('signal', async () => (await signals(platform, 'status:critical'))[0]);
    browser = await chromium.launchPersistentContext(profile, {
      executablePath: CHROMIUM,
      headless: true,
      viewport: { width: 1440, height: 900 },
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
    page = await browser.newPage();
    page.setDefaultTimeout(10_000);
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning')
        faults.push(`${message.text()} ${message.location().url}`);
    });
    page.on('pageerror', (error) => faults.push(error.message));
  });
  after(async () => {
    await browser?.close();
    await shop?.stop();
    await platform?.close();
    rmSync(profile, { recursive: true, force: true });
  });

  it('asks to sign in, and refuses a wrong password', async () => {
    await page.goto(`${platform.url}/`);
    await page.waitForURL('**/login*');
    await page.getByLabel('Email').waitFor();
    assert.deepEqual(await accessibilityFaults(page), []);
    await page.getByLabel('Email').fill(platform.credentials.adminEmail);
    await page.getByLabel('Password').fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
  });

  it('shows the signals', async () => {
    await page.getByLabel('Password').fill(platform.credentials.adminPassword);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/signals*');
    await page.getByRole('table', { name: 'Signals' }).getByText('SQL injection exploited').waitFor();
    assert.deepEqual(await accessibilityFaults(page), []);
  });

  it('opens the signal with its attack', async () => {
    await page.getByRole('table', { name: 'Signals' }).getByText('SQL injection exploited').click();
    await page.waitForURL('**/signals/*');
    const panel = page.getByRole('region', { name: 'Signal', exact: true });
    await panel.getByRole('list', { name: 'Sample attacks' }).getByText('UNION SELECT').first().waitFor();
    await panel
      .getByText(/src\/orders\.cjs:\d+/)
      .first()
      .waitFor();
    assert.deepEqual(await accessibilityFaults(page), []);
  });

  it('opens the trace: three tiers, the query, the attack and the code path', async () => {
    await page
      .getByRole('link', { name: /^Open trace/ })
      .first()
      .click();
    await page.waitForURL('**/traces/*');
    const spans = page.getByRole('tree', { name: 'Spans' });
    await spans
      .getByRole('treeitem', { name: /gateway/ })
      .first()
      .waitFor();
    await spans
      .getByRole('treeitem', { name: /orders/ })
      .first()
      .waitFor();
    await page
      .getByRole('list', { name: 'Code path' })
      .getByText(/src\/orders\.cjs/)
      .first()
      .waitFor();
    const text = (await page.getByRole('main').textContent()) ?? '';
    assert.match(text, /exploit-sql-injection|SQL injection exploit/);
    assert.match(text, /nothing' UNION SELECT id, email, 0 FROM users --/);
    assert.match(text, /SELECT id, name, price FROM products/);
    assert.deepEqual(await accessibilityFaults(page), []);
  });

  it('works on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    for (const path of ['/signals', new URL(page.url()).pathname]) {
      await page.goto(platform.url + path);
      await page.getByRole('main').waitFor();
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `${path} is ${overflow} px wider than the screen`);
    }
  });

  it('signs out', async () => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByLabel(/^User menu/).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL('**/login*');
  });

  it('has printed no error or warning on the console, but for the wrong password that the browser reports', () => {
    assert.deepEqual(
      faults.map((fault) => fault.replace(platform.url, '')),
      ['Failed to load resource: the server responded with a status of 401 (Unauthorized) /api/v2/session'],
    );
  });
});
