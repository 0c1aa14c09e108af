import type { Diagnostics } from '../types.ts';
import { parseAction } from './action.ts';
import { parseData } from './data.ts';
import { countLoaded, hasErrors, SectionReport } from './diagnostics.ts';
import { parseExclusion } from './exclusion.ts';
import { Fault, messageOf } from './fault.ts';
import { asArray, asObject, get, isObject, type JsonObject, scalarText, stringAt } from './json.ts';
import { parseOverride } from './override.ts';
import { parseProcessor, parseProcessorOverride } from './processor.ts';
import { parseRule } from './rule.ts';
import { scannerParser } from './scanner.ts';
import type { Configuration, Obfuscation } from './specification.ts';
import { checkSchemaVersion } from './version.ts';

/** Ids that other configurations have taken; within its kind an id is unique over all configurations. */
export interface TakenIds {
  rules: ReadonlySet<string>;
  exclusions: ReadonlySet<string>;
  actions: ReadonlySet<string>;
  processors: ReadonlySet<string>;
  scanners: ReadonlySet<string>;
}

export interface ParsedConfiguration {
  configuration: Configuration;
  /** Has `error` if nothing could be loaded though something was meant to be. */
  diagnostics: Diagnostics;
}

/**
 * Reads one configuration. Takes any value and never throws: each element that cannot be used is left out, and the
 * diagnostics say why. Keys that are not part of the format are ignored.
 */
export function parseConfiguration(input: unknown, taken: TakenIds): ParsedConfiguration {
  try {
    return readConfiguration(input, taken);
  } catch (error) {
    // The host's code threw where it was looked at.
    const { configuration } = readConfiguration({}, taken);
    return { configuration, diagnostics: { error: messageOf(error), sections: {} } };
  }
}

function readConfiguration(input: unknown, taken: TakenIds): ParsedConfiguration {
  const reader = new SectionReader(input);
  const rule = { taken: new Set(taken.rules), kind: 'rule' };
  const action = { taken: new Set(taken.actions), kind: 'action' };
  const exclusion = { taken: new Set(taken.exclusions), kind: 'exclusion' };
  const processor = { taken: new Set(taken.processors), kind: 'processor' };
  const scanner = { taken: new Set(taken.scanners), kind: 'scanner' };

  const configuration: Configuration = {
    rulesVersion: reader.rulesVersion(),
    actions: reader.identified('actions', action, parseAction),
    rules: [
      ...reader.identified('rules', rule, (element, id) => parseRule(element, id, 'base')),
      ...reader.identified('rules_compat', rule, (element, id) => parseRule(element, id, 'base')),
      ...reader.identified('custom_rules', rule, (element, id) => parseRule(element, id, 'custom')),
    ],
    rulesData: reader.identified('rules_data', undefined, parseData),
    overrides: reader.anonymous('rules_override', parseOverride),
    exclusions: reader.identified('exclusions', exclusion, parseExclusion),
    exclusionData: reader.identified('exclusion_data', undefined, parseData),
    processors: reader.identified('processors', processor, parseProcessor),
    processorOverrides: reader.anonymous('processor_overrides', parseProcessorOverride),
    scanners: reader.identified('scanners', scanner, scannerParser()),
    obfuscation: reader.obfuscation(),
  };
  return { configuration, diagnostics: reader.finish() };
}

/** Elements of a section that are read. */
const MAX_ELEMENTS = 100_000;

class SectionReader {
  readonly #root: JsonObject;
  readonly #diagnostics: Diagnostics = { sections: {} };

  constructor(input: unknown) {
    let root: JsonObject = {};
    try {
      root = asObject(input);
      checkSchemaVersion(root);
    } catch (error) {
      root = {};
      this.#diagnostics.error = messageOf(error);
    }
    this.#root = root;
  }

  rulesVersion(): string | undefined {
    const metadata = get(this.#root, 'metadata');
    const version = isObject(metadata) ? scalarText(get(metadata, 'rules_version')) : undefined;
    if (version !== undefined) this.#diagnostics.ruleset_version = version;
    return version;
  }

  obfuscation(): Obfuscation {
    const obfuscator = get(this.#root, 'obfuscator');
    const read = (key: string) => (isObject(obfuscator) ? scalarText(get(obfuscator, key)) : undefined);
    return { keyRegex: read('key_regex'), valueRegex: read('value_regex') };
  }

  /** Elements with an `id`, which must be unique where `ids` says what has been taken. */
  identified<T>(
    section: string,
    ids: { taken: Set<string>; kind: string } | undefined,
    parse: (element: JsonObject, id: string) => T,
  ): T[] {
    return this.#section(section, (element, place) => {
      place.id = stringAt(element, 'id');
      if (place.id === '') throw new Fault("'id' is empty");
      if (ids?.taken.has(place.id)) throw new Fault(`duplicate ${ids.kind}`);
      const parsed = parse(element, place.id);
      ids?.taken.add(place.id);
      return parsed;
    });
  }

  /** Elements that the diagnostics name by their index. */
  anonymous<T>(section: string, parse: (element: JsonObject) => T): T[] {
    return this.#section(section, parse);
  }

  #section<T>(section: string, parse: (element: JsonObject, place: { id: string }) => T): T[] {
    const value = get(this.#root, section);
    if (value === undefined) return [];
    const report = new SectionReport();
    this.#diagnostics.sections[section] = report.result;
    let items: unknown[];
    try {
      items = asArray(value, MAX_ELEMENTS);
    } catch (error) {
      report.unusable(messageOf(error));
      return [];
    }
    const parsed: T[] = [];
    for (const [index, item] of items.entries()) {
      const place = { id: `index:${index}` };
      try {
        parsed.push(parse(asObject(item), place));
        report.loaded(place.id);
      } catch (error) {
        report.rejected(place.id === '' ? `index:${index}` : place.id, error);
      }
    }
    return parsed;
  }

  finish(): Diagnostics {
    const diagnostics = this.#diagnostics;
    if (diagnostics.error === undefined && countLoaded(diagnostics) === 0 && hasErrors(diagnostics)) {
      diagnostics.error = 'nothing could be loaded, see the sections';
    }
    return diagnostics;
  }
}
