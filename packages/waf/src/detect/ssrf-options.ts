import { type IpRange, parseIpRange } from './ip.ts';

/** What of a URL is inspected, and where a request may not go. */
export interface SsrfOptions {
  /** Inputs that replace the host, or a part of it and what follows. Default true. */
  readonly authorityInspection: boolean;
  /** Inputs that climb out of the path. Default false. */
  readonly pathInspection: boolean;
  /** Inputs that begin the query, or add to it. Default false. */
  readonly queryInspection: boolean;
  /** An input that is all of the URL. Default false: some applications fetch what they are told to. */
  readonly forbidFullUrlInjection: boolean;
  /** Forbidden destinations, whether or not they come of an input. Default false. */
  readonly enforcePolicyWithoutInjection: boolean;
  /** In lower case. */
  readonly allowedSchemes: readonly string[];
  /** In lower case; a host is forbidden that ends with one. */
  readonly forbiddenDomains: readonly string[];
  readonly forbiddenIps: readonly IpRange[];
}

/** This host, private and shared networks, link-local addresses with the clouds' metadata services. */
const FORBIDDEN_IPS = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.168.0.0/16', '::/128', '::1/128', 'fc00::/7', 'fe80::/10'],
];

const FORBIDDEN_DOMAINS = [
  ...['metadata.google', '.local', '.internal', 'localhost', 'localtest.me', 'ram.aliyuncs.com'],
  ...['burpcollaborator.net', 'ifconfig.pro', 'fuf.me', 'ulh.us'],
];

export const DEFAULT_SSRF_OPTIONS: SsrfOptions = {
  authorityInspection: true,
  pathInspection: false,
  queryInspection: false,
  forbidFullUrlInjection: false,
  enforcePolicyWithoutInjection: false,
  allowedSchemes: ['https', 'http', 'ftps', 'ftp'],
  forbiddenDomains: FORBIDDEN_DOMAINS,
  forbiddenIps: FORBIDDEN_IPS.flatMap((text) => parseIpRange(text) ?? []),
};

/**
 * Reads the options of a rule's `ssrf_detector` condition: `parameters.options` and `parameters.policy` as they stand
 * in the ruleset, with kebab-case keys. What is absent or of another type has its default; a range that is none is
 * left out.
 */
export function readSsrfOptions(options: unknown, policy?: unknown): SsrfOptions {
  const given: Record<string, unknown> = { ...asRecord(options), ...asRecord(policy) };
  const flag = (name: string, byDefault: boolean) =>
    typeof given[name] === 'boolean' ? (given[name] as boolean) : byDefault;
  const list = (name: string): string[] | undefined =>
    Array.isArray(given[name])
      ? given[name].filter((item) => typeof item === 'string').map((item) => item.toLowerCase())
      : undefined;
  const defaults = DEFAULT_SSRF_OPTIONS;
  return {
    authorityInspection: flag('authority-inspection', defaults.authorityInspection),
    pathInspection: flag('path-inspection', defaults.pathInspection),
    queryInspection: flag('query-inspection', defaults.queryInspection),
    forbidFullUrlInjection: flag('forbid-full-url-injection', defaults.forbidFullUrlInjection),
    enforcePolicyWithoutInjection: flag(
      'enforce-policy-without-injection',
      defaults.enforcePolicyWithoutInjection,
    ),
    allowedSchemes: list('allowed-schemes') ?? defaults.allowedSchemes,
    forbiddenDomains: list('forbidden-domains') ?? defaults.forbiddenDomains,
    forbiddenIps: list('forbidden-ips')?.flatMap((text) => parseIpRange(text) ?? []) ?? defaults.forbiddenIps,
  };
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
