/** Measuring durations side by side, so that what else the machine does falls on all alike. */

const ROUNDS = 31;
const MILLISECONDS_PER_ROUND = 10;
/** So that the runtime has compiled what it will, in the background too. */
const WARM_UP_MILLISECONDS = 400;

/**
 * The median time of each function in microseconds. They take turns, round by round, after a warm-up; each is called
 * with 0, 1, 2 and so on.
 */
export function compareTimes<Name extends string>(
  functions: Readonly<Record<Name, (index: number) => void>>,
): Record<Name, number> {
  const contestants = (Object.keys(functions) as Name[]).map((name) => contestant(name, functions[name]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const { samples, measure } of contestants) samples.push(measure());
  }
  return Object.fromEntries(contestants.map(({ name, samples }) => [name, median(samples)])) as Record<
    Name,
    number
  >;
}

function contestant(name: string, run: (index: number) => void) {
  let index = 0;
  const timeOf = (calls: number): number => {
    const start = performance.now();
    for (let call = 0; call < calls; call++) run(index++);
    return (performance.now() - start) / calls;
  };
  const end = performance.now() + WARM_UP_MILLISECONDS;
  let typical = timeOf(1);
  while (performance.now() < end) typical = timeOf(Math.ceil(1 / typical));
  const calls = Math.max(1, Math.round(MILLISECONDS_PER_ROUND / typical));
  return { name, samples: [] as number[], measure: () => timeOf(calls) * 1000 };
}

export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}
