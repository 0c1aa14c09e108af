import type { Run } from '../test/libddwaf.ts';
import { mutated } from './mutations.ts';
import type { Random } from './random.ts';
import type { Texts } from './texts.ts';

/** One context's life: what it is given in each run. */
export type Input = readonly Run[];

type Addresses = Record<string, unknown>;

const USER_AGENTS = [
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
  'curl/8.5.0',
  'sqlmap/1.8#stable (https://sqlmap.org)',
  'Nikto/2.5.0',
  'Arachni/v1.5.1',
  'dd-test-scanner-log',
  'okhttp/4.12.0',
];
const HEADERS = [
  ...['user-agent', 'referer', 'accept', 'content-type', 'x-forwarded-for', 'x-filename', 'x_filename'],
  ...['x-file-name', 'content-disposition', 'upload-filename', 'filename', 'x-middleware-subrequest'],
  ...['authorization', 'host', 'x.filename', 'content-length'],
];
const KEYS = [
  'id',
  'q',
  'name',
  'user',
  'items',
  'data',
  'where',
  '$where',
  '__proto__',
  'constructor',
  '',
  '0',
  'k',
];
/** Addresses that hold maps of texts. */
const MAPS = [
  ...['server.request.query', 'server.request.body', 'server.request.path_params', 'server.request.cookies'],
  ...['graphql.server.all_resolvers', 'graphql.server.resolver', 'grpc.server.request.message'],
  ...['server.request.jwt', 'server.business_logic.llm.event', 'server.business_logic.payment.creation'],
];
const SCALARS = [
  ...[
    'server.request.method',
    'server.response.status',
    'http.client_ip',
    'usr.id',
    'server.request.uri.raw',
  ],
  ...['server.request.body.filenames', 'server.io.net.response.status', 'usr.login', 'usr.session_id'],
];
const ADDRESSES_OF_CLIENTS = [
  '192.0.2.1',
  '203.0.113.7',
  '::ffff:10.1.2.3',
  '2001:db8::1',
  '10.0.0.1',
  '::1',
  'x',
];
const DATABASES = [
  'mysql',
  'mysql2',
  'postgresql',
  'pgsql',
  'sqlite',
  'oracle',
  'mssql',
  'generic',
  'doctrine',
  '',
];
const STATEMENTS = [
  "SELECT * FROM users WHERE name = '?' AND id = 1",
  'SELECT id, name FROM orders WHERE id = ? ORDER BY name LIMIT 10',
  'INSERT INTO logs (message) VALUES ("?")',
  'SELECT a FROM t ORDER BY ?',
  "UPDATE t SET a = '?' WHERE b = ?",
  '?',
];
const COMMANDS = ['ls ?', 'sh -c "ls ?"', "cat '?' | wc -l", 'ping -c 1 ?', 'echo "?"', '?', 'a=?; b $(c ?)'];
const URLS = [
  'https://?/x',
  'http://example.com/?',
  'https://example.com:443/a?b=?',
  '?',
  'http://?',
  'https://a@?',
];
const PATHS = ['/var/www/?', '?', './?', '/a/b/../?', 'C:\\www\\?'];

/** Makes inputs out of texts. */
export class RequestGenerator {
  readonly #texts: Texts;

  constructor(texts: Texts) {
    this.#texts = texts;
  }

  /** Mostly one run; sometimes the request comes in parts, or sinks follow. */
  input(random: Random): Input {
    if (random.oneIn(12)) return this.#vector(random);
    const request = this.#request(random);
    const runs: Run[] = random.oneIn(6) ? inParts(request, random) : [{ persistent: request }];
    if (random.oneIn(3)) runs.push({ ephemeral: this.sink(random, textsOf(request)) });
    if (random.oneIn(10)) runs.push({ persistent: this.#request(random) });
    return runs;
  }

  #vector(random: Random): Input {
    const { persistent, ephemeral } = random.pick(this.#texts.requests);
    const runs: Run[] = [{ persistent: this.#mutatedLeaves(persistent, random) as Addresses }];
    if (ephemeral !== undefined) runs.push({ ephemeral: ephemeral as Addresses });
    return runs;
  }

  /** The same value, with one in three of its strings mutated. */
  #mutatedLeaves(value: unknown, random: Random): unknown {
    if (typeof value === 'string') {
      return random.oneIn(3) ? mutated(value, random, () => this.#attack(random)) : value;
    }
    if (Array.isArray(value)) return value.map((item) => this.#mutatedLeaves(item, random));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, this.#mutatedLeaves(item, random)]),
    );
  }

  #request(random: Random): Addresses {
    const attack = random.oneIn(8) ? '' : mutated(this.#attack(random), random, () => this.#attack(random));
    const text = () => (attack !== '' && random.oneIn(4) ? attack : this.#text(random));
    const request: Addresses = {};
    for (const address of random.some(MAPS, 4)) request[address] = this.#map(random, text, 0);
    for (const address of random.some(SCALARS, 4)) request[address] = scalarOf(address, random, text);
    if (random.oneIn(2)) request['server.request.headers.no_cookies'] = headers(random, text);
    // At least one place has the attack.
    if (attack !== '' && random.oneIn(2)) request[random.pick(MAPS)] = { [random.pick(KEYS)]: attack };
    else if (random.oneIn(20)) request[random.pick([...MAPS, ...SCALARS])] = awkward(random, text);
    return request;
  }

  #map(random: Random, text: () => string, depth: number): unknown {
    const entries = random.list(0, 4, (): [string, unknown] => [
      random.oneIn(6) ? text() : random.pick(KEYS),
      this.#value(random, text, depth + 1),
    ]);
    return Object.fromEntries(entries);
  }

  #value(random: Random, text: () => string, depth: number): unknown {
    if (depth < 5 && random.oneIn(4)) return this.#map(random, text, depth);
    if (depth < 5 && random.oneIn(4)) return random.list(0, 3, () => this.#value(random, text, depth + 1));
    if (random.oneIn(8))
      return random.pick([0, 1, -1, 1.5, 404, 500, true, false, null, undefined, 1e21, 2 ** 53]);
    return text();
  }

  #attack(random: Random): string {
    return random.pick(this.#texts.attacks);
  }

  #text(random: Random): string {
    return random.oneIn(6) ? this.#attack(random) : random.pick(this.#texts.benign);
  }

  /** A sink's argument, mostly with one of the request's texts in it. */
  sink(random: Random, texts: readonly string[]): Addresses {
    const input = texts.length > 0 && !random.oneIn(4) ? random.pick(texts) : this.#attack(random);
    const fill = (template: string) => template.replaceAll('?', () => input);
    switch (random.below(5)) {
      case 0:
        return {
          'server.db.statement': fill(random.pick(STATEMENTS)),
          'server.db.system': random.pick(DATABASES),
        };
      case 1:
        return { 'server.sys.shell.cmd': fill(random.pick(COMMANDS)) };
      case 2:
        return {
          'server.sys.exec.cmd': random.list(1, 3, () =>
            fill(random.pick(['?', 'sh', '-c', 'ls', ...COMMANDS])),
          ),
        };
      case 3:
        return { [random.pick(['server.io.fs.file', 'server.io.fs.file_write'])]: fill(random.pick(PATHS)) };
      default:
        return { 'server.io.net.url': fill(random.pick(URLS)) };
    }
  }
}

function headers(random: Random, text: () => string): Addresses {
  const entries = random.list(0, 4, (): [string, unknown] => [
    random.pick(HEADERS),
    random.oneIn(3) ? random.pick(USER_AGENTS) : random.oneIn(8) ? [text(), text()] : text(),
  ]);
  return Object.fromEntries(entries);
}

function scalarOf(address: string, random: Random, text: () => string): unknown {
  switch (address) {
    case 'server.request.method':
      return random.pick(['GET', 'POST', 'TRACE', 'get', text()]);
    case 'http.client_ip':
      return random.pick(ADDRESSES_OF_CLIENTS);
    case 'server.response.status':
    case 'server.io.net.response.status':
      return random.pick(['200', '404', '500', 404, '301']);
    case 'server.request.uri.raw':
      return `/${encodeURI(text().toWellFormed())}?q=${random.oneIn(2) ? text() : encodeURIComponent(text().toWellFormed())}`;
    case 'server.request.body.filenames':
      return [text(), random.pick(['a.php', 'b.jsp', 'c.png'])];
    default:
      return random.pick(['admin', 'user-1', text()]);
  }
}

/** Values of shapes that no client sends by itself. */
function awkward(random: Random, text: () => string): unknown {
  switch (random.below(6)) {
    case 0:
      return Array.from({ length: 250 + random.below(12) }, (_, index) =>
        index > 248 ? text() : `v${index}`,
      );
    case 1:
      return Object.fromEntries(
        Array.from({ length: 250 + random.below(12) }, (_, index) => [
          `k${index}`,
          index > 248 ? text() : index,
        ]),
      );
    case 2: {
      let value: unknown = text();
      for (let depth = 14 + random.below(8); depth > 0; depth--)
        value = random.oneIn(2) ? [value] : { k: value };
      return value;
    }
    case 3:
      return random.pick([0, -0, true, null, undefined, '', [], {}, [[]], [null], { k: undefined }, 1e300]);
    case 4:
      return { [text()]: { [text()]: [text(), 1, null] } };
    default:
      return text();
  }
}

/** The same request, its addresses spread over two or three runs. */
function inParts(request: Addresses, random: Random): Run[] {
  const parts: Addresses[] = Array.from({ length: 2 + random.below(2) }, () => ({}));
  for (const [address, value] of Object.entries(request)) random.pick(parts)[address] = value;
  return parts.map((persistent) => ({ persistent }));
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
