/** What the platform's identifiers are called in sentences. */

const TYPES: Readonly<Record<string, string>> = {
  sql_injection: 'SQL injection',
  nosql_injection: 'NoSQL injection',
  command_injection: 'Command injection',
  lfi: 'Local file inclusion',
  rfi: 'Remote file inclusion',
  ssrf: 'Server-side request forgery',
  xss: 'Cross-site scripting',
  xxe: 'XML external entity',
  java_code_injection: 'Java code injection',
  php_code_injection: 'PHP code injection',
  js_code_injection: 'JavaScript code injection',
  dotnet_code_injection: '.NET code injection',
  template_injection: 'Template injection',
  ldap_injection: 'LDAP injection',
  xpath_injection: 'XPath injection',
  crlf_injection: 'CRLF injection',
  ssi_injection: 'Server-side include injection',
  graphql_abuse: 'GraphQL abuse',
  jwt_attack: 'JWT attack',
  http_protocol_violation: 'HTTP protocol violation',
  security_scanner: 'Security scanner',
  attack_tool: 'Attack tool',
  commercial_scanner: 'Commercial scanner',
  'users.login.failure': 'Failed login',
  'users.login.success': 'Login',
};

/** `sql_injection` → `SQL injection`. What has no entry is made readable. */
export function typeName(type: string): string {
  if (Object.hasOwn(TYPES, type)) return TYPES[type]!;
  const words = type.replace(/[_.]+/g, ' ').trim();
  return words === '' ? 'Attack' : words[0]!.toUpperCase() + words.slice(1);
}

const ADDRESSES: Readonly<Record<string, string>> = {
  'server.request.query': 'query parameter',
  'server.request.body': 'request body',
  'server.request.path_params': 'path parameter',
  'server.request.cookies': 'cookie',
  'server.request.headers.no_cookies': 'request header',
  'server.request.uri.raw': 'URL',
  'server.request.method': 'method',
  'server.db.statement': 'SQL statement',
  'server.sys.shell.cmd': 'shell command',
  'server.sys.exec.cmd': 'program and arguments',
  'server.io.fs.file': 'file path',
  'server.io.net.url': 'outgoing URL',
  'http.client_ip': 'client IP',
  'usr.id': 'user',
};

/** `server.request.query` → `query parameter`; the address itself where it has no other name. */
export const addressName = (address: string): string =>
  Object.hasOwn(ADDRESSES, address) ? ADDRESSES[address]! : address;

export const STATE_NAMES = { open: 'Open', under_review: 'Under review', archived: 'Archived' } as const;

/** Reasons to archive a signal, in the order in which they are offered. */
export const ARCHIVE_REASONS: readonly (readonly [id: string, name: string])[] = [
  ['true_positive_malicious', 'Real attack, handled'],
  ['remediated', 'Fixed'],
  ['investigated_case_opened', 'Case opened'],
  ['testing_or_maintenance', 'Our own test or maintenance'],
  ['true_positive_benign', 'Real, but harmless'],
  ['false_positive', 'False positive'],
  ['other', 'Other'],
];

export const reasonName = (id: string): string =>
  ARCHIVE_REASONS.find(([reason]) => reason === id)?.[1] ?? '';
