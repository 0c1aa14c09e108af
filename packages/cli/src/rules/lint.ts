import { compile, type Diagnostics, RulesetError, type Waf } from '@wardline/waf';
import { findNodeAtLocation, type JSONPath, type Node, type ParseError, parseTree } from 'jsonc-parser';
import { ADDRESSES, nearestAddress } from './addresses.ts';

/** Something about a ruleset that its author should know. */
export interface LintFinding {
  /** `error`: the engine doesn't load the element. `warning`: it does, but hardly as meant. */
  severity: 'error' | 'warning';
  /** Both from 1, of the place in the file. */
  line: number;
  column: number;
  /** Where in the document: `rules[2] (my-rule)`; empty for the whole. */
  where: string;
  message: string;
}

export interface LintReport {
  findings: LintFinding[];
  /** Elements that the engine loads, by section. */
  loaded: Record<string, number>;
}

type Report = (severity: LintFinding['severity'], path: JSONPath, message: string) => void;

/**
 * What is wrong with a ruleset in Datadog's format, as text: not JSON, elements that the engine refuses, and what it
 * loads but can't be meant: addresses that no agent gives, actions that don't exist, exclusions of unknown rules, rules
 * that match whatever is sent.
 */
export function lint(text: string): LintReport {
  const findings: LintFinding[] = [];
  let ruleset: unknown;
  try {
    ruleset = JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    findings.push({
      severity: 'error',
      ...syntaxErrorPlace(text),
      where: '',
      message: `not JSON: ${message}`,
    });
    return { findings, loaded: {} };
  }
  const root = parseTree(text)!;
  const report: Report = (severity, path, message) => {
    const node = nodeAt(root, path);
    findings.push({ severity, ...placeAt(text, node.offset), where: nameOf(root, path), message });
  };
  const diagnostics = load(ruleset);
  reportDiagnostics(root, diagnostics, report);
  if (diagnostics.error !== undefined && findings.length === 0) report('error', [], diagnostics.error);
  if (isRecord(ruleset)) {
    reportAddresses(ruleset, report);
    reportActions(ruleset, report);
    reportTargets(ruleset, report);
    reportIndiscriminate(ruleset, report);
  }
  findings.sort((a, b) => a.line - b.line || a.column - b.column);
  const loaded = Object.entries(diagnostics.sections).map(([section, { loaded }]) => [
    section,
    loaded.length,
  ]);
  return { findings, loaded: Object.fromEntries(loaded) };
}

/** Undefined if the engine refuses the rule. */
function compileAlone(rule: unknown): Waf | undefined {
  try {
    return compile({ version: '2.2', rules: [rule] });
  } catch (error) {
    if (error instanceof RulesetError) return undefined;
    throw error;
  }
}

function load(ruleset: unknown): Diagnostics {
  try {
    return compile(ruleset).diagnostics.default!;
  } catch (error) {
    if (error instanceof RulesetError) return error.diagnostics;
    throw error;
  }
}

function reportDiagnostics(root: Node, { sections }: Diagnostics, report: Report): void {
  for (const [section, { errors, warnings }] of Object.entries(sections)) {
    for (const [severity, byMessage] of [
      ['error', errors],
      ['warning', warnings],
    ] as const) {
      for (const [message, ids] of Object.entries(byMessage)) {
        if (ids.length === 0) report(severity, [section], message);
        for (const [index, id] of ids.entries()) {
          // Of several elements of an id each has its turn; what is called a duplicate is the last.
          const turn = message.startsWith('duplicate')
            ? -1
            : ids.slice(0, index).filter((other) => other === id).length;
          const path = within(root, elementPath(root, section, id, turn), message);
          report(severity, path, message);
        }
      }
    }
  }
}

/** The path of an element by its id or, as the engine names those without one, its index. */
function elementPath(root: Node, section: string, id: string, turn: number): JSONPath {
  const [, index] = /^index:(\d+)$/.exec(id) ?? [];
  if (index !== undefined) return [section, Number(index)];
  const elements = valueAt(root, [section]);
  if (!Array.isArray(elements)) return [section];
  const isIt = (element: unknown) => isRecord(element) && String(element.id) === id;
  const found = [...elements.keys()].filter((at) => isIt(elements[at])).at(turn);
  return found === undefined ? [section] : [section, found];
}

/** As far below a path as the places that a message begins with, or the key that it names, lead. */
function within(root: Node, path: JSONPath, message: string): JSONPath {
  let at = path;
  let rest = message;
  for (
    let step = /^([\w.[\]]+): (.*)$/s.exec(rest);
    step !== null;
    step = /^([\w.[\]]+): (.*)$/s.exec(rest)
  ) {
    const below = [...at, ...stepsOf(step[1]!)];
    if (findNodeAtLocation(root, below) === undefined) break;
    at = below;
    rest = step[2]!;
  }
  const [, named] = /^invalid regular expression/.test(rest)
    ? [rest, 'regex']
    : (/'([\w.[\]]+)'/.exec(rest) ?? []);
  const below = named === undefined ? at : [...at, ...stepsOf(named)];
  return findNodeAtLocation(root, below) === undefined ? at : below;
}

/** `parameters.inputs[2]` as keys and indices. */
function stepsOf(place: string): JSONPath {
  return [...place.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([key, index]) =>
    index === undefined ? key : Number(index),
  );
}

const RULE_SECTIONS = ['rules', 'rules_compat', 'custom_rules'];

/** Every address that a rule, exclusion or processor names. */
function reportAddresses(ruleset: Record<string, unknown>, report: Report): void {
  const made = new Set(
    [...elements(ruleset, ['processors'])].flatMap(([, processor]) =>
      listAt(recordAt(processor, 'parameters'), 'mappings').map(
        (mapping) => isRecord(mapping) && mapping.output,
      ),
    ),
  );
  const visit = (value: unknown, path: JSONPath): void => {
    if (Array.isArray(value)) for (const [index, item] of value.entries()) visit(item, [...path, index]);
    if (!isRecord(value)) return;
    for (const [key, item] of Object.entries(value)) visit(item, [...path, key]);
    const { address } = value;
    if (typeof address !== 'string' || ADDRESSES.includes(address) || made.has(address)) return;
    const meant = nearestAddress(address);
    const hint = meant === undefined ? 'see the list in the documentation' : `did you mean '${meant}'?`;
    report('warning', [...path, 'address'], `no agent gives the address '${address}': ${hint}`);
  };
  for (const section of [...RULE_SECTIONS, 'exclusions', 'processors']) visit(ruleset[section], [section]);
}

/** Actions that the engine has by itself. */
const BUILT_IN_ACTIONS = ['block', 'stack_trace', 'extract_schema', 'monitor', 'bypass'];

function reportActions(ruleset: Record<string, unknown>, report: Report): void {
  const defined = new Set<unknown>(BUILT_IN_ACTIONS);
  for (const [, action] of elements(ruleset, ['actions'])) defined.add(action.id);
  const check = (path: JSONPath, id: unknown) => {
    if (typeof id !== 'string' || defined.has(id)) return;
    report(
      'warning',
      path,
      `there is no action '${id}', so a match does nothing but report: define it in 'actions'`,
    );
  };
  for (const [path, element] of elements(ruleset, [...RULE_SECTIONS, 'rules_override', 'exclusions'])) {
    const { on_match: asked } = element;
    if (typeof asked === 'string') check([...path, 'on_match'], asked);
    for (const [index, id] of listAt(element, 'on_match').entries()) check([...path, 'on_match', index], id);
  }
}

/** Exclusions and overrides by rule id; other rules may be in another file, so that this only holds where some are here. */
function reportTargets(ruleset: Record<string, unknown>, report: Report): void {
  const ids = new Set([...elements(ruleset, RULE_SECTIONS)].map(([, rule]) => rule.id));
  if (ids.size === 0) return;
  for (const [path, element] of elements(ruleset, ['exclusions', 'rules_override'])) {
    for (const [index, target] of listAt(element, 'rules_target').entries()) {
      if (!isRecord(target) || typeof target.rule_id !== 'string' || ids.has(target.rule_id)) continue;
      const message = `no rule of this file has the id '${target.rule_id}'`;
      report('warning', [...path, 'rules_target', index, 'rule_id'], message);
    }
  }
}

/** What everyone sends. */
const ORDINARY = ['a', 'hello world', '42', 'jane.doe@example.com', 'https://example.com/'];

/** Rules that match all of what everyone sends, on whatever address it comes. */
function reportIndiscriminate(ruleset: Record<string, unknown>, report: Report): void {
  for (const [path, rule] of elements(ruleset, RULE_SECTIONS)) {
    const addresses = listAt(rule, 'conditions').flatMap((condition) =>
      listAt(recordAt(condition, 'parameters'), 'inputs').map((input) =>
        isRecord(input) ? input.address : undefined,
      ),
    );
    const waf = compileAlone(rule);
    const matches = (text: string) => {
      const values = addresses.map((address) => [address, { value: text }]);
      return waf !== undefined && waf.newContext().run(Object.fromEntries(values)).events.length > 0;
    };
    if (addresses.length > 0 && ORDINARY.every(matches)) {
      report(
        'warning',
        path,
        `it matches ordinary values such as '${ORDINARY[1]}', so that it tells nothing`,
      );
    }
  }
}

function* elements(
  ruleset: Record<string, unknown>,
  sections: readonly string[],
): Generator<[JSONPath, Record<string, unknown>]> {
  for (const section of sections) {
    for (const [index, element] of listAt(ruleset, section).entries()) {
      if (isRecord(element)) yield [[section, index], element];
    }
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function recordAt(value: unknown, key: string): Record<string, unknown> {
  const found = isRecord(value) ? value[key] : undefined;
  return isRecord(found) ? found : {};
}

function listAt(value: unknown, key: string): unknown[] {
  const found = isRecord(value) ? value[key] : undefined;
  return Array.isArray(found) ? found : [];
}

function valueAt(root: Node, path: JSONPath): unknown {
  const node = findNodeAtLocation(root, path);
  return node === undefined ? undefined : plain(node);
}

function plain(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(plain);
  if (node.type !== 'object') return node.value;
  return Object.fromEntries(
    (node.children ?? []).map(({ children = [] }) => [children[0]!.value, plain(children[1]!)]),
  );
}

/** The node at a path, or at as much of it as there is. */
function nodeAt(root: Node, path: JSONPath): Node {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(root, path.slice(0, length));
    if (node !== undefined) return node;
  }
  return root;
}

/** `rules[2] (my-rule)`. */
function nameOf(root: Node, [section, index]: JSONPath): string {
  if (section === undefined) return '';
  if (index === undefined) return String(section);
  const id = findNodeAtLocation(root, [section, index, 'id'])?.value as unknown;
  return `${section}[${index}]${typeof id === 'string' ? ` (${id})` : ''}`;
}

function placeAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

/** Where the text stops being JSON. */
function syntaxErrorPlace(text: string): { line: number; column: number } {
  const errors: ParseError[] = [];
  parseTree(text, errors, { disallowComments: true });
  return placeAt(text, errors[0]?.offset ?? text.length);
}
