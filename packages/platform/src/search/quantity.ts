/** A plain decimal number. The same expression decides in SQL which values can be compared with numbers. */
export const NUMBER_PATTERN = '^-?[0-9]{1,15}([.][0-9]{1,15})?$';
const NUMBER = new RegExp(NUMBER_PATTERN);
const DURATION = /^(-?[0-9]{1,15}(?:[.][0-9]{1,15})?)(ns|us|µs|ms|s|m|h|d|w)$/;

const NANOSECONDS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3_600e9,
  d: 86_400e9,
  w: 604_800e9,
};

/** The number that a value is, or undefined if it isn't a plain decimal number. */
export function numberOf(text: string): number | undefined {
  return NUMBER.test(text) ? Number(text) : undefined;
}

/** The number that a bound names: `404`, `-1.5`, or a duration (`20ms`, `1.5s`) in nanoseconds. */
export function quantityOf(text: string): number | undefined {
  const duration = DURATION.exec(text);
  return duration ? Number(duration[1]) * NANOSECONDS[duration[2]!]! : numberOf(text);
}
