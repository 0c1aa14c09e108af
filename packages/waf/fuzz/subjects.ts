import fc from 'fast-check';
import type { Ruleset } from '../src/index.ts';
import { randomRuleset, randomRuns } from '../test/random-ruleset.ts';
import type { Configurations } from './peers.ts';
import type { Random } from './random.ts';
import { type Input, RequestGenerator } from './requests.ts';
import { allInForce, baseRulesets, eachItsOwnType } from './rulesets.ts';
import type { Texts } from './texts.ts';
import { variationOf } from './variations.ts';

/** Configurations to try inputs on. */
export interface Subject {
  readonly description: string;
  readonly configurations: Configurations;
  /** Inputs to run before the next subject: as many as make up for loading it. */
  readonly inputs: number;
  input(random: Random): Input;
}

/** Inputs for a large ruleset, and for a small one. */
const MANY = 500;
const FEW = 20;

/** Makes subjects in turn, of each kind so many that all kinds get about the same number of inputs. */
export function subjectGenerator(texts: Texts): (random: Random) => Subject {
  const { recommended, own } = baseRulesets();
  const together = {
    ...recommended,
    rules: [...recommended.rules!, ...own.rules!],
  };
  const requests = new RequestGenerator(texts);
  const large = (description: string, configurations: Configurations): Subject => ({
    description,
    configurations,
    inputs: MANY,
    input: (random) => requests.input(random),
  });
  const apart = (ruleset: Ruleset) => ({ default: eachItsOwnType(allInForce(ruleset)) });
  const varied = (ruleset: Ruleset, random: Random) => ({
    default: eachItsOwnType(ruleset),
    variation: eachItsOwnType(variationOf(ruleset, random)),
  });
  const asIs = (ruleset: Ruleset, random: Random) => {
    const { custom_rules = [], ...variation } = variationOf(ruleset, random);
    return {
      default: { ...ruleset, rules: withEvents(ruleset.rules!) },
      variation: { ...variation, custom_rules: withEvents(custom_rules) },
    };
  };
  const kinds: ((random: Random) => Subject)[] = [
    () => large("all of Datadog's rules", apart(recommended)),
    () => large('all of our rules', apart(own)),
    () => large("Datadog's rules and ours", apart(together)),
    (random) => large("Datadog's rules with a variation", varied(recommended, random)),
    (random) => large('our rules with a variation', varied(own, random)),
    (random) => large("Datadog's rules of their types with a variation", asIs(recommended, random)),
    (random) => large('our rules of their types with a variation', asIs(own, random)),
    (random) => small(random, false),
    (random) => small(random, true),
  ];
  const given = kinds.map(() => 0);
  return (random) => {
    const turn = given.indexOf(Math.min(...given));
    const subject = kinds[turn]!(random);
    given[turn]! += subject.inputs;
    return subject;
  };
}

function small(random: Random, sharesTypes: boolean): Subject {
  const [ruleset] = fc.sample(randomRuleset, { seed: random.word() | 0, numRuns: 1 });
  return {
    description: `a small random ruleset${sharesTypes ? ' of one type' : ''}`,
    configurations: { default: sharesTypes ? ofOneType(ruleset!) : ruleset! },
    inputs: FEW,
    input: (random) => fc.sample(randomRuns, { seed: random.word() | 0, numRuns: 1 })[0]!,
  };
}

/** Which rule of a type reports can be told from nothing else. */
function withEvents<R extends { output?: object }>(rules: readonly R[]) {
  return rules.map((rule) => ({ ...rule, output: { ...rule.output, event: true } }));
}

function ofOneType<T extends { rules: SmallRule[]; custom_rules: SmallRule[] }>(ruleset: T) {
  const alike = (rules: SmallRule[]) =>
    withEvents(rules).map((rule) => ({ ...rule, tags: { ...rule.tags, type: 't' } }));
  return { ...ruleset, rules: alike(ruleset.rules), custom_rules: alike(ruleset.custom_rules) };
}

type SmallRule = { tags: object; output?: object };
