import { parseArgs } from 'node:util';

export interface FuzzOptions {
  /** Inputs to run. */
  count: number;
  /** The same seed and count give the same inputs. */
  seed: number;
  /** A directory whose files hold more texts, one a line. */
  corpus: string | undefined;
  /** Seconds after which no more inputs are run. */
  time: number;
}

export const USAGE = `Runs random inputs through this engine and through libddwaf, and compares what they find.

  npm run fuzz -- [--count 200000] [--seed 1] [--corpus DIR] [--time SECONDS]

  --count   inputs to run (default 200000)
  --seed    what the inputs are made from; the same seed gives the same ones (default 1)
  --corpus  a directory of files with more texts, one a line
  --time    stop after so many seconds
`;

/** Reads the command line. Throws an Error that says which option is wrong. */
export function parseOptions(args: readonly string[]): FuzzOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      count: { type: 'string', default: '200000' },
      seed: { type: 'string', default: '1' },
      corpus: { type: 'string' },
      time: { type: 'string' },
    },
  });
  return {
    count: wholeNumber('count', values.count),
    seed: wholeNumber('seed', values.seed),
    corpus: values.corpus,
    time: values.time === undefined ? Number.POSITIVE_INFINITY : wholeNumber('time', values.time),
  };
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new Error(`--${name} takes a whole number, got '${text}'`);
  return Number(text);
}
