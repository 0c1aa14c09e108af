/** What a request is to rules: the addresses that agents give, by what they hold. */
export const ADDRESSES: readonly string[] = [
  'http.client_ip',
  'server.request.method',
  'server.request.uri.raw',
  'server.request.headers.no_cookies',
  'server.request.cookies',
  'server.request.query',
  'server.request.path_params',
  'server.request.body',
  'server.request.body.filenames',
  'server.request.body.files_content',
  'server.request.trailers',
  'server.request.jwt',
  'server.response.status',
  'server.response.headers.no_cookies',
  'server.response.body',
  'graphql.server.all_resolvers',
  'graphql.server.resolver',
  'grpc.server.method',
  'grpc.server.request.message',
  'grpc.server.request.metadata',
  'usr.id',
  'usr.login',
  'usr.session_id',
  'server.business_logic.users.login.success',
  'server.business_logic.users.login.failure',
  'server.business_logic.users.signup',
  'server.business_logic.payment.creation',
  'server.business_logic.payment.success',
  'server.business_logic.payment.failure',
  'server.business_logic.payment.cancellation',
  'server.db.statement',
  'server.db.system',
  'server.io.fs.file',
  'server.io.fs.file_write',
  'server.io.net.url',
  'server.io.net.request.method',
  'server.io.net.request.headers',
  'server.io.net.request.body',
  'server.io.net.response.status',
  'server.io.net.response.headers',
  'server.io.net.response.body',
  'server.sys.exec.cmd',
  'server.sys.shell.cmd',
  'waf.context.event',
  'waf.context.processor',
  'waf.context.weights',
];

/** The address that someone who wrote `address` may have meant, or undefined. */
export function nearestAddress(address: string): string | undefined {
  const scored = ADDRESSES.map((known) => ({ known, distance: editDistance(address, known) }));
  const best = scored.reduce((a, b) => (b.distance < a.distance ? b : a));
  return best.distance <= Math.max(2, address.length / 4) ? best.known : undefined;
}

/** Levenshtein's: insertions, deletions and substitutions from one to the other. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}
