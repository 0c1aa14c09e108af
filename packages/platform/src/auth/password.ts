import { randomBytes, scrypt as scryptCallback, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const scrypt = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(
  scryptCallback,
);

/** OWASP's Password Storage Cheat Sheet, scrypt: N=2^15, r=8, p=3. 32 MB and about 0.2 s each. */
const COST = { N: 2 ** 15, r: 8, p: 3 };
const HASH_BYTES = 32;
const SALT_BYTES = 16;
/** Twice what N and r of the strongest hash that is accepted need. */
const MAX_MEMORY = 256 * 1024 * 1024;
/** Each takes 32 MB: more at once than this wait for their turn. */
const MAX_CONCURRENT = 2;

/** Hashes a password as `scrypt$N$r$p$salt$hash`, salt and hash in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, HASH_BYTES, COST);
  return format(salt, hash);
}

function format(salt: Buffer, hash: Buffer): string {
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Whether the password has that hash. An undefined hash (no such account) takes as long as a wrong password. */
export async function verifyPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [scheme, N, r, p, salt, hash] = (stored ?? absentHash()).split('$');
  if (scheme !== 'scrypt' || !salt || !hash) throw new Error('unknown form of password hash');
  const expected = Buffer.from(hash, 'base64url');
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const actual = await derive(password, Buffer.from(salt, 'base64url'), expected.length, cost);
  return timingSafeEqual(actual, expected) && stored !== undefined;
}

/** What no password has. It is made without deriving anything, so that the first unknown email takes no longer either. */
function absentHash(): string {
  return format(randomBytes(SALT_BYTES), randomBytes(HASH_BYTES));
}

let running = 0;
const waiting: (() => void)[] = [];

async function derive(password: string, salt: Buffer, bytes: number, cost: typeof COST): Promise<Buffer> {
  if (running >= MAX_CONCURRENT) await new Promise<void>((resolve) => waiting.push(resolve));
  else running++;
  try {
    return await scrypt(password.normalize('NFKC'), salt, bytes, { ...cost, maxmem: MAX_MEMORY });
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}
