import { ruleset as ownRules } from '../../packages/rules/src/index.ts';
import type { Row } from '../report.ts';
import { compareTimes } from '../timing.ts';
import { openWardline, recommendedRules } from './engines.ts';
import { benignGet, benignPost, varied } from './requests.ts';

/** Datadog's rules alone, our own alone, and both together on benign requests. */
export function measureRuleCount(): Row[] {
  const datadog = recommendedRules();
  const both = { ...datadog, rules: [...(datadog.rules ?? []), ...(ownRules.rules ?? [])] };
  const rulesets = { datadog, own: ownRules, both };
  const [datadogWaf, ownWaf, bothWaf] = Object.values(rulesets).map((ruleset) => openWardline(ruleset));
  return Object.entries({ 'benign GET': benignGet, 'benign JSON POST': benignPost }).map(
    ([request, make]) => {
      const variants = varied(make, 500);
      // The automata are to know all of them before anything is timed.
      for (const engine of [datadogWaf, ownWaf, bothWaf])
        for (const request of variants) engine!.check(request);
      const on = (engine: typeof datadogWaf) => (index: number) => {
        engine!.check(variants[index % variants.length]!);
      };
      const times = compareTimes({ datadog: on(datadogWaf), own: on(ownWaf), both: on(bothWaf) });
      return {
        request,
        [`Datadog's ${datadog.rules?.length} rules, µs`]: times.datadog,
        [`own ${ownRules.rules?.length} rules, µs`]: times.own,
        'both, µs': times.both,
        'both to Datadog': times.both / times.datadog,
      };
    },
  );
}
