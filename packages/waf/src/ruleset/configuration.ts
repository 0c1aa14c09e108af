import type { Diagnostics, SectionDiagnostics } from '../types.ts';
import { parseAction } from './action.ts';
import { parseData } from './data.ts';
import { countLoaded, fileFault, fileUnusable, hasErrors } from './diagnostics.ts';
import { parseExclusion } from './exclusion.ts';
import { fail, messageOf } from './fault.ts';
import { asArray, asObject, get, isObject, type JsonObject, scalarText, stringAt } from './json.ts';
import { parseOverride } from './override.ts';
import { parseProcessor, parseProcessorOverride } from './processor.ts';
import { parseRule } from './rule.ts';
import { scannerParser } from './scanner.ts';
import type { Configuration, Rule } from './specification.ts';
import { checkSchemaVersion } from './version.ts';

export interface ParsedConfiguration {
  configuration: Configuration;
  /** Has `error` if nothing could be loaded though something was meant to be. */
  diagnostics: Diagnostics;
  /** What must be unique over all configurations: ids with their kind, such as `rule crs-942-100`. */
  ids: ReadonlySet<string>;
}

/**
 * Reads one configuration, where others have `taken` ids. Takes any value and never throws: each element that cannot be
 * used is left out, and the diagnostics say why. Keys that are not part of the format are ignored.
 */
export function parseConfiguration(input: unknown, taken: ReadonlySet<string>): ParsedConfiguration {
  try {
    return readConfiguration(input, taken);
  } catch (error) {
    // The host's code threw where it was looked at.
    return { ...readConfiguration({}, taken), diagnostics: { error: messageOf(error), sections: {} } };
  }
}

/** Elements of a section that are read. */
const MAX_ELEMENTS = 100_000;

function readConfiguration(input: unknown, taken: ReadonlySet<string>): ParsedConfiguration {
  const diagnostics: Diagnostics = { sections: {} };
  const ids = new Set<string>();
  let root: JsonObject = {};
  try {
    const object = asObject(input);
    checkSchemaVersion(object);
    root = object;
  } catch (error) {
    diagnostics.error = messageOf(error);
  }

  const metadata = (section: string, key: string): string | undefined => {
    const object = get(root, section);
    return isObject(object) ? scalarText(get(object, key)) : undefined;
  };

  /** Elements that the diagnostics name by their index, unless `parse` sets the id of their place. */
  const anonymous = <T>(name: string, parse: (element: JsonObject, place: { id?: string }) => T): T[] => {
    const value = get(root, name);
    if (value === undefined) return [];
    const report: SectionDiagnostics = { loaded: [], failed: [], skipped: [], errors: {}, warnings: {} };
    diagnostics.sections[name] = report;
    let items: unknown[] = [];
    try {
      items = asArray(value, MAX_ELEMENTS);
    } catch (error) {
      fileUnusable(report, messageOf(error));
    }
    return items.flatMap((item, index) => {
      const place: { id?: string } = {};
      const nameOf = () => place.id ?? `index:${index}`;
      try {
        const parsed = parse(asObject(item), place);
        report.loaded.push(nameOf());
        return [parsed];
      } catch (error) {
        fileFault(report, nameOf(), error);
        return [];
      }
    });
  };

  /** Elements with an `id`, which must be unique among those of a kind if they are of one. */
  const identified = <T>(name: string, kind: string, parse: (element: JsonObject, id: string) => T): T[] =>
    anonymous(name, (element, place) => {
      const id = stringAt(element, 'id');
      place.id = id;
      const unique = `${kind} ${id}`;
      if (kind !== '' && (taken.has(unique) || ids.has(unique))) fail(`duplicate ${kind}`);
      const parsed = parse(element, id);
      ids.add(unique);
      return parsed;
    });

  const rules = (name: string, origin: Rule['origin']): Rule[] =>
    identified(name, 'rule', (element, id) => parseRule(element, id, origin));

  const configuration: Configuration = {
    rulesVersion: metadata('metadata', 'rules_version'),
    actions: identified('actions', 'action', parseAction),
    rules: [...rules('rules', 'base'), ...rules('rules_compat', 'base'), ...rules('custom_rules', 'custom')],
    rulesData: identified('rules_data', '', parseData),
    overrides: anonymous('rules_override', parseOverride),
    exclusions: identified('exclusions', 'exclusion', parseExclusion),
    exclusionData: identified('exclusion_data', '', parseData),
    processors: identified('processors', 'processor', parseProcessor),
    processorOverrides: anonymous('processor_overrides', parseProcessorOverride),
    scanners: identified('scanners', 'scanner', scannerParser()),
    obfuscation: {
      keyRegex: metadata('obfuscator', 'key_regex'),
      valueRegex: metadata('obfuscator', 'value_regex'),
    },
  };
  if (configuration.rulesVersion !== undefined) diagnostics.ruleset_version = configuration.rulesVersion;
  if (diagnostics.error === undefined && countLoaded(diagnostics) === 0 && hasErrors(diagnostics)) {
    diagnostics.error = 'nothing could be loaded, see the sections';
  }
  return { configuration, diagnostics, ids };
}
