import { UNBOUNDED } from './ast.ts';
import { fail, type Scanner, take } from './scanner.ts';

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

/** Numbers have no leading zeros. Anything else in braces, `{,m}` too, is literal text. */
const REPETITION = /(?:([*+?])|\{(0|[1-9]\d*)(?:(,)(0|[1-9]\d*)?)?\})(\?)?/y;

/** Reads `*`, `+`, `?`, `{n}`, `{n,}` or `{n,m}` and a `?` after it; undefined, without moving, if none is next. */
export function parseRepetition(scanner: Scanner, limit: number): Repetition | undefined {
  const { at } = scanner;
  const match = take(scanner, REPETITION);
  if (match === null) return undefined;
  const [, sign, least, comma, most = comma ? UNBOUNDED : least, lazy] = match;
  const [min, max] = sign ? SIMPLE[sign]! : [Number(least), Number(most)];
  const largest = max === UNBOUNDED ? min : max;
  if (largest > limit) fail(scanner, `repetition count ${largest} exceeds ${limit}`, at);
  if (max < min) fail(scanner, `repetition {${min},${max}} is out of order`, at);
  return { min, max, lazy: lazy !== undefined };
}
