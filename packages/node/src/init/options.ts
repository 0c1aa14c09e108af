import { LOG_LEVELS, type LogLevel } from './log.ts';

/** What `init()` takes. Each has environment variables as well; see the table in the README. */
export interface InitOptions {
  enabled?: boolean;
  service?: string;
  env?: string;
  version?: string;
  /** The platform's address. */
  url?: string;
  apiKey?: string;
  /** `true` turns application security on in the mode of `appsecMode`. */
  appsec?: boolean | 'monitor' | 'block';
  appsecMode?: 'monitor' | 'block';
  /** Path of a ruleset file in place of the built-in rules. */
  rules?: string;
  trustedProxies?: number;
  sampleRate?: number;
  remoteConfig?: boolean;
  logLevel?: LogLevel;
}

/** Values of the options as parsed; `appsec` and `appsecMode` are still two. */
export interface OptionValues {
  enabled: boolean;
  service: string;
  env: string;
  version: string;
  url: string;
  apiKey: string;
  appsec: boolean | 'monitor' | 'block';
  appsecMode: 'monitor' | 'block';
  rules: string;
  trustedProxies: number;
  sampleRate: number;
  remoteConfig: boolean;
  logLevel: LogLevel;
}

export interface Option<T> {
  /**
   * Environment variables in order of precedence. `NAME:key` is the entry `key` of a variable that holds a list
   * (`key=value,key=value`).
   */
  env: readonly string[];
  /** Returns undefined for what is not accepted. */
  parse(value: unknown): T | undefined;
  /** What `parse` accepts, for the warning. */
  accepts: string;
  default: T;
  /** The default in words, where the value itself says too little. */
  defaultText?: string;
  doc: string;
}

/** The options of the agent: `resolveConfig` reads this table, and the README's table is checked against it. */
export const OPTIONS: { readonly [K in keyof OptionValues]: Option<OptionValues[K]> } = {
  enabled: {
    env: ['WARDLINE_ENABLED'],
    parse: parseBoolean,
    accepts: 'true or false',
    default: true,
    doc: 'Whether the agent does anything at all.',
  },
  service: {
    env: ['WARDLINE_SERVICE', 'OTEL_SERVICE_NAME', 'OTEL_RESOURCE_ATTRIBUTES:service.name', 'DD_SERVICE'],
    parse: parseText,
    accepts: 'a name',
    default: '',
    defaultText: "the name in the application's package.json, else `node`",
    doc: 'Name of the service.',
  },
  env: {
    env: [
      'WARDLINE_ENV',
      'OTEL_RESOURCE_ATTRIBUTES:deployment.environment.name',
      'OTEL_RESOURCE_ATTRIBUTES:deployment.environment',
      'DD_ENV',
    ],
    parse: parseText,
    accepts: 'a name',
    default: '',
    doc: 'Environment that the service runs in, such as `production`.',
  },
  version: {
    env: ['WARDLINE_VERSION', 'OTEL_RESOURCE_ATTRIBUTES:service.version', 'DD_VERSION'],
    parse: parseText,
    accepts: 'a version',
    default: '',
    doc: 'Version of the service.',
  },
  url: {
    env: ['WARDLINE_URL', 'DD_TRACE_AGENT_URL'],
    parse: parseUrl,
    accepts: 'an http:// or https:// URL',
    default: 'http://127.0.0.1:7070',
    doc: "The platform's address.",
  },
  apiKey: {
    env: ['WARDLINE_API_KEY'],
    parse: parseHeaderValue,
    accepts: 'an API key of the platform',
    default: '',
    doc: 'API key of the platform.',
  },
  appsec: {
    env: ['WARDLINE_APPSEC_ENABLED', 'DD_APPSEC_ENABLED'],
    parse: parseAppsec,
    accepts: 'true, false, monitor or block',
    default: false,
    doc: 'Application security: `monitor` reports attacks, `block` stops them, `true` is the mode of `appsecMode`. An explicit `false` cannot be overridden from the platform.',
  },
  appsecMode: {
    env: ['WARDLINE_APPSEC_MODE'],
    parse: (value) => (value === 'monitor' || value === 'block' ? value : undefined),
    accepts: 'monitor or block',
    default: 'monitor',
    doc: 'The mode where `appsec` is `true`.',
  },
  rules: {
    env: ['WARDLINE_APPSEC_RULES', 'DD_APPSEC_RULES'],
    parse: parseText,
    accepts: 'the path of a ruleset file',
    default: '',
    defaultText: 'the built-in rules',
    doc: "Path of a ruleset file (JSON, Datadog's format 2.x) in place of the built-in rules.",
  },
  trustedProxies: {
    env: ['WARDLINE_TRUSTED_PROXIES'],
    parse: parseCount,
    accepts: 'a whole number from 0 to 100',
    default: 0,
    doc: 'Number of reverse proxies in front of the service whose forwarding headers are believed when the client IP is determined.',
  },
  sampleRate: {
    env: ['WARDLINE_TRACE_SAMPLE_RATE', 'DD_TRACE_SAMPLE_RATE'],
    parse: parseRate,
    accepts: 'a number from 0 to 1',
    default: 1,
    doc: 'Share of traces that are kept. Traces with a security event are kept besides, up to 100 a second.',
  },
  remoteConfig: {
    env: ['WARDLINE_REMOTE_CONFIG'],
    parse: parseBoolean,
    accepts: 'true or false',
    default: true,
    doc: 'Whether rules, block list and mode are taken from the platform as they change there.',
  },
  logLevel: {
    env: ['WARDLINE_LOG_LEVEL'],
    parse: (value) => LOG_LEVELS.find((level) => level === word(value)),
    accepts: LOG_LEVELS.join(', '),
    default: 'warn',
    doc: 'What the agent writes to standard error.',
  },
};

/** A scalar as a lower-case word; empty for anything else. */
function word(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value).trim().toLowerCase()
    : '';
}

function parseBoolean(value: unknown): boolean | undefined {
  const text = word(value);
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  return undefined;
}

function parseAppsec(value: unknown): boolean | 'monitor' | 'block' | undefined {
  const text = word(value);
  return text === 'monitor' || text === 'block' ? text : parseBoolean(value);
}

function parseText(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? undefined : text;
}

function parseHeaderValue(value: unknown): string | undefined {
  const text = parseText(value);
  return text !== undefined && /^[\x21-\x7e]+$/.test(text) ? text : undefined;
}

function parseNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}

function parseCount(value: unknown): number | undefined {
  const count = parseNumber(value);
  return Number.isInteger(count) && count >= 0 && count <= 100 ? count : undefined;
}

function parseRate(value: unknown): number | undefined {
  const rate = parseNumber(value);
  return rate >= 0 && rate <= 1 ? rate : undefined;
}

/** An http(s) URL without a trailing slash, or undefined. */
export function parseUrl(value: unknown): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value.trim())) return undefined;
  const url = new URL(value.trim());
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  return url.href.replace(/\/+$/, '');
}
