import type { Failure } from './campaign.ts';
import { classify, type Verdict } from './classify.ts';
import { same } from './compare.ts';
import { type Configurations, openOurs, openTheirs } from './peers.ts';
import type { Input } from './requests.ts';

/** Milliseconds that shrinking the input, and then the rulesets, may take. */
const TIME = { input: 10_000, configurations: 60_000 };

export interface Reproduction {
  configurations: Configurations;
  input: Input;
}

/** Leaves out of a failure what it takes to still differ in one of the ways in which it did. */
export function shrink({ subject, input, verdict }: Failure): Reproduction {
  const { configurations } = subject;
  const symptoms = symptomsOf(verdict);
  const shrinkInput = (of: Configurations, from: Input) =>
    withPeers(of, symptoms, (differs) =>
      smallest(from, differs, { texts: true, milliseconds: TIME.input }),
    ) ?? from;
  const first = shrinkInput(configurations, input);
  const fewer = smallest(
    configurations,
    (candidate) => withPeers(candidate, symptoms, (differs) => differs(first)) === true,
    { texts: false, milliseconds: TIME.configurations },
  );
  return { configurations: fewer, input: shrinkInput(fewer, first) };
}

/** Calls with a test of whether the two differ on an input; undefined if one of them refuses the configurations. */
function withPeers<T>(
  configurations: Configurations,
  symptoms: ReadonlySet<string>,
  use: (differs: (input: Input) => boolean) => T,
): T | undefined {
  if (hasEmptyData(configurations)) return undefined;
  const ours = openOurs(configurations);
  const theirs = openTheirs(configurations);
  try {
    if (ours === undefined || theirs === undefined) return undefined;
    return use((input) => {
      const verdict = classify({ configurations, ours, theirs }, input);
      return verdict.kind === 'unknown' && [...symptomsOf(verdict)].some((one) => symptoms.has(one));
    });
  } finally {
    ours?.close();
    theirs?.close();
  }
}

/** In what two results differ: rules that only one reports or that they report otherwise, or other parts. */
function symptomsOf({ ours, theirs }: Extract<Verdict, { kind: 'unknown' }>): Set<string> {
  const symptoms = new Set<string>();
  for (const [run, our] of ours.entries()) {
    const their = theirs[run]!;
    const disputed = (view: typeof our, other: typeof our, sign: string) => {
      for (const event of view.events) {
        if (!other.events.some((its) => same(its, event))) symptoms.add(sign + event.rule.id);
      }
    };
    disputed(our, their, '+');
    disputed(their, our, '-');
    for (const part of ['actions', 'attributes', 'keep', 'error'] as const) {
      if (symptoms.size === 0 && !same(our[part], their[part])) symptoms.add(part);
    }
  }
  return symptoms;
}

/** Whether a list of data is empty, on which libddwaf 1.30 crashes. */
function hasEmptyData(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(
    ([key, item]) => (key === 'data' && Array.isArray(item) && item.length === 0) || hasEmptyData(item),
  );
}

interface ShrinkOptions {
  /** Whether strings and keys are made shorter too. */
  texts: boolean;
  milliseconds: number;
}

/** The smallest value that passes a test, as far as leaving out parts of it one after the other leads to it. */
function smallest<T>(value: T, test: (candidate: T) => boolean, { texts, milliseconds }: ShrinkOptions): T {
  const end = performance.now() + milliseconds;
  let current = value;
  for (let found = true; found; ) {
    found = false;
    for (const candidate of smaller(current, texts)) {
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
function* smaller(value: unknown, texts: boolean): Generator<unknown> {
  if (typeof value === 'string') {
    if (!texts) return;
    for (const [start, end] of parts(value.length)) yield value.slice(0, start) + value.slice(end);
  } else if (Array.isArray(value)) {
    for (const [start, end] of parts(value.length)) yield [...value.slice(0, start), ...value.slice(end)];
    for (const [index, item] of value.entries()) {
      for (const less of smaller(item, texts)) yield value.with(index, less);
    }
  } else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    for (const [start, end] of parts(entries.length)) {
      yield Object.fromEntries([...entries.slice(0, start), ...entries.slice(end)]);
    }
    for (const [index, [key, item]] of entries.entries()) {
      for (const less of smaller(item, texts)) yield Object.fromEntries(entries.with(index, [key, less]));
    }
  }
}

/** Halves, quarters and so on down to single places of a length. */
function* parts(length: number): Generator<[number, number]> {
  for (let size = length; size >= 1; size = Math.floor(size / 2)) {
    for (let start = 0; start < length; start += size) yield [start, Math.min(length, start + size)];
  }
}
