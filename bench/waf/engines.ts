/** Both engines behind one function each: a request in a context of its own. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import appsec from '@datadog/native-appsec';
import { compile, type Ruleset, type Waf } from '../../packages/waf/src/index.ts';
import type { Addresses } from './requests.ts';

/** Microseconds, for both: nothing is to be cut short by the clock. */
const TIMEOUT = 10_000_000;

/** Those that `@datadog/native-appsec` has, for both; this engine's defaults are higher. */
const LIBDDWAF_LIMITS = { stringLength: 4096, containerSize: 256, depth: 20 };

export type Check = (request: Addresses) => { events?: unknown[] };

/** Datadog's ruleset, as dd-trace ships it. */
export function recommendedRules(): Ruleset {
  const file = 'dd-trace/packages/dd-trace/src/appsec/recommended.json';
  return JSON.parse(readFileSync(createRequire(import.meta.url).resolve(file), 'utf8'));
}

export interface Engine {
  check: Check;
  /** Installs a second configuration. */
  update: (configuration: object) => void;
}

export function openWardline(ruleset: object): Engine & { waf: Waf } {
  const waf = compile(ruleset, { limits: { ...LIBDDWAF_LIMITS, timeout: TIMEOUT } });
  return {
    waf,
    check: (request) => waf.newContext().run(request),
    update: (configuration) => void waf.update('second', configuration),
  };
}

/** Limits as above. */
export function openLibddwaf(ruleset: object): Engine & { version: string } {
  const engine = new appsec.DDWAF(ruleset as never, 'recommended', {});
  return {
    version: appsec.DDWAF.version(),
    check(request) {
      const context = engine.createContext();
      const result = context.run({ persistent: request } as never, TIMEOUT);
      context.dispose();
      return result as { events?: unknown[] };
    },
    update: (configuration) => void engine.createOrUpdateConfig(configuration as never, 'second'),
  };
}
