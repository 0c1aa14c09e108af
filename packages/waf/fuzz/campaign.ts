import { classify, type Peers, type Verdict } from './classify.ts';
import type { FuzzOptions } from './options.ts';
import { openOurs, openTheirs } from './peers.ts';
import { Random } from './random.ts';
import type { Input } from './requests.ts';
import { type Subject, subjectGenerator } from './subjects.ts';
import { readTexts } from './texts.ts';

/** How far a campaign has come. */
export interface Tally {
  inputs: number;
  /** Rulesets that were tried. */
  subjects: number;
  /** Inputs on which something differed, by the names of known differences. */
  readonly known: Map<string, number>;
}

/** An input on which the two differ and no known difference accounts for it. */
export interface Failure {
  readonly subject: Subject;
  readonly input: Input;
  readonly verdict: Extract<Verdict, { kind: 'unknown' }>;
}

export interface Outcome {
  readonly tally: Tally;
  readonly failure?: Failure;
}

/** Inputs of a subject have numbers below this in their stream. */
const INPUTS_PER_SUBJECT = 0x10000;
const MILLISECONDS = 1000;

/**
 * Runs inputs through both engines up to the first difference that is not known, or to the end. What it does depends on
 * the seed and the count alone, but for `time`. `onProgress` is called after each ruleset.
 */
export function runCampaign(options: FuzzOptions, onProgress: (tally: Tally) => void = () => {}): Outcome {
  const { count, seed, corpus, time } = options;
  const end = performance.now() + time * MILLISECONDS;
  const nextSubject = subjectGenerator(readTexts(corpus));
  const tally: Tally = { inputs: 0, subjects: 0, known: new Map() };
  for (let block = 0; tally.inputs < count && performance.now() < end; block++) {
    const stream = block * INPUTS_PER_SUBJECT;
    const subject = nextSubject(new Random(seed, stream));
    const peers = openPeers(subject);
    if (peers === undefined) continue;
    tally.subjects++;
    const inputs = Math.min(subject.inputs, count - tally.inputs);
    for (let index = 1; index <= inputs; index++) {
      tally.inputs++;
      const input = subject.input(new Random(seed, stream + index));
      const verdict = classify(peers, input);
      if (verdict.kind === 'unknown') return { tally, failure: { subject, input, verdict } };
      if (verdict.kind === 'known') add(tally.known, verdict.names);
    }
    peers.ours.close();
    peers.theirs.close();
    onProgress(tally);
  }
  return { tally };
}

/** Both engines under a subject's configurations; undefined if libddwaf has no use for them, as when no rule is enabled. */
function openPeers({ description, configurations }: Subject): Peers | undefined {
  const theirs = openTheirs(configurations);
  if (theirs === undefined) return undefined;
  const ours = openOurs(configurations);
  if (ours === undefined) {
    throw new Error(
      `libddwaf takes ${description} and this engine doesn't: ${JSON.stringify(configurations)}`,
    );
  }
  return { configurations, ours, theirs };
}

function add(known: Map<string, number>, names: readonly string[]): void {
  for (const name of names) known.set(name, (known.get(name) ?? 0) + 1);
}
