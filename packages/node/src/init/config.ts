import { inspect } from 'node:util';
import type { LogLevel } from './log.ts';
import { type InitOptions, OPTIONS, type OptionValues, parseUrl } from './options.ts';

export type Mode = 'off' | 'monitor' | 'block';

/** The agent's settings, once and for all. What remote config can change is asked of the `Agent` instead. */
export interface Config {
  readonly enabled: boolean;
  readonly service: string;
  /** Empty where unknown. */
  readonly env: string;
  readonly version: string;
  /** The platform's address, without a trailing slash. */
  readonly url: string;
  /** Empty where none was given. */
  readonly apiKey: string;
  /** Where OTLP goes: the full URL of the traces endpoint. */
  readonly tracesUrl: string;
  /** Of the OTLP requests, beside the API key; names in lower case. */
  readonly tracesHeaders: Readonly<Record<string, string>>;
  /** `OTEL_RESOURCE_ATTRIBUTES`. */
  readonly resourceAttributes: Readonly<Record<string, string>>;
  /** The mode at the start. */
  readonly appsec: Mode;
  /** Application security was turned off explicitly: remote config does not turn it on. */
  readonly appsecPinnedOff: boolean;
  /** Path of a ruleset file, or empty for the built-in rules. */
  readonly rules: string;
  readonly trustedProxies: number;
  /** From 0 to 1. */
  readonly sampleRate: number;
  readonly remoteConfig: boolean;
  readonly logLevel: LogLevel;
}

export interface ResolvedConfig {
  config: Config;
  /** One sentence for each value that was not accepted. */
  warnings: string[];
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The settings by precedence: `options`, then the variables of each option in the order of its row in `OPTIONS`
 * (`WARDLINE_*`, `OTEL_*`, `DD_*`), then its default. A value that is not accepted is named in a warning and the
 * option's default holds. An empty variable counts as unset, as OpenTelemetry specifies.
 * `defaultService` is asked for the service's name where none was given. Never throws.
 */
export function resolveConfig(
  options: InitOptions,
  env: Environment,
  defaultService: () => string,
): ResolvedConfig {
  const warnings: string[] = [];
  const lists = new Map<string, Record<string, string>>();
  const explicit = new Map<keyof OptionValues, string>();

  const list = (name: string): Record<string, string> => {
    let entries = lists.get(name);
    if (entries === undefined) {
      const parsed = parseList(env[name] ?? '');
      if (parsed.rejected.length > 0) {
        warnings.push(
          `${name} has entries that are not key=value and are ignored: ${quote(parsed.rejected.join(', '))}`,
        );
      }
      entries = parsed.entries;
      lists.set(name, entries);
    }
    return entries;
  };

  const sources = function* (key: keyof OptionValues): Generator<[string, unknown]> {
    yield [`init({ ${key} })`, options[key]];
    for (const name of OPTIONS[key].env) {
      const colon = name.indexOf(':');
      yield [name, colon < 0 ? env[name] : list(name.slice(0, colon))[name.slice(colon + 1)]];
    }
  };

  const resolve = <K extends keyof OptionValues>(key: K): OptionValues[K] => {
    const option = OPTIONS[key];
    for (const [source, value] of sources(key)) {
      if (value === undefined || value === null || value === '') continue;
      const parsed = option.parse(value);
      if (parsed !== undefined) {
        explicit.set(key, source);
        return parsed;
      }
      // The value of a credential is not repeated: logs travel further than environments.
      const shown = key === 'apiKey' ? 'a value with spaces or characters outside ASCII' : quote(value);
      warnings.push(
        `${source} is ${shown}, which is not ${option.accepts}; using the default ${quote(option.defaultText ?? option.default)}`,
      );
      return option.default;
    }
    return option.default;
  };

  const unknown = Object.keys(options).filter((key) => !Object.hasOwn(OPTIONS, key));
  if (unknown.length > 0) {
    warnings.push(
      `init() does not know ${unknown.map(quote).join(', ')}; it takes ${Object.keys(OPTIONS).join(', ')}`,
    );
  }

  const url = resolve('url');
  const appsec = resolve('appsec');
  const appsecMode = resolve('appsecMode');
  const config: Config = {
    enabled: resolve('enabled'),
    service: resolve('service') || defaultService(),
    env: resolve('env'),
    version: resolve('version'),
    url,
    apiKey: resolve('apiKey'),
    tracesUrl: resolveTracesUrl(env, url, explicit.get('url'), warnings),
    tracesHeaders: lowerCaseKeys({
      ...list('OTEL_EXPORTER_OTLP_HEADERS'),
      ...list('OTEL_EXPORTER_OTLP_TRACES_HEADERS'),
    }),
    resourceAttributes: list('OTEL_RESOURCE_ATTRIBUTES'),
    appsec: appsec === true ? appsecMode : appsec === false ? 'off' : appsec,
    appsecPinnedOff: appsec === false && explicit.has('appsec'),
    rules: resolve('rules'),
    trustedProxies: resolve('trustedProxies'),
    sampleRate: resolve('sampleRate'),
    remoteConfig: resolve('remoteConfig'),
    logLevel: resolve('logLevel'),
  };
  return { config, warnings };
}

/**
 * Spans go to the platform where its address was given as ours; else to where OpenTelemetry's variables say
 * (OpenTelemetry specification, "OTLP exporter configuration": the traces endpoint is used as it is, the general one
 * is a base), else to the platform.
 */
function resolveTracesUrl(
  env: Environment,
  url: string,
  urlSource: string | undefined,
  warnings: string[],
): string {
  const platform = `${url}/v1/traces`;
  if (urlSource !== undefined && !urlSource.startsWith('DD_')) return platform;
  for (const [name, suffix] of [
    ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', ''],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', '/v1/traces'],
  ] as const) {
    const value = env[name];
    if (!value) continue;
    const endpoint = parseUrl(value);
    if (endpoint !== undefined) return endpoint + suffix;
    warnings.push(
      `${name} is ${quote(value)}, which is not ${OPTIONS.url.accepts}; sending spans to ${platform}`,
    );
    return platform;
  }
  return platform;
}

/** `key=value,key=value`, values percent-encoded (W3C Baggage syntax, as OpenTelemetry's variables use it). */
function parseList(text: string): { entries: Record<string, string>; rejected: string[] } {
  const entries: Record<string, string> = {};
  const rejected: string[] = [];
  for (const entry of text.split(',')) {
    if (entry.trim() === '') continue;
    const equals = entry.indexOf('=');
    const key = entry.slice(0, Math.max(equals, 0)).trim();
    if (key === '' || key === '__proto__') {
      rejected.push(entry.trim());
      continue;
    }
    const value = entry.slice(equals + 1).trim();
    try {
      entries[key] = decodeURIComponent(value);
    } catch {
      entries[key] = value;
    }
  }
  return { entries, rejected };
}

function lowerCaseKeys(record: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key.toLowerCase(), value]));
}

/** A value as it is shown in a log line: on one line, and not too long. */
function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : inspect(value, { depth: 1, breakLength: Infinity });
  return JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
}
