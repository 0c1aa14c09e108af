import type { RuleSource } from '../rule.ts';

const ssrf = (rule: Omit<RuleSource, 'type' | 'cwe' | 'capec'>): RuleSource => ({
  ...rule,
  type: 'ssrf',
  cwe: '918',
  capec: '1000/225/115/664',
});

/** 169.254.169.254 as URL parsers accept it: dotted, decimal, hexadecimal, octal, IPv6-mapped. */
const METADATA_ADDRESS = String.raw`(?:169\.254\.(?:169\.254|170\.2|169\.123)|2852039166|0x0*a9\.?0x0*fe\.?0x0*a9\.?0x0*fe|0xa9fea9fe|0*251\.0*376\.0*251\.0*376|0251037[67]\w*|\[?(?:0*:)*:?ffff:(?:169\.254\.169\.254|a9fe:a9fe)\]?|\[?fd00:ec2::254\]?|100\.100\.100\.200|192\.0\.0\.192|168\.63\.129\.16)`;

export const SSRF: readonly RuleSource[] = [
  ssrf({
    id: 'ssrf-cloud-metadata',
    name: "SSRF: a cloud's metadata service",
    confidence: 'high',
    regex: String.raw`(?:^|//|@|[\s"'=(,])(?:${METADATA_ADDRESS}|metadata(?:\.google)?\.internal|metadata\.(?:goog|tencentyun\.com|packet\.net|platformequinix\.com|azure\.com)|instance-data(?:\.ec2\.internal)?|rancher-metadata|kubernetes\.default(?:\.svc)?)(?:[:/?#\s"'\\]|$)|/latest/(?:meta-data|dynamic/instance-identity|user-data|api/token)\b|/computemetadata/v1|/metadata/instance\?api-version|/opc/v[12]/instance`,
  }),
  ssrf({
    id: 'ssrf-loopback',
    name: 'SSRF: a URL of the local host',
    confidence: 'medium',
    regex: String.raw`^\s*(?:[a-z+]{2,10}:)?[/\\]{2}(?:[^/@\s]*@)?(?:localhost(?:\.localdomain)?|127(?:\.\d{1,3}){1,3}|127\.1|0(?:\.0){0,3}|2130706433|0x7f[0-9a-f.x]*|0177[0-7.]*|017700000001|\[[0:]*(?:::)?0*1\]|\[(?:0*:)*:?ffff:(?:127|7f)[\w.:]+\]|\[::\])(?:[:/?#\\]|$)`,
  }),
  ssrf({
    id: 'ssrf-private-network',
    name: 'SSRF: a URL of a private network',
    confidence: 'low',
    regex: String.raw`^\s*(?:[a-z+]{2,10}:)?[/\\]{2}(?:[^/@\s]*@)?(?:10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}|100\.(?:6[4-9]|[789]\d|1[01]\d|12[0-7])(?:\.\d{1,3}){2}|169\.254(?:\.\d{1,3}){2}|\[f[cd][0-9a-f]{2}:|\[fe80:)`,
  }),
  ssrf({
    id: 'ssrf-encoded-address',
    name: 'SSRF: an IP address in an unusual notation',
    confidence: 'high',
    regex: String.raw`^\s*(?:https?|ftp):[/\\]{2,}(?:[^/@\s]*@)?(?:\d{8,10}|0x[0-9a-f]{6,8}|0[0-7]{8,12}|(?:0x[0-9a-f]{1,2}\.){1,3}0x[0-9a-f]{1,6}|(?:0[0-7]{2,4}\.){1,3}0[0-7]{2,8})(?:[:/?#]|$)`,
  }),
  ssrf({
    id: 'ssrf-scheme',
    name: 'SSRF: a scheme that talks to other services',
    confidence: 'high',
    regex: String.raw`^\s*(?:url:)?(?:gopher|dict|netdoc|tftp|ldaps?|jar:(?:https?|file|ftp)|sftp|imaps?|smb)://?[^\s]`,
  }),
  ssrf({
    id: 'ssrf-callback-domain',
    name: 'SSRF: a domain that reports who asks for it, or that resolves to an inner address',
    confidence: 'high',
    regex: String.raw`(?:^|[./@\s"'=(])(?:burpcollaborator\.net|oastify\.com|oast\.(?:pro|live|site|online|fun|me)|interact\.sh|interactsh\.com|dnslog\.\w{2,4}|ceye\.io|bxss\.me|xss\.ht|1u\.ms|rbndr\.us|localtest\.me|lvh\.me|[nx]ip\.io|sslip\.io|requestbin\.\w{2,4}|canarytokens\.(?:com|org)|pingb\.in)(?:[:/?#\s"')]|$)`,
  }),
];
