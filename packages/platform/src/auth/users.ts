import { randomUUID } from 'node:crypto';
import type { State } from '../state/index.ts';
import { hashPassword, verifyPassword } from './password.ts';

export interface User {
  id: string;
  email: string;
  name: string;
}

export interface Users {
  /** The user whose email and password these are. Takes as long for an unknown email as for a wrong password. */
  verify(email: string, password: string): Promise<User | undefined>;
}

/** Stores a user unless the email is there already. Returns whether it did. */
export async function insertUser(query: State['query'], email: string, password: string): Promise<boolean> {
  const rows = await query(
    'INSERT INTO users (id, email, password_hash) VALUES ($1, $2, $3) ON CONFLICT (email) DO NOTHING RETURNING id',
    [randomUUID(), normalizeEmail(email), await hashPassword(password)],
  );
  return rows.length > 0;
}

export function createUsers(state: State): Users {
  return {
    async verify(email, password) {
      const rows = await state.query<User & { password_hash: string }>(
        'SELECT id, email, name, password_hash FROM users WHERE email = $1',
        [normalizeEmail(email)],
      );
      const row = rows[0];
      if (!(await verifyPassword(password, row?.password_hash)) || !row) return undefined;
      return { id: row.id, email: row.email, name: row.name };
    },
  };
}

/** Emails are told apart without case. */
export function normalizeEmail(email: string): string {
  return email.trim().toLowerCase();
}
