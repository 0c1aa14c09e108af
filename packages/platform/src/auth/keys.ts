import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { State } from '../state/index.ts';
import { BoundedMap } from './bounded-map.ts';

export type KeyKind = 'api' | 'application';

/** A key as it is kept: without the key itself. */
export interface Key {
  id: string;
  kind: KeyKind;
  name: string;
  last4: string;
  createdAt: Date;
}

/** Bytes of a new key: 32 hex digits for an API key, 40 for an application key, as Datadog's. */
const KEY_BYTES: Record<KeyKind, number> = { api: 16, application: 20 };
/** What may be a key at all; anything else is refused without asking the database. */
const KEY_FORM = /^[\x21-\x7e]{16,128}$/;

/** Milliseconds that a key is believed, or disbelieved, without asking: how long other processes' changes may take. */
const CACHE_TTL = 2_000;
const CACHE_SIZE = 1_000;

interface Cached {
  key: Key | undefined;
  until: number;
}

interface Row {
  id: string;
  kind: KeyKind;
  name: string;
  last4: string;
  created_at: Date;
}

const COLUMNS = 'id, kind, name, last4, created_at';

export interface Keys {
  /** The key that this text is, if there is such a one of that kind and it isn't revoked. */
  verify(kind: KeyKind, text: string): Promise<Key | undefined>;
  /** Makes a key. `text` is the key itself, which is not kept. */
  create(kind: KeyKind, name: string): Promise<{ key: Key; text: string }>;
  list(kind: KeyKind): Promise<Key[]>;
  get(kind: KeyKind, id: string): Promise<Key | undefined>;
  rename(kind: KeyKind, id: string, name: string): Promise<Key | undefined>;
  /** Ends a key; in this process at once, in others on the same database within 2 s. False if there is none. */
  revoke(kind: KeyKind, id: string): Promise<boolean>;
}

export function newKeyText(kind: KeyKind): string {
  return randomBytes(KEY_BYTES[kind]).toString('hex');
}

export function isKeyForm(text: string): boolean {
  return KEY_FORM.test(text);
}

/** Stores a key unless it is there already, revoked ones included. */
export async function insertKey(
  query: State['query'],
  kind: KeyKind,
  name: string,
  text: string,
): Promise<Key | undefined> {
  const rows = await query<Row>(
    `INSERT INTO keys (id, kind, name, hash, last4) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (hash) DO NOTHING RETURNING ${COLUMNS}`,
    [randomUUID(), kind, name, hashOf(text), text.slice(-4)],
  );
  return rows[0] && fromRow(rows[0]);
}

/** API and application keys, looked up by their SHA-256, so that no comparison takes longer the more of a key is right. */
export function createKeys(state: State, now: () => number = Date.now): Keys {
  // Apart, so that a flood of wrong keys doesn't push out the right ones.
  const known = new BoundedMap<string, Cached>(CACHE_SIZE);
  const unknown = new BoundedMap<string, Cached>(CACHE_SIZE);
  // Counts changes: what was read before a change isn't cached after it.
  let generation = 0;

  function changed(): void {
    generation++;
    known.clear();
    unknown.clear();
  }

  return {
    async verify(kind, text) {
      if (!isKeyForm(text)) return undefined;
      const hash = hashOf(text);
      const time = now();
      const cached = known.get(hash) ?? unknown.get(hash);
      let key: Key | undefined;
      if (cached && cached.until > time) key = cached.key;
      else {
        const before = generation;
        const rows = await state.query<Row>(
          `SELECT ${COLUMNS} FROM keys WHERE hash = $1 AND revoked_at IS NULL`,
          [hash],
        );
        key = rows[0] && fromRow(rows[0]);
        if (before === generation) {
          known.delete(hash);
          (key ? known : unknown).set(hash, { key, until: time + CACHE_TTL });
        }
      }
      return key?.kind === kind ? key : undefined;
    },
    async create(kind, name) {
      const text = newKeyText(kind);
      const key = await insertKey(state.query, kind, name, text);
      if (!key) throw new Error('a new random key was there already');
      changed();
      return { key, text };
    },
    async list(kind) {
      const rows = await state.query<Row>(
        `SELECT ${COLUMNS} FROM keys WHERE kind = $1 AND revoked_at IS NULL ORDER BY created_at, id`,
        [kind],
      );
      return rows.map(fromRow);
    },
    async get(kind, id) {
      const rows = await state.query<Row>(
        `SELECT ${COLUMNS} FROM keys WHERE kind = $1 AND id = $2 AND revoked_at IS NULL`,
        [kind, id],
      );
      return rows[0] && fromRow(rows[0]);
    },
    async rename(kind, id, name) {
      const rows = await state.query<Row>(
        `UPDATE keys SET name = $3 WHERE kind = $1 AND id = $2 AND revoked_at IS NULL RETURNING ${COLUMNS}`,
        [kind, id, name],
      );
      changed();
      return rows[0] && fromRow(rows[0]);
    },
    async revoke(kind, id) {
      const rows = await state.query(
        'UPDATE keys SET revoked_at = now() WHERE kind = $1 AND id = $2 AND revoked_at IS NULL RETURNING id',
        [kind, id],
      );
      changed();
      return rows.length > 0;
    },
  };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function fromRow({ id, kind, name, last4, created_at }: Row): Key {
  return { id, kind, name, last4, createdAt: created_at };
}
