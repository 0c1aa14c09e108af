/** Measuring durations side by side, so that what else the machine does falls on all alike. */

const ROUNDS = 15;
const MICROSECONDS_PER_ROUND = 20_000;

/**
 * The median time of each function in microseconds. They take turns, round by round, after a warm-up; each is called
 * with 0, 1, 2 and so on.
 */
export function compareTimes<Name extends string>(
  functions: Readonly<Record<Name, (index: number) => void>>,
  warmUps = 3000,
): Record<Name, number> {
  const contestants = (Object.keys(functions) as Name[]).map((name) =>
    contestant(name, functions[name], warmUps),
  );
  for (let round = 0; round < ROUNDS; round++) {
    for (const { samples, measure } of contestants) samples.push(measure());
  }
  return Object.fromEntries(contestants.map(({ name, samples }) => [name, median(samples)])) as Record<
    Name,
    number
  >;
}

function contestant(name: string, run: (index: number) => void, warmUps: number) {
  let index = 0;
  const timeOf = (calls: number): number => {
    const start = performance.now();
    for (let call = 0; call < calls; call++) run(index++);
    return ((performance.now() - start) * 1000) / calls;
  };
  timeOf(1);
  const budget = MICROSECONDS_PER_ROUND * ROUNDS;
  const first = timeOf(3);
  const typical = timeOf(Math.max(3, Math.min(warmUps, Math.round(budget / first))));
  const calls = Math.max(1, Math.round(MICROSECONDS_PER_ROUND / typical));
  return { name, samples: [] as number[], measure: () => timeOf(calls) };
}

export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}
