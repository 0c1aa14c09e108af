import { type Finding, findingOf } from './finding.ts';
import { isInRange, parseHostAddress } from './ip.ts';
import { FOUND, findInjection } from './occurrences.ts';
import { DEFAULT_SSRF_OPTIONS, type SsrfOptions } from './ssrf-options.ts';
import { splitUri, type Uri } from './uri.ts';

/** A URL that a request goes to, and what the policy says of it. */
export interface OutgoingUrl {
  readonly text: string;
  readonly options: SsrfOptions;
  /** Undefined if the URL has no authority: then only an input that is all of it can be found. */
  readonly uri: Uri | undefined;
  readonly hasForbiddenAddress: boolean;
  /** The forbidden domain that the host ends with. */
  readonly forbiddenDomain: string | undefined;
  readonly hasForbiddenScheme: boolean;
}

const MIN_INPUT_LENGTH = 4;

/** Takes an absolute URL as the client is to request it. */
export function outgoingUrl(url: string, options: SsrfOptions = DEFAULT_SSRF_OPTIONS): OutgoingUrl {
  const uri = splitUri(url) ?? undefined;
  const address = uri && parseHostAddress(uri.host);
  return {
    text: url,
    options,
    uri,
    hasForbiddenAddress:
      address !== undefined && options.forbiddenIps.some((range) => isInRange(address, range)),
    forbiddenDomain: options.forbiddenDomains.find((domain) => uri?.host.endsWith(domain)),
    hasForbiddenScheme: !!uri?.scheme && !options.allowedSchemes.includes(uri.scheme),
  };
}

/**
 * Whether an input decides where a request goes. As libddwaf's `ssrf_detector` has it, an input of four characters or
 * more is an injection if it
 * - begins in the authority and reaches two characters or more beyond it;
 * - is all of a host that is a forbidden address, or ends a host with a forbidden domain;
 * - brings a scheme that is not allowed, with its colon;
 * - with path inspection, holds `/` and a `..` part, or an encoded separator, and is not all of the path;
 * - with query inspection, begins the query or adds a parameter;
 * - is all of the URL, where that is forbidden.
 * With the policy enforced without injection, a forbidden destination is found whatever the input is.
 *
 * Deliberate differences from libddwaf:
 * - a forbidden destination counts although the input brought the scheme too, or all of the URL: an application that
 *   fetches what it is told to is not meant to fetch `http://169.254.169.254/`;
 * - hosts and schemes are compared in lower case and without a final dot; addresses are recognised in all the forms
 *   that resolvers take; all of 127.0.0.0/8 and 0.0.0.0/8 are forbidden;
 * - an input that brings the `@` before the host (`example.com@evil.com`), or a delimiter that cuts off the rest of
 *   the intended host (`evil.com/` before `.example.com`), counts;
 * - `%2e%2e` and a final `..` are parts that climb; beginning the query counts wherever the input ends;
 * - a URL with characters that RFC 3986 forbids is inspected, not passed over.
 */
export function detectSsrf(url: OutgoingUrl, input: string): Finding | null {
  const { text, uri, options } = url;
  if (options.forbidFullUrlInjection && input === text) return findingOf(text, input);
  if (!uri) return null;
  if (options.enforcePolicyWithoutInjection) {
    const violation = findPolicyViolation(url);
    if (violation) return violation;
  }
  const highlight = findInjection(text, input, MIN_INPUT_LENGTH, (start, end) =>
    isInjection(url, uri, start, end) ? FOUND : start + 1,
  );
  return findingOf(text, highlight);
}

/** Whether the URL goes where the policy forbids, with no regard to inputs. The highlight is its scheme and authority. */
export function findPolicyViolation(url: OutgoingUrl): Finding | null {
  const { text, uri, hasForbiddenAddress, forbiddenDomain, hasForbiddenScheme } = url;
  if (!(hasForbiddenAddress || forbiddenDomain !== undefined || hasForbiddenScheme)) return null;
  return uri ? findingOf(text, text.slice(0, uri.authorityEnd)) : null;
}

function isInjection(url: OutgoingUrl, uri: Uri, start: number, end: number): boolean {
  const { text, options } = url;
  if (url.hasForbiddenScheme && start === 0 && end > uri.scheme.length) return true;
  if (options.authorityInspection && reachesAuthority(url, uri, start, end)) return true;
  if (options.pathInspection && climbsPath(text, uri, start, end)) return true;
  return options.queryInspection && extendsQuery(text, uri, start, end);
}

function reachesAuthority(url: OutgoingUrl, uri: Uri, start: number, end: number): boolean {
  const { authorityStart, authorityEnd, hostStart, hostEnd } = uri;
  if (start >= authorityEnd || end <= authorityStart) return false;
  if (start >= authorityStart && end >= authorityEnd + 2) return true;
  if (url.hasForbiddenAddress && start <= hostStart && end >= hostEnd) return true;
  if (url.forbiddenDomain !== undefined && bringsDomain(url.text, uri, start, end, url.forbiddenDomain)) {
    return true;
  }
  if (start > authorityStart && start < hostStart && end >= hostEnd) return true;
  return end === authorityEnd + 1 && CUT_OFF.test(url.text.slice(end));
}

function bringsDomain(text: string, uri: Uri, start: number, end: number, domain: string): boolean {
  const from = Math.max(start, uri.hostStart);
  const to = Math.min(end, uri.hostEnd);
  return text.slice(from, to).toLowerCase().includes(domain);
}

/** What goes on where the delimiter ends the authority was to go on with the host. `/.well-known` is a usual path. */
const CUT_OFF = /^(?!\.well-known\/)[.@:]/;

function climbsPath(text: string, { authorityEnd, pathEnd }: Uri, start: number, end: number): boolean {
  if (start >= pathEnd || end <= authorityEnd) return false;
  if (end === pathEnd && (start === authorityEnd || start === authorityEnd + 1)) return false;
  const from = Math.max(start, authorityEnd);
  const to = Math.min(end, pathEnd);
  // A part of what is injected, between separators that may stand around it.
  const parts = text.slice(from - 1, to) + (to === pathEnd ? '/' : text[to]);
  return /%(?:2f|5c)/i.test(text.slice(start, end)) || /[/\\](?:\.|%2e){2}[/\\]/i.test(parts);
}

function extendsQuery(text: string, uri: Uri, start: number, end: number): boolean {
  const { queryStart, queryEnd, pathEnd } = uri;
  if (queryStart > pathEnd && start <= pathEnd && end > pathEnd) return true;
  return start < queryEnd && end > queryStart && text.slice(start, end).includes('&');
}
