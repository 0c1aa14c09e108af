import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Row } from '../report.ts';
import { median } from '../timing.ts';

const PROCESSES = 5;

/** Loading 200 rules where nothing is warm: medians over processes that do only that. */
export function measureLoad(): Row[] {
  return ['wardline', 'libddwaf'].map((engine) => {
    const samples = Array.from({ length: PROCESSES }, () => loadOnce(engine));
    const of = (name: string) => median(samples.map((sample) => sample[name]!));
    return {
      engine,
      'load ms': of('load'),
      'first request ms': of('first'),
      'heap MB': of('heap'),
      'array buffers MB': of('buffers'),
      'resident MB': of('resident'),
      'blocklist of 100,000 IPs ms': of('blocklist'),
    };
  });
}

function loadOnce(engine: string): Record<string, number> {
  const script = fileURLToPath(new URL('./load-once.ts', import.meta.url));
  const output = execFileSync(process.execPath, ['--expose-gc', '--conditions=source', script, engine], {
    encoding: 'utf8',
  });
  return JSON.parse(output);
}
