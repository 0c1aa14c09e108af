import type { DatedValues } from '../match/dated-value.ts';
import { DEFAULT_ACTIONS } from './action.ts';
import { isReferredTo } from './reference.ts';
import type {
  Action,
  Configuration,
  Data,
  Exclusion,
  Obfuscation,
  Override,
  Processor,
  ProcessorOverride,
  Rule,
  Scanner,
} from './specification.ts';

/** All configurations as one: overrides applied, disabled rules gone, data of the same id united. */
export interface MergedRuleset {
  rulesVersion: string | undefined;
  rules: readonly Rule[];
  exclusions: readonly Exclusion[];
  actions: ReadonlyMap<string, Action>;
  rulesData: ReadonlyMap<string, DatedValues>;
  exclusionData: ReadonlyMap<string, DatedValues>;
  processors: readonly Processor[];
  scanners: readonly Scanner[];
  obfuscation: Obfuscation;
}

/** Merges configurations in the order given; where later ones can change what earlier ones say, the last wins. */
export function mergeConfigurations(configurations: readonly Configuration[]): MergedRuleset {
  const all = <T>(elements: (configuration: Configuration) => readonly T[]): T[] =>
    configurations.flatMap(elements);
  const last = <T>(read: (configuration: Configuration) => T | undefined): T | undefined =>
    configurations.map(read).findLast((value) => value !== undefined);
  const overrides = all((from) => from.overrides);
  const processorOverrides = all((from) => from.processorOverrides);
  return {
    rulesVersion: last((from) => from.rulesVersion),
    rules: all((from) => from.rules)
      .map((rule) => applyOverrides(rule, overrides))
      .filter((rule) => rule.enabled),
    exclusions: all((from) => from.exclusions),
    actions: new Map(
      [...DEFAULT_ACTIONS, ...all((from) => from.actions)].map((action) => [action.id, action]),
    ),
    rulesData: uniteData(all((from) => from.rulesData)),
    exclusionData: uniteData(all((from) => from.exclusionData)),
    processors: all((from) => from.processors).map((processor) =>
      applyProcessorOverrides(processor, processorOverrides),
    ),
    scanners: all((from) => from.scanners),
    obfuscation: {
      keyRegex: last(({ obfuscation }) => obfuscation.keyRegex),
      valueRegex: last(({ obfuscation }) => obfuscation.valueRegex),
    },
  };
}

/** Overrides by id come after those by tags, so they win. Tags only add: a rule keeps the values that it has. */
function applyOverrides(rule: Rule, overrides: readonly Override[]): Rule {
  if (rule.origin === 'custom') return rule;
  const byId = (override: Override) => 'id' in override.targets[0]!;
  let changed = rule;
  for (const override of [...overrides.filter((o) => !byId(o)), ...overrides.filter(byId)]) {
    if (!isReferredTo(rule, override.targets)) continue;
    changed = {
      ...changed,
      enabled: override.enabled ?? changed.enabled,
      onMatch: override.onMatch ?? changed.onMatch,
      tags: new Map([...override.tags, ...changed.tags]),
    };
  }
  return changed;
}

/** Overrides add up. */
function applyProcessorOverrides(processor: Processor, overrides: readonly ProcessorOverride[]): Processor {
  const selections = overrides
    .filter(({ targets }) => targets.includes(processor.id))
    .map(({ scanners }) => scanners);
  if (selections.length === 0) return processor;
  const all = [processor.scanners, ...selections];
  const scanners = {
    include: all.flatMap(({ include }) => include),
    exclude: all.flatMap(({ exclude }) => exclude),
  };
  return { ...processor, scanners };
}

function uniteData(entries: readonly Data[]): Map<string, DatedValues> {
  const united = new Map<string, DatedValues>();
  for (const { id, values, expirations } of entries) {
    const known = united.get(id);
    united.set(id, {
      values: known ? known.values.concat(values) : values,
      expirations: known ? known.expirations.concat(expirations) : expirations,
    });
  }
  return united;
}
