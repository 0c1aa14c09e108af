import type { Agent } from '../init/agent.ts';
import type { Addresses } from './check.ts';
import { swallow } from './faults.ts';

/** Microseconds; the point of a request's limit is the request, and here is none. */
const TIMEOUT = 1_000_000;

/** An ordinary request, and what ordinary code does with it. */
const INPUTS: Addresses = {
  'http.client_ip': '192.0.2.1',
  'server.request.uri.raw': '/products/search?q=green+tea&page=2',
  'server.request.method': 'POST',
  'server.request.headers.no_cookies': {
    host: 'localhost:8080',
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
    accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
    'accept-language': 'en-GB,en;q=0.5',
    'content-type': 'application/json',
  },
  'server.request.cookies': { session: 'b3RoZXIgdGhhbiBhIHNlY3JldA' },
  'server.request.query': { q: 'green tea', page: '2' },
  'server.request.path_params': { id: '42' },
  'server.request.body': {
    name: "Ada O'Brien",
    quantity: 2,
    note: 'Leave it at number 5; ring twice & wait.',
  },
};
const SINKS: readonly Addresses[] = [
  {
    'server.db.statement': "SELECT * FROM products WHERE name = 'green tea'",
    'server.db.system': 'postgresql',
  },
  { 'server.io.fs.file': '/srv/app/views/green tea.html' },
  { 'server.io.net.url': 'http://stock.example/products?q=green+tea' },
  { 'server.sys.shell.cmd': 'convert "green tea" out.png' },
  { 'server.sys.exec.cmd': ['convert', 'green tea', 'out.png'] },
];

/**
 * Runs the rules once over an ordinary request. They are compiled as they are first needed, which takes longer than a
 * request may: without this the first one after the start would not be looked at whole. Takes a few milliseconds.
 */
export function warmUp(agent: Agent): void {
  try {
    const waf = agent.waf();
    if (waf === undefined) return;
    const context = waf.newContext();
    context.run(known(INPUTS, waf.knownAddresses), { timeout: TIMEOUT });
    for (const sink of SINKS) {
      const ephemeral = known(sink, waf.knownAddresses);
      if (Object.keys(ephemeral).length > 0) context.run({}, { ephemeral, timeout: TIMEOUT });
    }
  } catch (error) {
    swallow(agent, 'guard.warm_up', error);
  }
}

function known(addresses: Addresses, names: ReadonlySet<string>): Addresses {
  return Object.fromEntries(Object.entries(addresses).filter(([name]) => names.has(name)));
}
