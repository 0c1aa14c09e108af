/** Takes the pictures of docs/images: the shop under attack, in the real UI. `node --conditions=source scripts/screenshots.ts` */
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { eventually, root, securityEvents, signals, startTestPlatform } from '../e2e/harness.ts';
import { ATTEMPTS, BENIGN, bruteForce, exploits, send, startShop } from '../examples/shop/run/index.ts';

const VIEWPORT = { width: 1440, height: 860 };
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];

const platform = await startTestPlatform();
const shop = await startShop({
  platformUrl: platform.url,
  apiKey: platform.credentials.apiKey,
  mode: 'monitor',
  env: 'production',
});
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ARGUMENTS });
try {
  for (let round = 0; round < 3; round++) for (const request of BENIGN) await send(shop.url, request);
  for (const request of [...exploits(shop.internal.url), ...ATTEMPTS, ...bruteForce(45)]) {
    await send(shop.url, request);
  }
  await eventually(
    'signals',
    async () => {
      const found = await signals(platform, 'env:production');
      return found.length >= 8 ? found : undefined;
    },
    20,
  );
  const [event] = await securityEvents(platform, '@appsec.rule_id:exploit-sql-injection');

  const page = await browser.newPage({ viewport: VIEWPORT, colorScheme: 'light' });
  await page.goto(`${platform.url}/login`);
  await page.getByLabel('Email').fill(platform.credentials.adminEmail);
  await page.getByLabel('Password').fill(platform.credentials.adminPassword);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('table', { name: 'Signals' }).getByRole('row').nth(5).waitFor();
  await page.screenshot({ path: join(root, 'docs/images/signals.png') });
  await page.goto(`${platform.url}/traces/${event?.trace_id}`);
  await page
    .getByRole('treeitem', { name: /accounts/ })
    .first()
    .waitFor();
  await page.screenshot({ path: join(root, 'docs/images/trace.png') });
} finally {
  await browser.close();
  await shop.stop();
  await platform.close();
}
