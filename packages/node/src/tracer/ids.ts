import { randomFillSync } from 'node:crypto';

// One call of the system's generator serves 1024 span ids. Slices of the pool's text share its memory, so an id costs a
// few nanoseconds; the pool's 16 kB live as long as one of its ids does.
const POOL_BYTES = 8192;
const pool = Buffer.allocUnsafeSlow(POOL_BYTES);
let digits = '';
let position = 0;

function take(count: number): string {
  if (position + count > digits.length) {
    digits = randomFillSync(pool).toString('hex');
    position = 0;
  }
  const id = digits.slice(position, position + count);
  position += count;
  return id;
}

/** 32 random hex digits. All zeros, which would be invalid, is as likely as guessing a key. */
export function newTraceId(): string {
  return take(32);
}

/** 16 random hex digits. */
export function newSpanId(): string {
  return take(16);
}
