/** What our ruleset detects of attacks and flags of benign values, beside Datadog's on both engines. */
import { resolve } from 'node:path';
import type { Report } from '../report.ts';
import { UsageError } from '../usage-error.ts';
import { attackSets } from './attacks.ts';
import { benignSets } from './benign/index.ts';
import { ENGINE_NAMES, type Judge, openEngine, openExplainer } from './engines.ts';
import { isNamed, type Sample, type SampleSet } from './sample.ts';
import { type Tally, tablesOf } from './tables.ts';

export const DETECTION_OPTIONS = {
  corpus: { type: 'string' },
  set: { type: 'string', multiple: true },
  only: { type: 'string', multiple: true },
  missed: { type: 'string' },
  flagged: { type: 'string' },
} as const;

export interface DetectionOptions {
  /** A folder with `libinjection` and `payloads`; without it only benign sets are measured. */
  corpus?: string;
  /** Sets to measure, by name or part of it; default all. */
  set?: string[];
  /** Engines to run: `ours`, `datadog`, `libddwaf`; default all. */
  only?: string[];
  /** Instead of figures, the samples of these sets that our ruleset misses, or flags. */
  missed?: string;
  flagged?: string;
}

/** A sample that our ruleset should have judged otherwise. */
interface Finding {
  set: string;
  confidence?: string;
  /** What each rule highlights. */
  rules?: Record<string, string[]>;
  text: string;
}

/**
 * Takes some minutes for all sets and engines. Returns a report, or with `missed` or `flagged` what was found, one a
 * line. Throws an error that says what to do if an option or a folder is wrong.
 */
export async function benchmarkDetection(
  progress: (step: string) => void,
  options: DetectionOptions,
): Promise<Report | readonly string[]> {
  const sets = setsOf(options);
  if (options.missed !== undefined) return findMissed(named(sets, [options.missed]));
  if (options.flagged !== undefined) return findFlagged(named(sets, [options.flagged]));

  const engines = enginesOf(options.only).map((name) => [name, openEngine(name)] as const);
  const tallies: Tally[] = [];
  for (const set of options.set ? named(sets, options.set) : sets) {
    progress(set.name);
    tallies.push(count(set, await set.samples(), engines));
  }
  return { environment: { node: process.versions.node }, tables: tablesOf(tallies) };
}

function count(
  set: SampleSet,
  samples: readonly Sample[],
  engines: readonly (readonly [string, Judge])[],
): Tally {
  const flagged = Object.fromEntries(engines.map(([name]) => [name, 0]));
  const blocked = { ...flagged };
  for (const { request } of samples) {
    for (const [name, judge] of engines) {
      const verdict = judge(request);
      if (verdict.flagged) flagged[name]!++;
      if (verdict.blocked) blocked[name]!++;
    }
  }
  return { set, samples: samples.length, flagged, blocked };
}

function setsOf({ corpus }: DetectionOptions): SampleSet[] {
  // npm runs scripts in the package's folder, and says where it was called.
  const attacks = corpus === undefined ? [] : attackSets(resolve(process.env.INIT_CWD ?? '.', corpus));
  return [...attacks, ...benignSets()];
}

function named(sets: readonly SampleSet[], asked: readonly string[]): SampleSet[] {
  for (const name of asked) {
    if (!sets.some((set) => isNamed(set, name))) {
      throw new UsageError(`no set is named ${name}; there are ${sets.map((set) => set.name).join(', ')}`);
    }
  }
  return sets.filter((set) => asked.some((name) => isNamed(set, name)));
}

function enginesOf(only: readonly string[] = ENGINE_NAMES): readonly string[] {
  const unknown = only.find((name) => !ENGINE_NAMES.includes(name));
  if (unknown === undefined) return only;
  throw new UsageError(`--only ${unknown}: the engines are ${ENGINE_NAMES.join(', ')}`);
}

function findMissed(sets: readonly SampleSet[]): Promise<string[]> {
  const judge = openEngine('ours');
  return find(sets, ({ text, request }) => (judge(request).flagged ? undefined : { text }));
}

function findFlagged(sets: readonly SampleSet[]): Promise<string[]> {
  const judge = openEngine('ours');
  const explain = openExplainer();
  return find(sets, ({ text, request }) => {
    const { flagged, blocked } = judge(request);
    return flagged ? { confidence: blocked ? 'high' : 'lower', rules: explain(request), text } : undefined;
  });
}

/** As JSON: texts hold line ends and control characters. */
async function find(
  sets: readonly SampleSet[],
  judge: (sample: Sample) => Omit<Finding, 'set'> | undefined,
): Promise<string[]> {
  const lines: string[] = [];
  for (const set of sets) {
    for (const sample of await set.samples()) {
      const found = judge(sample);
      if (found) lines.push(JSON.stringify({ set: set.name, ...found } satisfies Finding));
    }
  }
  return lines;
}
