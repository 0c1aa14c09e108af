import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Session } from 'chdb';

/** Sessions for queries, and for inserts: a slow query must not hold up the intake. */
const QUERY_LANES = 6;
const INSERT_LANES = 2;
/** Calls that may wait for a session of their kind; beyond that they are refused. */
const MAX_WAITING = 512;
/** ClickHouse's TOO_MANY_SIMULTANEOUS_QUERIES, UNKNOWN_QUERY_PARAMETER, UNKNOWN_SETTING. */
const TOO_MANY_QUERIES = 202;
const UNKNOWN_PARAMETER = 456;
const UNKNOWN_SETTING = 115;

/** Given to the engine when it starts; its own defaults are for a machine of its own. */
const ENGINE_ARGUMENTS = [
  '--mark_cache_size=268435456',
  '--max_server_memory_usage_to_ram_ratio=0.5',
  '--background_pool_size=4',
  '--background_schedule_pool_size=8',
  // Parameters are part of a statement here, `SET param_name = …`.
  '--max_query_size=16777216',
];

export class EngineError extends Error {
  readonly clickhouseCode: number;
  constructor(clickhouseCode: number, name: string, message: string) {
    super(`Code: ${clickhouseCode}. DB::Exception: ${message} (${name})`);
    this.clickhouseCode = clickhouseCode;
  }
}

/** What ClickHouse's HTTP interface takes in the URL, beside the statement. */
export interface Environment {
  settings: ReadonlyMap<string, string>;
  /** Values of `{name:Type}` in the statement, escaped as in TSV. */
  parameters: ReadonlyMap<string, string>;
}

/**
 * chDB on one directory. A chDB session runs one statement at a time, so there are several, and each call takes one
 * that is free, or waits.
 *
 * Parameters are bound by `SET param_name = …` in the session: chDB's own call for statements with parameters runs
 * one of them at a time in the whole process.
 */
export class Engine {
  readonly #queries: Lanes;
  readonly #inserts: Lanes;
  readonly #spool: string;
  #spooled = 0;

  /** Opens the directory. Throws if another process has it open. `spool` is a directory for blocks on their way. */
  constructor(directory: string, spool: string) {
    this.#spool = spool;
    this.#queries = new Lanes(directory, QUERY_LANES);
    this.#inserts = new Lanes(directory, INSERT_LANES);
  }

  /** Runs one statement and returns what it writes, in the format that it names. */
  query(sql: string, environment: Environment): Promise<Uint8Array> {
    return this.#queries.run(async (lane) => {
      await lane.prepare(sql, environment);
      return (await lane.session.queryAsync(sql)).bytes();
    });
  }

  /** Inserts rows, newline-delimited JSON. Resolves to their number when they are on disk. */
  insert(
    table: string,
    columns: string[] | undefined,
    rows: Uint8Array,
    environment: Environment,
  ): Promise<number> {
    return this.#inserts.run(async (lane) => {
      await lane.prepare('', environment);
      const insert = { table, values: rows, format: 'JSONEachRow' as const };
      return (await lane.session.insert(columns ? { ...insert, columns } : insert)).rowsWritten;
    });
  }

  /**
   * Inserts a Native block. Resolves to the number of its rows when they are on disk.
   *
   * chDB takes binary formats from a file only. The file lives as long as the insert does and is not flushed, so as a
   * rule it never gets to the disk.
   */
  insertNative(
    table: string,
    columns: string[] | undefined,
    block: Uint8Array,
    environment: Environment,
  ): Promise<number> {
    return this.#inserts.run(async (lane) => {
      const file = join(this.#spool, `${this.#spooled++}.native`);
      try {
        await writeFile(file, block, { mode: 0o600 });
        await lane.prepare('', environment);
        const names = columns?.map(identifier).join(', ');
        const target = `${table.split('.').map(identifier).join('.')}${names ? ` (${names})` : ''}`;
        const sql = `INSERT INTO ${target} SELECT ${names ?? '*'} FROM file(${literal(file)}, Native)`;
        return (await lane.session.queryAsync(sql)).rowsRead;
      } catch (error) {
        // The sender has no use for the file's name.
        if (error instanceof Error) error.message = error.message.replaceAll(file, 'the block');
        throw error;
      } finally {
        await rm(file, { force: true });
      }
    });
  }

  /** Waits for what is running, then closes. */
  async close(): Promise<void> {
    await Promise.all([this.#queries.close(), this.#inserts.close()]);
  }
}

class Lane {
  readonly session: Session;
  readonly #settings = new Map<string, string>();
  readonly #parameters = new Map<string, string>();

  constructor(directory: string) {
    this.session = new Session(directory, { connectionArgs: ENGINE_ARGUMENTS });
  }

  /** Makes the session's settings and parameters those of the call; what is set already is not set again. */
  async prepare(sql: string, { settings, parameters }: Environment): Promise<void> {
    const assignments: string[] = [];
    for (const name of this.#settings.keys()) if (!settings.has(name)) assignments.push(`${name} = DEFAULT`);
    for (const [name, value] of settings) {
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
        throw new EngineError(UNKNOWN_SETTING, 'UNKNOWN_SETTING', `Unknown setting '${name}'.`);
      }
      if (this.#settings.get(name) !== value) assignments.push(`${name} = ${literal(value)}`);
    }
    for (const [name, value] of parameters) {
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
        throw new EngineError(
          UNKNOWN_PARAMETER,
          'UNKNOWN_QUERY_PARAMETER',
          `Invalid parameter name '${name}'.`,
        );
      }
      if (this.#parameters.get(name) !== value) assignments.push(`param_${name} = ${literal(value)}`);
    }
    // A parameter can't be unset, and a value of an earlier call must not stand in for one that is missing.
    for (const name of this.#parameters.keys()) {
      if (!parameters.has(name) && new RegExp(`\\{\\s*${name}\\s*:`).test(sql)) {
        throw new EngineError(
          UNKNOWN_PARAMETER,
          'UNKNOWN_QUERY_PARAMETER',
          `Substitution \`${name}\` is not set.`,
        );
      }
    }
    if (assignments.length > 0) await this.session.queryAsync(`SET ${assignments.join(', ')}`);
    this.#settings.clear();
    for (const [name, value] of settings) this.#settings.set(name, value);
    for (const [name, value] of parameters) this.#parameters.set(name, value);
  }
}

/** Sessions that share the calls of one kind. */
class Lanes {
  readonly #count: number;
  readonly #free: Lane[];
  readonly #waiting: ((lane: Lane) => void)[] = [];

  constructor(directory: string, count: number) {
    this.#count = count;
    this.#free = Array.from({ length: count }, () => new Lane(directory));
  }

  async run<T>(work: (lane: Lane) => Promise<T>): Promise<T> {
    const lane = await this.#take();
    try {
      return await work(lane);
    } finally {
      const next = this.#waiting.shift();
      if (next) next(lane);
      else this.#free.push(lane);
    }
  }

  async close(): Promise<void> {
    // Taken for good, so each is there once; closing a session that is at work would abort the engine.
    for (let left = this.#count; left > 0; left--) (await this.#take()).session.close();
  }

  async #take(): Promise<Lane> {
    const lane = this.#free.pop();
    if (lane) return lane;
    if (this.#waiting.length >= MAX_WAITING) {
      const message = `More than ${MAX_WAITING} statements are waiting.`;
      throw new EngineError(TOO_MANY_QUERIES, 'TOO_MANY_SIMULTANEOUS_QUERIES', message);
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

function identifier(name: string): string {
  return `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
}

function literal(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
