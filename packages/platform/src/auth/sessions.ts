import { createHash, randomBytes } from 'node:crypto';
import type { State } from '../state/index.ts';
import type { User } from './users.ts';

/** Milliseconds without a request after which a session ends. */
export const SESSION_TTL = 12 * 60 * 60 * 1000;
/** Milliseconds between writes of a session's new end, so that not every request writes. */
const RENEW_AFTER = 5 * 60 * 1000;
const TOKEN_BYTES = 32;
const TOKEN_FORM = /^[A-Za-z0-9_-]{43}$/;

export interface Sessions {
  /** Starts a session and returns its token, of which only a hash is kept. */
  create(userId: string): Promise<string>;
  /** Whose session it is, if it is one; `renewed` when its end has moved, and the cookie should too. */
  verify(token: string): Promise<{ user: User; renewed: boolean } | undefined>;
  end(token: string): Promise<void>;
}

export function createSessions(state: State, now: () => number = Date.now): Sessions {
  return {
    async create(userId) {
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      await state.query('DELETE FROM sessions WHERE expires_at < $1', [new Date(now())]);
      await state.query('INSERT INTO sessions (token_hash, user_id, expires_at) VALUES ($1, $2, $3)', [
        hashOf(token),
        userId,
        new Date(now() + SESSION_TTL),
      ]);
      return token;
    },
    async verify(token) {
      if (!TOKEN_FORM.test(token)) return undefined;
      const rows = await state.query<User & { expires_at: Date }>(
        `SELECT users.id, users.email, users.name, sessions.expires_at
         FROM sessions JOIN users ON users.id = sessions.user_id
         WHERE sessions.token_hash = $1 AND sessions.expires_at > $2`,
        [hashOf(token), new Date(now())],
      );
      const row = rows[0];
      if (!row) return undefined;
      const end = now() + SESSION_TTL;
      const renewed = end - row.expires_at.getTime() > RENEW_AFTER;
      if (renewed) {
        await state.query('UPDATE sessions SET expires_at = $2 WHERE token_hash = $1', [
          hashOf(token),
          new Date(end),
        ]);
      }
      return { user: { id: row.id, email: row.email, name: row.name }, renewed };
    },
    async end(token) {
      await state.query('DELETE FROM sessions WHERE token_hash = $1', [hashOf(token)]);
    },
  };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
