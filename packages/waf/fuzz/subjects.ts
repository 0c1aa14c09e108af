import type { Ruleset } from '../src/index.ts';
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

/** Makes subjects in turn. */
export function subjectGenerator(texts: Texts): (random: Random) => Subject {
  const { recommended, own } = baseRulesets();
  const requests = new RequestGenerator(texts);
  const input = (random: Random) => requests.input(random);
  const whole = (description: string, ruleset: Ruleset): Subject => ({
    description,
    configurations: { default: eachItsOwnType(allInForce(ruleset)) },
    inputs: 2000,
    input,
  });
  const varied = (description: string, ruleset: Ruleset, random: Random): Subject => ({
    description,
    configurations: {
      default: eachItsOwnType(ruleset),
      variation: eachItsOwnType(variationOf(ruleset, random)),
    },
    inputs: 500,
    input,
  });
  const kinds: ((random: Random) => Subject)[] = [
    () => whole("all of Datadog's rules", recommended),
    () => whole('all of our rules', own),
    (random) => varied("Datadog's rules with a variation", recommended, random),
    (random) => varied('our rules with a variation', own, random),
  ];
  return (random) => random.pick(kinds)(random);
}
