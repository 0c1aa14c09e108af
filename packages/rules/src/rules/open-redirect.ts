import type { InputDefinition } from '@wardline/waf';
import { RAW_URI, type RuleSource } from '../rule.ts';

const redirect = (rule: Omit<RuleSource, 'type' | 'owasp' | 'cwe' | 'capec'>): RuleSource => ({
  ...rule,
  type: 'open_redirect',
  owasp: 'A01:2021',
  cwe: '601',
  capec: '1000/156/151/98',
});

/** What such names end in. */
const WHAT = '(?:[_-]?(?:to|url|uri|path|page|link|target|host|after_?log(?:in|out)))*';

/** An address up to a parameter. Texts that begin otherwise are done with at their first character. */
const QUERY = String.raw`^/\S*`;

/**
 * A parameter of the address whose name says where a browser goes next, or that it holds a URL, to its equals sign. It
 * is read in the address as it came, because key paths know no parts of names (`loginRedirect`, `x[next]`).
 */
const PARAMETER = String.raw`${QUERY}(?:(?:redir(?:ect(?:ed|ion)?)?|return|url|uri|continue|goto|forward|callback|dest(?:ination)?|next|target|link|href|location|referr?er|relaystate|wreply|jump|success|cancel|checkout)${WHAT}|[?&;._[-](?:go|to|r|u|ru|out|ret|fwd|back|exit|service|login|logout))(?:\]|%5d)?=`;

/** Of those names the ones that hold nothing but where to go, never an image or a link to show. */
const DESTINATION = String.raw`${QUERY}(?:(?:redir(?:ect(?:ed|ion)?)?|return|continue|goto|forward|dest(?:ination)?|next|relaystate|wreply|callback|success|cancel)${WHAT}|[?&;._[-](?:go|to|r|ru|ret|fwd|back|exit|login|logout))(?:\]|%5d)?=`;

/** The same fields of a form or of JSON, by the names that are usual. */
const FIELDS: readonly InputDefinition[] = [
  'next',
  'redirect',
  'redirect_to',
  'redirect_uri',
  'redirect_url',
  'redirectTo',
  'redirectUri',
  'redirectUrl',
  'return',
  'return_to',
  'return_url',
  'returnTo',
  'returnUrl',
  'returnURL',
  'ReturnUrl',
  'continue',
  'goto',
  'dest',
  'destination',
  'target',
  'callback',
  'callback_url',
  'callbackUrl',
  'url',
  'forward',
  'RelayState',
].map((name) => ({ address: 'server.request.body', key_path: [name] }));

/** Characters in an address, as they are or encoded, once or twice. */
const encoded = (character: string, hex: string) => String.raw`(?:${character}|%(?:25)?${hex})`;
const SLASH = encoded('/', '2f');
const BACKSLASH = encoded(String.raw`\\`, '5c');
const COLON = encoded(':', '3a');
const NOTHING = String.raw`(?:%(?:25)?(?:0[0-9a-f]|1[0-9a-f]|20|00)|\+)`;
const EITHER = `(?:${SLASH}|${BACKSLASH})`;
/** An encoded character that is neither of the slashes, nor what ends a host. */
const ENCODED_OTHER = String.raw`%(?:25)?(?:[0146-9a-f][\da-f]|2[0-246-9a-e]|3[0-9a-e]|5[0-9abd-f])`;
/** Before a scheme or host, dropped by browsers or left by filters. */
const LEAD = `(?:%3c%3e|<>|${NOTHING})*`;

export const OPEN_REDIRECT: readonly RuleSource[] = [
  redirect({
    id: 'redirect-other-host',
    name: 'Open redirect: a URL without a scheme, written so that it seems to be a path',
    confidence: 'high',
    severity: 'medium',
    about:
      'Where a browser goes next begins with a backslash, with a slash and what browsers drop or turn into one, or with three slashes: a path for who checks it, another host for the browser. Own paths begin with one slash.',
    inputs: RAW_URI,
    transformers: [],
    regex: String.raw`${PARAMETER}${LEAD}(?:${SLASH}*${BACKSLASH}${EITHER}*|${SLASH}${NOTHING}+${EITHER}|${SLASH}{3,}${BACKSLASH}?)(?:${NOTHING}|${EITHER})*[\w[.%@-]`,
  }),
  redirect({
    id: 'redirect-scheme-relative',
    name: 'Open redirect: a URL that begins with two slashes',
    confidence: 'medium',
    severity: 'medium',
    about:
      'Where a browser goes next begins with two slashes: the path of another host for who checks only the first one. Old links to images begin like that, so it is only reported.',
    inputs: RAW_URI,
    transformers: [],
    regex: String.raw`${PARAMETER}${LEAD}${SLASH}{2}(?:[\w[@-]|%[2-9a-f])`,
  }),
  redirect({
    id: 'redirect-scheme-relative-host',
    name: 'Open redirect: two slashes and a host’s name where a path should be',
    confidence: 'high',
    severity: 'medium',
    about:
      'The same in a parameter that only says where to go next, with a dot in the first part, as hosts have and the first folder of a path, left by joining two paths badly, has not.',
    inputs: RAW_URI,
    transformers: [],
    regex: String.raw`${DESTINATION}${LEAD}${SLASH}{2}[\w-]+\.[\w-]`,
  }),
  redirect({
    id: 'redirect-appended-host',
    name: 'Open redirect: a value that makes the host before it another',
    confidence: 'medium',
    severity: 'medium',
    about:
      'Where to go next begins with a dot or an at sign and a host’s name. Appended to the own host, `https://shop.example` and `.evil.example`, it makes another host of it.',
    inputs: RAW_URI,
    transformers: [],
    regex: String.raw`${DESTINATION}(?:\.|%2e|(?:/|%2f)?(?:;|%3b)?(?:@|%40))[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|io|info|biz|example|test|tld|xyz|site|[a-z]{2})(?:[/:?#&]|%2f|$)`,
  }),
  redirect({
    id: 'redirect-other-host-value',
    name: 'Open redirect: the address of another host that seems to be a path, in a field',
    confidence: 'medium',
    severity: 'medium',
    about:
      'The same in a field of a form or of JSON whose name says that it is where a browser goes next. Such fields hold links to images too, so it is only reported.',
    inputs: FIELDS,
    regex: String.raw`^[\s\x00-\x20<>]*(?:(?:/*\\[\\/\s]*|/[\t\r\n ]+[\\/]|/{3,})[\s\\/]*[\w[@-]|//[\w-]+\.[a-z])`,
  }),
  redirect({
    id: 'redirect-odd-scheme',
    name: 'Open redirect: a scheme without its two slashes, or behind a slash',
    confidence: 'high',
    severity: 'medium',
    about:
      'Browsers read `https:host`, `https:/host`, `https:\\host` and `https:///host` as the same; who looks for `://` and a host sees none. A path that begins with a whole URL deceives in the same way.',
    inputs: RAW_URI,
    transformers: [],
    regex: String.raw`${PARAMETER}(?:${EITHER}|${NOTHING})*https?${COLON}(?:${SLASH}?(?:[\w[@]|${ENCODED_OTHER})|${SLASH}{2}(?:${EITHER}|${NOTHING})|${EITHER}*${BACKSLASH})|${PARAMETER}(?:${EITHER}|${NOTHING})+https?${COLON}${EITHER}`,
  }),
  redirect({
    id: 'redirect-script',
    name: 'Open redirect: a script instead of an address',
    confidence: 'high',
    severity: 'high',
    about:
      'Where a browser goes next is a `javascript:`, `vbscript:` or `data:` URL, behind slashes, spaces or escapes that browsers drop: what should be a redirect runs script in the page.',
    inputs: RAW_URI,
    transformers: [],
    regex: String.raw`${PARAMETER}(?:${EITHER}|${NOTHING}|%3c%3e|<>)*(?:${script('javascript')}|${script('vbscript')}|data${COLON}(?:${SLASH}{2})?text${SLASH}html)`,
  }),
  redirect({
    id: 'redirect-user-host',
    name: 'Open redirect: a URL with a host’s name in the place of the user',
    confidence: 'high',
    severity: 'medium',
    about:
      'Before the at sign stands the host that is expected, after it the one that is asked. Users of repositories have no dots and top-level domains in their names, and redirects have no users.',
    inputs: RAW_URI,
    transformers: [],
    regex: String.raw`${PARAMETER}${EITHER}*(?:https?${COLON})?${EITHER}+(?:[^&#\s/\\@?%]|${ENCODED_OTHER})*\.(?:com|net|org|tld|info|biz|edu|gov|dev|app|example|test|local|[a-z]{2})(?:(?::|%3a)[^&#\s/\\@?%]*)?${encoded('@', '40')}[^&#\s/]`,
  }),
  redirect({
    id: 'redirect-confused-path',
    name: 'Open redirect: a URL that ends in a step up',
    confidence: 'high',
    severity: 'medium',
    about:
      'After the other host comes `/%2f..` or `/%2e%2e`, which makes servers that redirect to remove a slash redirect there. No link ends in a step up.',
    inputs: RAW_URI,
    transformers: [],
    regex: String.raw`${PARAMETER}(?:https?${COLON}|${EITHER})${EITHER}+[^&#\s]*${SLASH}(?:%(?:25)*2f)?(?:\.|%(?:25)*2e){2}(?:${SLASH}|%(?:25)*2f)?(?:[&#]|$)`,
  }),
  redirect({
    id: 'redirect-encoded-letters',
    name: 'Open redirect: an address whose letters are percent-encoded',
    confidence: 'high',
    severity: 'medium',
    about:
      'Letters mean the same encoded and not, so that no client encodes them (RFC 3986, 2.3): a scheme or a host whose letters are encoded is there to get past who looks for it.',
    inputs: RAW_URI,
    transformers: [],
    regex: String.raw`${PARAMETER}(?:https?${COLON})?${EITHER}*(?:%(?:25)?(?:[46][1-9a-f]|[57][0-9a])){4}`,
  }),
  redirect({
    id: 'redirect-odd-host',
    name: 'Open redirect: a host in characters that become others',
    confidence: 'high',
    severity: 'medium',
    about:
      'Where a browser goes next begins with a mark of repetition that some parsers read as two slashes, or has a full stop of another script, a null byte or a break in its host.',
    inputs: RAW_URI,
    transformers: [],
    regex: String.raw`${PARAMETER}${EITHER}*(?:%e3%80%b[15]|%e3%83%bc|%e3%82%9d|%ef%bd%b0|〱|〵|ゝ|ー|ｰ)[\w.-]+\.|${PARAMETER}(?:https?${COLON})?${EITHER}{2}(?:[\w-]|%[6-7][\da-f])+(?:%(?:25)?(?:0[0ad9])|%e3%80%82|%ef%bc%8e|%ef%bd%a1)\.?[\w-]`,
  }),
  redirect({
    id: 'redirect-field',
    name: 'Open redirect: a script or a confused host in a field that says where to go',
    confidence: 'high',
    severity: 'medium',
    about:
      'A field of a form or of JSON by whose name a browser is sent on is a script, or a URL that is read in two ways.',
    inputs: FIELDS,
    regex: String.raw`^[\s\x00-\x20\\/<>]*(?:j[\s\\]*a[\s\\]*v[\s\\]*a[\s\\]*s[\s\\]*c[\s\\]*r[\s\\]*i[\s\\]*p[\s\\]*t[\s\\]*:|vbscript:|data:(?://)?text/html)|^[\s\\/]*https?:(?:[\w[]|/[\w[]|//[\s\\/]|\\)|^[\\/]+https?:[\\/]|^(?:https?:)?[\\/]{2,}[^/?#\s@]+\.[a-z]{2,}@`,
  }),
  redirect({
    id: 'redirect-path',
    name: 'Open redirect: a path that is the address of another host',
    confidence: 'high',
    severity: 'medium',
    about:
      'The path of the request is a slash, something that browsers take for another one, and a host’s name; servers that redirect to the path without its end, or with a slash more, send to that host. Paths with two slashes by mistake have a folder there.',
    inputs: RAW_URI,
    transformers: [],
    regex: String.raw`^/+(?:\\|%5c|%09/|%0[ad]/?|%2f/?)[\\/]*[\w@-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[/?%]|$)|^/{2,}[\w@-]+(?:\.[\w-]+)*\.[a-z]{2,}/(?:%2f|/|%5c)?(?:\.|%2e){2}|^/https?:/+[\w.-]+/?(?:%2f)?(?:\.|%2e){2}`,
  }),
  redirect({
    id: 'redirect-tester-host',
    name: 'Open redirect: a host by whose name testers show that they are sent there',
    confidence: 'medium',
    severity: 'low',
    about:
      'Where a browser goes next is a host that is called evil or attacker, as those call it who try it out. A plain address of another host is not reported: applications are sent to other hosts by the sign-on of other hosts.',
    inputs: RAW_URI,
    transformers: [],
    regex: String.raw`${PARAMETER}(?:https?${COLON})?${EITHER}{2}(?:[\w-]+\.)*(?:evil|attacker|malicious|phish(?:ing)?|hacker|bad)(?:-?(?:site|host|domain|server|controlled|example|page|corp|app|test|website|guy|url|redirect)s?\d*)*\.(?:[a-z]{2,}\b)`,
  }),
];

/** A scheme with what browsers drop between its letters, or with escapes of JavaScript for letters. */
function script(scheme: string): string {
  const letters = [...scheme].map((letter) => {
    const hex = letter.charCodeAt(0).toString(16);
    const octal = letter.charCodeAt(0).toString(8);
    return String.raw`(?:${BACKSLASH}(?:x${hex}|u00${hex}|${octal}|${letter})|${letter})`;
  });
  const between = String.raw`(?:%(?:25)?(?:0[09ad]|20)|${BACKSLASH}[nrt])*`;
  return `${letters.join(between)}${between}${BACKSLASH}?(?:${COLON}|x3a|u003a|072)`;
}
