import { encodeUtf8 } from '../transform/utf8.ts';

/** Bytes of a block. */
const BLOCK = 64;
/** Bytes that follow the message, at the least: a mark and the length. */
const PADDING = 9;

/** The first 32 bits of the fractional parts of the square, and cube, roots of the first primes (FIPS 180-4, 4.2.2). */
const INITIAL = rootsOfPrimes(8, 1 / 2);
const ROUND_CONSTANTS = rootsOfPrimes(64, 1 / 3);

/** Typed arrays are dear to allocate, so that short messages and all blocks share these. */
const scratch = new Uint8Array(1024);
const schedule = new Int32Array(64);

/**
 * SHA-256 (FIPS 180-4) of a text in UTF-8, as eight signed 32-bit numbers. It is here, and not from the runtime, since
 * what browsers have is asynchronous. 0.3 µs, and as much again for each 64 bytes.
 */
export function sha256(text: string): Int32Array {
  const message = encodeUtf8(text);
  const { length } = message;
  const end = Math.ceil((length + PADDING) / BLOCK) * BLOCK;
  const bytes = end <= scratch.length ? scratch : new Uint8Array(end);
  bytes.set(message);
  bytes.fill(0, length, end);
  bytes[length] = 0x80;
  for (let at = end - 1, bits = length * 8; bits > 0; at--, bits = Math.floor(bits / 256)) bytes[at] = bits;
  const state = INITIAL.slice();
  for (let start = 0; start < end; start += BLOCK) addBlock(state, bytes, start);
  return state;
}

function addBlock(state: Int32Array, bytes: Uint8Array, start: number): void {
  const w = schedule;
  for (let i = 0, at = start; i < 16; i++, at += 4) {
    w[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
  }
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15]!;
    const y = w[i - 2]!;
    const sigma0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
    const sigma1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10);
    w[i] = (w[i - 16]! + sigma0 + w[i - 7]! + sigma1) | 0;
  }
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  let f = state[5]!;
  let g = state[6]!;
  let h = state[7]!;
  for (let i = 0; i < 64; i++) {
    const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const first = (h + sum1 + ((e & f) ^ (~e & g)) + ROUND_CONSTANTS[i]! + w[i]!) | 0;
    const second = (sum0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  state[0]! += a;
  state[1]! += b;
  state[2]! += c;
  state[3]! += d;
  state[4]! += e;
  state[5]! += f;
  state[6]! += g;
  state[7]! += h;
}

function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

function rootsOfPrimes(count: number, exponent: number): Int32Array {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) {
    if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  }
  return Int32Array.from(primes, (prime) => (prime ** exponent % 1) * 2 ** 32);
}
