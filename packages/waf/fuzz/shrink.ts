import type { Failure } from './campaign.ts';
import { classify } from './classify.ts';
import { type Configurations, openOurs, openTheirs } from './peers.ts';
import type { Input } from './requests.ts';

/** Milliseconds that shrinking the input, and then the rulesets, may take. */
const TIME = { input: 10_000, configurations: 60_000 };

export interface Reproduction {
  configurations: Configurations;
  input: Input;
}

/** Leaves out of a failure what it takes to still differ in some way that is not known. */
export function shrink({ subject, input }: Failure): Reproduction {
  const { configurations } = subject;
  const first = withPeers(configurations, (differs) => smallest(input, differs, TIME.input)) ?? input;
  const fewer = smallest(
    configurations,
    (candidate) => withPeers(candidate, (differs) => differs(first)) === true,
    TIME.configurations,
  );
  const last = withPeers(fewer, (differs) => smallest(first, differs, TIME.input)) ?? first;
  return { configurations: fewer, input: last };
}

/** Calls with a test of whether the two differ on an input; undefined if one of them refuses the configurations. */
function withPeers<T>(
  configurations: Configurations,
  use: (differs: (input: Input) => boolean) => T,
): T | undefined {
  const ours = openOurs(configurations);
  const theirs = openTheirs(configurations);
  try {
    if (ours === undefined || theirs === undefined) return undefined;
    return use((input) => classify({ configurations, ours, theirs }, input).kind === 'unknown');
  } finally {
    ours?.close();
    theirs?.close();
  }
}

/** The smallest value that passes a test, as far as leaving out parts of it one after the other leads to it. */
function smallest<T>(value: T, test: (candidate: T) => boolean, milliseconds: number): T {
  const end = performance.now() + milliseconds;
  let current = value;
  for (let found = true; found; ) {
    found = false;
    for (const candidate of smaller(current)) {
      if (performance.now() > end) return current;
      if (!test(candidate as T)) continue;
      current = candidate as T;
      found = true;
      break;
    }
  }
  return current;
}

/** Values with one part left out, large parts first. */
function* smaller(value: unknown): Generator<unknown> {
  if (typeof value === 'string') {
    for (const [start, end] of parts(value.length)) yield value.slice(0, start) + value.slice(end);
  } else if (Array.isArray(value)) {
    for (const [start, end] of parts(value.length)) yield [...value.slice(0, start), ...value.slice(end)];
    for (const [index, item] of value.entries()) {
      for (const less of smaller(item)) yield value.with(index, less);
    }
  } else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    for (const [start, end] of parts(entries.length)) {
      yield Object.fromEntries([...entries.slice(0, start), ...entries.slice(end)]);
    }
    for (const [index, [key, item]] of entries.entries()) {
      for (const less of smaller(item)) yield Object.fromEntries(entries.with(index, [key, less]));
      for (const less of smaller(key)) yield Object.fromEntries(entries.with(index, [less as string, item]));
    }
  }
}

/** Halves, quarters and so on down to single places of a length. */
function* parts(length: number): Generator<[number, number]> {
  for (let size = length; size >= 1; size = Math.floor(size / 2)) {
    for (let start = 0; start < length; start += size) yield [start, Math.min(length, start + size)];
  }
}
