/** Loads an engine with Datadog's rules in a fresh process and prints what it took as JSON. Argument: the engine. */
import { openLibddwaf, openWardline, recommendedRules } from './engines.ts';
import { Random } from './random.ts';
import { benignPost } from './requests.ts';

const MEGABYTE = 1024 * 1024;
const settle = (globalThis as { gc?: () => void }).gc ?? (() => {});

const rules = recommendedRules();
const request = benignPost(new Random(1));
settle();
const before = process.memoryUsage();

const loading = performance.now();
const { check, update } = process.argv[2] === 'libddwaf' ? openLibddwaf(rules) : openWardline(rules);
const load = performance.now() - loading;
const firstRequest = performance.now();
check(request);
const first = performance.now() - firstRequest;
settle();
const after = process.memoryUsage();
const blocklist = timeOfBlocklist(update);

console.log(
  JSON.stringify({
    load,
    first,
    heap: (after.heapUsed - before.heapUsed) / MEGABYTE,
    buffers: (after.arrayBuffers - before.arrayBuffers) / MEGABYTE,
    resident: (after.rss - before.rss) / MEGABYTE,
    blocklist,
  }),
);

function timeOfBlocklist(install: (data: object) => void): number {
  const data = Array.from({ length: 100_000 }, (_, i) => ({
    value: `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`,
    expiration: 0,
  }));
  const start = performance.now();
  install({ version: '2.2', rules_data: [{ id: 'blocked_ips', type: 'ip_with_expiration', data }] });
  return performance.now() - start;
}
