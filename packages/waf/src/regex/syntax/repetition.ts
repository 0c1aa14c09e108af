import { UNBOUNDED } from './ast.ts';
import { accept, fail, isDigit, peek, type Scanner, takeWhile } from './scanner.ts';

export interface Repetition {
  readonly min: number;
  /** UNBOUNDED if there is no bound. */
  readonly max: number;
  readonly lazy: boolean;
}

const SIMPLE: Readonly<Record<string, readonly [min: number, max: number]>> = {
  '*': [0, UNBOUNDED],
  '+': [1, UNBOUNDED],
  '?': [0, 1],
};

/** Reads `*`, `+`, `?` or `{n,m}` and a `?` after it; undefined, without moving, if something else is next. */
export function parseRepetition(scanner: Scanner, limit: number): Repetition | undefined {
  const at = scanner.at;
  const bounds = parseSimple(scanner) ?? parseCounted(scanner);
  if (!bounds) return undefined;
  const [min, max] = bounds;
  const largest = max === UNBOUNDED ? min : max;
  if (largest > limit) fail(scanner, `repetition count ${largest} exceeds ${limit}`, at);
  if (max < min) fail(scanner, `repetition {${min},${max}} is out of order`, at);
  return { min, max, lazy: accept(scanner, '?') };
}

function parseSimple(scanner: Scanner): readonly [number, number] | undefined {
  const bounds = SIMPLE[peek(scanner)];
  if (bounds) scanner.at++;
  return bounds;
}

/** `{n}`, `{n,}` or `{n,m}`. Anything else in braces, `{,m}` too, is literal text. */
function parseCounted(scanner: Scanner): readonly [number, number] | undefined {
  const at = scanner.at;
  if (!accept(scanner, '{')) return undefined;
  const min = parseCount(scanner);
  let max = min;
  if (accept(scanner, ',')) max = peek(scanner) === '}' ? UNBOUNDED : parseCount(scanner);
  if (min !== undefined && max !== undefined && accept(scanner, '}')) return [min, max];
  scanner.at = at;
  return undefined;
}

/** A decimal number without leading zeros. */
function parseCount(scanner: Scanner): number | undefined {
  const digits = takeWhile(scanner, isDigit);
  return digits === '' || (digits.length > 1 && digits.startsWith('0')) ? undefined : Number(digits);
}
