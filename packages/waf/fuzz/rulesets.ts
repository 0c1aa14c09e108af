import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ruleset as ownRuleset } from '@wardline/rules';
import { compile, type RuleDefinition, type Ruleset } from '../src/index.ts';
import type { Configurations } from './peers.ts';

/** The rulesets that are there, as far as this engine has their operators. */
export function baseRulesets(): Record<'recommended' | 'own', Ruleset> {
  const file = 'dd-trace/packages/dd-trace/src/appsec/recommended.json';
  const recommended = JSON.parse(
    readFileSync(createRequire(import.meta.url).resolve(file), 'utf8'),
  ) as Ruleset;
  return { recommended: supported(recommended), own: supported(ownRuleset) };
}

/** Without what this engine says in its diagnostics that it has not. */
function supported(ruleset: Ruleset): Ruleset {
  const { sections } = compile(ruleset).diagnostics.default!;
  const skipped = new Set(
    Object.entries(sections.rules?.warnings ?? {}).flatMap(([warning, ids]) =>
      warning.includes('unsupported operator') ? ids : [],
    ),
  );
  const { processors, scanners, ...rest } = ruleset;
  const processes = (sections.processors?.loaded.length ?? 0) > 0;
  return {
    ...rest,
    rules: ruleset.rules!.filter((rule) => !skipped.has(rule.id) && !readsWeights(rule)).map(withKind),
    rules_compat: (ruleset.rules_compat ?? []).map(withKind),
    ...(processes && {
      processors: (processors ?? []).filter(({ generator }) => generator !== 'sum_weights'),
      scanners: scanners ?? [],
    }),
  };
}

/** libddwaf has no weights, so rules are without theirs here. */
function readsWeights({ conditions }: RuleDefinition): boolean {
  return JSON.stringify(conditions).includes('"waf.context.weights"');
}

/**
 * Repeats the type in another tag, for overrides and exclusions to aim at whatever becomes of the type; and tells what
 * may be made to block: not findings at sinks, since where they are meant to differ all that follows would; nor rules
 * without events, since then nothing tells which one it was.
 */
function withKind(rule: RuleDefinition): RuleDefinition {
  const atSink = rule.conditions.some(({ operator }) => operator.includes('_detector'));
  const place = atSink ? 'sink' : rule.output?.event === false ? 'nowhere' : 'request';
  const { weight: _, ...tags } = rule.tags;
  return { ...rule, tags: { ...tags, kind: tags.type, place } as RuleDefinition['tags'] };
}

/**
 * The same rules, each of a type of its own: of the rules of a type libddwaf reports the one that its hash tables come
 * to first.
 */
export function eachItsOwnType<T extends object>(ruleset: T): T {
  const alone = (rules: RuleDefinition[] | undefined) =>
    rules?.map((rule) => ({ ...rule, tags: { ...rule.tags, type: rule.id } }));
  const { rules, rules_compat, custom_rules } = ruleset as Ruleset;
  return {
    ...ruleset,
    ...(rules && { rules: alone(rules) }),
    ...(rules_compat && { rules_compat: alone(rules_compat) }),
    ...(custom_rules && { custom_rules: alone(custom_rules) }),
  };
}

/** The same rules, all in force and all of the module that is evaluated last. */
export function allInForce(ruleset: Ruleset): Ruleset {
  const enabled = (rules: RuleDefinition[] = []) =>
    rules.map((rule) => ({
      ...rule,
      enabled: true,
      tags: { ...rule.tags, module: rule.tags.module ?? 'waf' },
    }));
  return { ...ruleset, rules: enabled(ruleset.rules), rules_compat: enabled(ruleset.rules_compat) };
}

/** The rules of configurations, as they are written there. */
export function rulesOf(configurations: Configurations): RuleDefinition[] {
  return (Object.values(configurations) as Ruleset[]).flatMap(
    ({ rules = [], rules_compat = [], custom_rules = [] }) => [...rules, ...rules_compat, ...custom_rules],
  );
}

export function ruleById(configurations: Configurations, id: string): RuleDefinition | undefined {
  return rulesOf(configurations).find((rule) => rule.id === id);
}
