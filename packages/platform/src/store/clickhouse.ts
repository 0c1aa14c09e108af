import { Readable } from 'node:stream';
import {
  type ClickHouseClientConfigOptions,
  ClickHouseError,
  ClickHouseLogLevel,
  createClient,
  drainStream,
} from '@clickhouse/client';
import { StoreError } from './error.ts';
import { jsonEachRow } from './json-each-row.ts';
import type { Store } from './store.ts';

const REQUEST_TIMEOUT_MS = 60_000;
const MAX_CONNECTIONS = 32;

/** How ClickHouse's HTTP server refuses a request before it is a query, such as one whose parameter is too long. */
const POCO_EXCEPTION = /^Poco::Exception\. Code: (\d+)/;

const SETTINGS = {
  output_format_json_quote_64bit_integers: 1,
  // Rows come in groups already, and an insert must not be answered before it is on disk. ClickHouse's default is 1.
  async_insert: 0,
  // Rows that are given as objects may have times in ISO 8601.
  date_time_input_format: 'best_effort',
  // Seconds; less than the request's timeout, so that the engine stops too.
  max_execution_time: 50,
  max_memory_usage: '2000000000',
} as const;

/** The store over a connection to ClickHouse, embedded or a server. `close` closes the connection only. */
export function clickhouseStore(connection: ClickHouseClientConfigOptions): Store {
  const client = createClient({
    application: 'wardline',
    request_timeout: REQUEST_TIMEOUT_MS,
    max_open_connections: MAX_CONNECTIONS,
    clickhouse_settings: SETTINGS,
    // Long values go into the body: HTTP servers limit the length of a URL.
    use_multipart_params_auto: true,
    // Every failure reaches the caller, who logs it.
    log: { level: ClickHouseLogLevel.OFF },
    ...connection,
  });
  return {
    query<Row>(sql: string, params: Record<string, unknown> = {}): Promise<Row[]> {
      return attempt(async () => {
        const result = await client.query({ query: sql, query_params: params, format: 'JSONEachRow' });
        return result.json<Row>();
      });
    },
    async command(sql) {
      await attempt(() => client.command({ query: sql }));
    },
    async insert(table, rows) {
      const isBlock = 'bytes' in rows;
      const bytes = isBlock ? rows.bytes : jsonEachRow(rows);
      if (bytes.length === 0) return;
      const into = isBlock
        ? `${table} (${rows.columns.join(', ')}) FORMAT Native`
        : `${table} FORMAT JSONEachRow`;
      await attempt(async () => {
        // Not `client.insert`, which would serialize rows itself.
        const values = Readable.from([bytes], { objectMode: false });
        const { stream } = await client.exec({ query: `INSERT INTO ${into}`, values });
        await drainStream(stream);
      });
    },
    close: () => client.close(),
  };
}

async function attempt<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ClickHouseError) {
      const message = `ClickHouse: ${error.message.trim()} (${error.code} ${error.type})`;
      throw new StoreError('WARDLINE_STORE_FAILED', message, {
        cause: error,
        clickhouseCode: Number(error.code),
      });
    }
    const { code, message } = error as NodeJS.ErrnoException;
    const poco = POCO_EXCEPTION.exec(message)?.[1];
    if (poco !== undefined) {
      throw new StoreError('WARDLINE_STORE_FAILED', `ClickHouse: ${message.trim()}`, {
        cause: error,
        clickhouseCode: Number(poco),
      });
    }
    throw new StoreError(
      'WARDLINE_STORE_UNAVAILABLE',
      `The event store can't be reached: ${message || code}`,
      {
        cause: error,
      },
    );
  }
}
