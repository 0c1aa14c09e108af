/** Whether the ruleset still finds each of its positive vectors when it is written another way. */
import { ruleSources, ruleset } from '../../packages/rules/src/index.ts';
import { readVectors } from '../../packages/rules/test/vectors.ts';
import { groupBy } from '../../packages/waf/src/group-by.ts';
import { compile } from '../../packages/waf/src/index.ts';
import type { Report, Row } from '../report.ts';
import { MUTATIONS } from './mutations.ts';

export const MUTATION_OPTIONS = { missed: { type: 'string' } } as const;

/** Microseconds: a verdict must not depend on how busy the machine is. */
const UNHURRIED = 10_000_000;

interface Variant {
  readonly rule: string;
  readonly mutation: string;
  readonly text: string;
  readonly found: boolean;
}

/** With `missed`, the name of a mutation or of a rule or part of it, the variants that are missed, one a line. */
export function benchmarkMutations(
  progress: (step: string) => void,
  { missed }: { missed?: string },
): Report | readonly string[] {
  progress('variants of the vectors');
  const variants = judgedVariants();
  if (missed !== undefined) {
    return variants
      .filter(({ rule, mutation, found }) => !found && (rule.includes(missed) || mutation.includes(missed)))
      .map(({ rule, mutation, text }) => `${rule}\t${mutation}\t${JSON.stringify(text.slice(-300))}`);
  }
  return {
    environment: { node: process.versions.node },
    tables: {
      'By mutation': rows(variants, 'mutation'),
      'By rule': rows(variants, 'rule').filter(({ missed }) => missed),
    },
  };
}

function judgedVariants(): Variant[] {
  const waf = compile(ruleset, { limits: { timeout: UNHURRIED } });
  const isFound = (text: string) =>
    waf.newContext().run({ 'server.request.query': { q: [text] } }).events.length > 0;
  const types = new Map(ruleSources.map(({ id, type }) => [id, type]));
  return [...readVectors()].flatMap(([rule, { match }]) => {
    const texts = match.filter((vector) => typeof vector === 'string').filter(isFound);
    return MUTATIONS.filter(({ types: only }) => only?.includes(types.get(rule)!) !== false).flatMap(
      ({ name, mutate }) =>
        texts.flatMap((original): Variant[] => {
          const text = mutate(original);
          if (text === undefined || text === original) return [];
          return [{ rule, mutation: name, text, found: isFound(text) }];
        }),
    );
  });
}

function rows(variants: readonly Variant[], by: 'mutation' | 'rule'): Row[] {
  return [...groupBy(variants, (variant) => variant[by])].map(([name, group]) => {
    const found = group.filter((variant) => variant.found).length;
    return {
      [by]: name,
      variants: group.length,
      found,
      missed: group.length - found,
      '%': (100 * found) / group.length,
    };
  });
}
