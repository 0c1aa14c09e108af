import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Engine, Environment } from './engine.ts';

/** Parameters of the URL that are neither settings nor values for the statement. */
const RESERVED = new Set([
  'query',
  'query_id',
  'database',
  'session_id',
  'role',
  'default_format',
  'quota_key',
]);
/** Settings of ClickHouse's HTTP server, which the engine below it does not know. */
const HTTP_SETTINGS = new Set([
  'wait_end_of_query',
  'enable_http_compression',
  'send_progress_in_http_headers',
]);
const PARAMETER_PREFIX = 'param_';
const INSERT = /^\s*INSERT\s+INTO\s+([\w.]+)\s*(?:\(([^()]*)\))?\s*FORMAT\s+(JSONEachRow|Native)\s*$/i;
const UNKNOWN_EXCEPTION = 1002;
const KEEP_ALIVE_MS = 60_000;

/**
 * ClickHouse's HTTP interface (https://clickhouse.com/docs/interfaces/http) over the embedded engine, as far as
 * `@clickhouse/client` uses it: `/ping`; a statement as the body, or in `?query=` with the rows to insert as the body;
 * settings and `param_name` values in the URL, or as a form (multipart/form-data, with the statement) where they are
 * too long for one; exceptions as `Code: N. DB::Exception: …` with their number in
 * `X-ClickHouse-Exception-Code`.
 */
export function createHttpInterface(engine: Engine): Server {
  const server = createServer((request, response) => {
    answer(engine, request, response).catch((error: unknown) => fail(response, error));
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  // Its only client is this process's parent, which has time limits of its own.
  server.requestTimeout = 0;
  server.headersTimeout = 0;
  return server;
}

async function answer(engine: Engine, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://store');
  const body = await read(request);
  if (url.pathname === '/ping') {
    response.end('Ok.\n');
    return;
  }
  const { search, rest } = await formOf(request, url.searchParams, body);
  const environment = environmentOf(search);
  const statement = search.get('query') ?? '';
  const insert = INSERT.exec(statement);
  if (insert) {
    const [, table, names, format] = insert as unknown as [string, string, string | undefined, string];
    const columns = names?.split(',').map((name) => name.trim().replaceAll('`', ''));
    const written = await (format.toLowerCase() === 'native'
      ? engine.insertNative(table, columns, rest, environment)
      : engine.insert(table, columns, rest, environment));
    response.setHeader('X-ClickHouse-Summary', JSON.stringify({ written_rows: String(written) }));
    response.end();
    return;
  }
  const sql = rest.length === 0 ? statement : `${statement}\n${rest.toString()}`;
  response.end(await engine.query(sql, environment));
}

/** The fields of the URL and, where the body is a form, of that; `rest` is a body that is something else. */
async function formOf(
  request: IncomingMessage,
  search: URLSearchParams,
  body: Buffer,
): Promise<{ search: URLSearchParams; rest: Buffer }> {
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return { search, rest: body };
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  for (const [name, value] of form) if (typeof value === 'string') search.append(name, value);
  return { search, rest: Buffer.alloc(0) };
}

function environmentOf(search: URLSearchParams): Environment {
  const settings = new Map<string, string>();
  const parameters = new Map<string, string>();
  for (const [name, value] of search) {
    if (name.startsWith(PARAMETER_PREFIX)) parameters.set(name.slice(PARAMETER_PREFIX.length), value);
    else if (!RESERVED.has(name) && !HTTP_SETTINGS.has(name)) settings.set(name, value);
  }
  return { settings, parameters };
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}

function fail(response: ServerResponse, error: unknown): void {
  const { clickhouseCode = UNKNOWN_EXCEPTION, message } = error as {
    clickhouseCode?: number;
    message: string;
  };
  const text = /^Code: \d+\./.test(message)
    ? message
    : `Code: ${clickhouseCode}. DB::Exception: ${message} (UNKNOWN_EXCEPTION)`;
  if (!response.headersSent) {
    response.writeHead(500, {
      'Content-Type': 'text/plain; charset=UTF-8',
      'X-ClickHouse-Exception-Code': String(clickhouseCode),
    });
  }
  response.end(text);
}
