import type { State } from '../state/index.ts';

/** An address or range that agents refuse requests from. */
export interface BlockedIp {
  /** In canonical spelling. */
  value: string;
  reason: string;
  createdBy: string;
  createdAt: Date;
  /** Null: until it is taken off the list. */
  expiresAt: Date | null;
}

/** Every change sends the whole list to every agent, and agents hold it in memory. */
export const MAX_BLOCKED_IPS = 10_000;

export class BlockListFullError extends Error {
  constructor() {
    super(`The block list is full: it has ${MAX_BLOCKED_IPS} entries. Take some off, or block a range.`);
    this.name = 'BlockListFullError';
  }
}

export interface BlockList {
  /** The entries in force, newest first. */
  list(): Promise<BlockedIp[]>;
  /** Adds an entry, or changes its reason and end. Throws BlockListFullError. */
  block(entry: Omit<BlockedIp, 'createdAt'>): Promise<{ entry: BlockedIp; isNew: boolean }>;
  /** Takes an entry off the list; whether it was on it. */
  unblock(value: string): Promise<boolean>;
}

interface Row {
  value: string;
  reason: string;
  created_by: string;
  created_at: Date;
  expires_at: Date | null;
}

const COLUMNS = 'value, reason, created_by, created_at, expires_at';

/** The block list in the state. `onChange` is called after each change that this process makes. */
export function createBlockList(state: State, onChange: () => void, now: () => number = Date.now): BlockList {
  return {
    async list() {
      const rows = await state.query<Row>(
        `SELECT ${COLUMNS} FROM blocked_ips WHERE expires_at IS NULL OR expires_at > $1
         ORDER BY created_at DESC, value LIMIT ${MAX_BLOCKED_IPS}`,
        [new Date(now())],
      );
      return rows.map(fromRow);
    },
    async block({ value, reason, createdBy, expiresAt }) {
      const result = await state.transaction(async (query) => {
        await query('DELETE FROM blocked_ips WHERE expires_at <= $1', [new Date(now())]);
        const [row] = await query<Row & { is_new: boolean }>(
          `INSERT INTO blocked_ips (value, reason, created_by, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (value) DO UPDATE SET reason = excluded.reason, expires_at = excluded.expires_at
           RETURNING ${COLUMNS}, xmax = 0 AS is_new`,
          [value, reason, createdBy, new Date(now()), expiresAt],
        );
        const [counted] = await query<{ count: number }>('SELECT count(*) AS count FROM blocked_ips');
        if (counted!.count > MAX_BLOCKED_IPS) throw new BlockListFullError();
        return { entry: fromRow(row!), isNew: row!.is_new };
      });
      onChange();
      return result;
    },
    async unblock(value) {
      const rows = await state.query('DELETE FROM blocked_ips WHERE value = $1 RETURNING value', [value]);
      if (rows.length > 0) onChange();
      return rows.length > 0;
    },
  };
}

function fromRow({ value, reason, created_by, created_at, expires_at }: Row): BlockedIp {
  return { value, reason, createdBy: created_by, createdAt: created_at, expiresAt: expires_at };
}
