import { createContext } from './context.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import type { Program } from './program.ts';

/** Ordinary text, and some of what attacks are made of, so that matching and reporting run once too. */
const SAMPLES = [
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Safari/537.36',
  '{"name": "Jane Doe", "items": [{"sku": "A-1042", "price": 12.5}], "note": "Thanks!"}',
  '%27+OR+1=1+UNION+SELECT+*+FROM+users--+<script>alert(document.cookie)</script>',
  ';cat /etc/passwd || ../../../../etc/passwd & $(curl http://169.254.169.254/)',
];

/**
 * Runs a program a few times over made-up values. Automata build their states on first use and the runtime compiles
 * what has run before, so the first request would otherwise take several times its budget, and the attack in it would
 * pass. Takes some milliseconds.
 */
export function warmUp(program: Program): void {
  const limits = { ...DEFAULT_LIMITS, timeout: Number.POSITIVE_INFINITY };
  for (const sample of SAMPLES) {
    const addresses = [...program.addresses.keys()].map((address) => [address, { sample: [sample] }]);
    createContext(program, { limits, clock: () => 0 }).run(Object.fromEntries(addresses));
  }
}
