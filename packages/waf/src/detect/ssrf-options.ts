import type { IpNetwork } from '../match/ip-address.ts';
import { words } from '../word-list.ts';
import { parseIpRange } from './ip.ts';

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
  readonly forbiddenIps: readonly IpNetwork[];
}

const DEFAULTS = {
  authorityInspection: true,
  pathInspection: false,
  queryInspection: false,
  forbidFullUrlInjection: false,
  enforcePolicyWithoutInjection: false,
  allowedSchemes: words('https http ftps ftp'),
  forbiddenDomains: words(
    'metadata.google .local .internal localhost localtest.me ram.aliyuncs.com burpcollaborator.net ifconfig.pro ' +
      'fuf.me ulh.us',
  ),
  // This host, private and shared networks, link-local addresses with the clouds' metadata services.
  forbiddenIps: words(
    '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.168.0.0/16 ::/128 ::1/128 ' +
      'fc00::/7 fe80::/10',
  ),
};

/**
 * Reads the options of a rule's `ssrf_detector` condition: `parameters.options` and `parameters.policy` as they stand
 * in the ruleset, with kebab-case keys. What is absent or of another type has its default; a range that is none is
 * left out.
 */
export function readSsrfOptions(options?: unknown, policy?: unknown): SsrfOptions {
  const given: Record<string, unknown> = { ...(options as object), ...(policy as object) };
  const read = Object.entries(DEFAULTS).map(([name, byDefault]) => {
    const value = given[name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)];
    if (Array.isArray(byDefault) && Array.isArray(value)) {
      return [name, value.filter((item) => typeof item === 'string').map((item) => item.toLowerCase())];
    }
    return [name, typeof value === 'boolean' && typeof byDefault === 'boolean' ? value : byDefault];
  });
  const { forbiddenIps, ...others }: typeof DEFAULTS = Object.fromEntries(read);
  return { ...others, forbiddenIps: forbiddenIps.flatMap((text) => parseIpRange(text) ?? []) };
}

export const DEFAULT_SSRF_OPTIONS = readSsrfOptions();
