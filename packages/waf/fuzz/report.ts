import type { Failure, Tally } from './campaign.ts';
import { KNOWN_DIFFERENCES } from './known-differences.ts';
import type { FuzzOptions } from './options.ts';
import { shrink } from './shrink.ts';

/** One line: percent, inputs a second, and on how many inputs a known difference showed. */
export function progressLine({ inputs, known }: Tally, count: number, seconds: number): string {
  const percent = Math.floor((100 * inputs) / count);
  const rate = Math.round(inputs / seconds);
  const classes = [...known].sort((a, b) => b[1] - a[1]).map(([name, times]) => `${name} ${times}`);
  return `${percent} %  ${rate} inputs/s  ${classes.join(', ')}`;
}

/** What a campaign did, and how often each known difference accounted for something. */
export function summary({ inputs, subjects, known }: Tally, seconds: number): string {
  const lines = KNOWN_DIFFERENCES.map(
    ({ name, reason }) => `${String(known.get(name) ?? 0).padStart(8)}  ${name}: ${reason}`,
  );
  return [
    `${inputs} inputs on ${subjects} rulesets in ${Math.round(seconds)} s.`,
    'Known differences, and the inputs that they accounted for:',
    ...lines,
  ].join('\n');
}

/** A failure with how to see it again, and a small case that differs. */
export function failureReport(failure: Failure, { seed, corpus }: FuzzOptions, inputs: number): string {
  const again = `npm run fuzz -- --seed ${seed} --count ${inputs}${corpus === undefined ? '' : ` --corpus ${corpus}`}`;
  return [
    `A difference that is not known, with ${failure.subject.description}. To see it again: ${again}`,
    'Here:',
    json(failure.verdict.ours),
    'libddwaf:',
    json(failure.verdict.theirs),
    'As small as it gets, configurations by path and the runs of one context:',
    json(shrink(failure)),
  ].join('\n');
}

function json(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => (item === undefined ? '(undefined)' : item));
}
