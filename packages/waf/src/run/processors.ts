import type { GeneratorInput, GeneratorTools } from '../process/generator.ts';
import type { ScannerTable } from '../process/scanner.ts';
import type { Mapping } from '../ruleset/specification.ts';
import type { AddressValue } from './address-value.ts';
import type { Deadline } from './deadline.ts';
import type { ConditionMatch } from './evaluation.ts';
import { matchConditions } from './match-condition.ts';
import {
  type CompiledMapping,
  type CompiledProcessor,
  type ProgramProcessors,
  targetsOf,
} from './program.ts';
import type { RunResult } from './run-result.ts';
import type { RunValues } from './run-values.ts';
import { scanValue } from './scan.ts';
import type { TreeNode } from './tree.ts';

/** What one context knows of a processor's conditions. */
interface ConditionState {
  readonly known: (ConditionMatch | undefined)[];
  /** They hold for the rest of the context. */
  satisfied: boolean;
}

/** What one context knows of a mapping. */
interface MappingState {
  /** What each input contributes or, where the value is made later, the node that it is. */
  readonly parts: unknown[];
  /** The last run in which that counts: the one that read it if the input is ephemeral; 0 before it is read. */
  readonly until: number[];
}

/** What processors run on, and where attributes go. */
export interface ProcessorRun {
  readonly values: RunValues;
  readonly deadline: Deadline;
  readonly result: RunResult;
  /** For what is made after the run: as much time again. */
  newDeadline(): Deadline;
}

const NO_NODES: readonly TreeNode[] = [];

/** Whether conditions hold: in this run only, or for the rest of the context. */
const NO = 0;
const NOW = 1;
const ALWAYS = 2;

/**
 * The processors of one context. A value is made once its inputs are known, and again when one more is. What an input
 * contributes is read once, unless it is ephemeral. On the request path.
 */
export class ContextProcessors {
  readonly #processors: ProgramProcessors;
  readonly #conditions: (ConditionState | undefined)[] = [];
  readonly #mappings: (MappingState | undefined)[] = [];
  /** What makes an output: the first that did. */
  readonly #makers = new Map<string, CompiledMapping>();
  #runs = 0;

  constructor(processors: ProgramProcessors) {
    this.#processors = processors;
  }

  /** Runs those that come before the rules, or those that come after them, while there is time. */
  run(when: 'before' | 'after', run: ProcessorRun): void {
    const { fresh } = run.values;
    let concerned = false;
    for (let i = 0; i < fresh.length; i++) {
      if (!fresh[i]!.plan.isProcessed) continue;
      concerned = true;
      if (when === 'before') scanConditions(fresh[i]!, run.deadline);
    }
    if (when === 'before') this.#runs++;
    if (!concerned) return;
    for (const compiled of this.#processors[when]) {
      const holds = this.#conditionsHold(compiled, run);
      if (holds === NO) continue;
      for (const mapping of compiled.mappings) {
        if (run.deadline.hasExpired) return;
        this.#make(compiled, mapping, holds === NOW, run);
      }
    }
  }

  #conditionsHold(
    { id, conditions }: CompiledProcessor,
    run: ProcessorRun,
  ): typeof NO | typeof NOW | typeof ALWAYS {
    if (conditions.length === 0) return ALWAYS;
    const { lookup } = run.values;
    let state = this.#conditions[id];
    if (state === undefined) {
      if (targetsOf(conditions[0]!).every(({ address }) => lookup(address) === undefined)) return NO;
      state = { known: [], satisfied: false };
      this.#conditions[id] = state;
    }
    if (state.satisfied) return ALWAYS;
    const evaluation = { value: lookup, deadline: run.deadline, excluded: () => NO_NODES };
    const matches = matchConditions(conditions, state.known, evaluation);
    if (matches === undefined) return NO;
    state.satisfied = matches.every((match) => !match.ephemeral);
    return state.satisfied ? ALWAYS : NOW;
  }

  /** Makes a mapping's value, if there is anything new to make it of; for this run only if `onlyNow`. */
  #make(compiled: CompiledProcessor, mapping: CompiledMapping, onlyNow: boolean, run: ProcessorRun): void {
    const { generator, evaluate, output } = compiled.processor;
    if (!this.#isDue(mapping, generator.inputs, run)) return;
    this.#mappings[mapping.id] ??= { parts: [], until: [] };
    const state = this.#mappings[mapping.id]!;
    if (mapping.isDeferred) {
      this.#defer(compiled, mapping, state, run);
      return;
    }
    if (!this.#readInputs(compiled, mapping, state, run)) return;
    const value = generator.combine(state.parts);
    if (value === undefined) return;
    this.#makers.set(mapping.output, mapping);
    if (output) run.result.attributes[mapping.output] = value;
    if (!evaluate) return;
    const ephemeral = onlyNow || state.until.includes(this.#runs);
    const added = run.values.add(mapping.output, value, ephemeral);
    if (added !== undefined) scanConditions(added, run.deadline);
  }

  /** Keeps the inputs as they are now, of which the value is made when the host asks for it. */
  #defer(
    { processor, scanners }: CompiledProcessor,
    { inputs, output }: CompiledMapping,
    { parts, until }: MappingState,
    { values, result, newDeadline }: ProcessorRun,
  ): void {
    const { generator } = processor;
    for (let i = 0; i < generator.inputs.length; i++) {
      if (until[i]! >= this.#runs) continue;
      const value = inputValue(generator.inputs[i]!, inputs[i]!, values);
      parts[i] = value?.resolve(inputs[i]!.keyPath);
      until[i] = this.#untilOf(value);
    }
    const nodes = parts.slice() as (TreeNode | undefined)[];
    const table = this.#processors.scanners;
    result.defer(() => {
      const deadline = newDeadline();
      const tools = toolsOf(table, scanners, deadline);
      const read = nodes.map((node, i) =>
        node === undefined ? undefined : generator.inputs[i]!.read(node, tools),
      );
      const value = deadline.hasExpired ? undefined : generator.combine(read);
      if (value !== undefined) result.attributes[output] = value;
    });
  }

  #untilOf(value: AddressValue | undefined): number {
    return value === undefined ? 0 : value.ephemeral ? this.#runs : Number.MAX_SAFE_INTEGER;
  }

  /** Whether an input is newly known, all that are required are known, and nothing else has given the value. */
  #isDue(mapping: CompiledMapping, inputs: readonly GeneratorInput[], { values }: ProcessorRun): boolean {
    const until = this.#mappings[mapping.id]?.until;
    let isFresh = false;
    for (let i = 0; i < inputs.length; i++) {
      if (until !== undefined && until[i]! >= this.#runs) continue;
      if (inputValue(inputs[i]!, mapping.inputs[i]!, values) !== undefined) isFresh = true;
      else if (inputs[i]!.required) return false;
    }
    if (!isFresh) return false;
    const maker = this.#makers.get(mapping.output);
    return maker === undefined ? values.lookup(mapping.output) === undefined : maker === mapping;
  }

  /** Reads what is newly known. Returns whether there was time for it. */
  #readInputs(
    { processor, scanners }: CompiledProcessor,
    mapping: CompiledMapping,
    { parts, until }: MappingState,
    { values, deadline }: ProcessorRun,
  ): boolean {
    const { inputs } = processor.generator;
    const tools = toolsOf(this.#processors.scanners, scanners, deadline);
    for (let i = 0; i < inputs.length; i++) {
      if (until[i]! >= this.#runs) continue;
      const value = inputValue(inputs[i]!, mapping.inputs[i]!, values);
      const node = value?.resolve(mapping.inputs[i]!.keyPath);
      if (node !== undefined && deadline.expired(1 + (node.children.length >> 2))) return false;
      const part = node === undefined ? undefined : inputs[i]!.read(node, tools);
      if (deadline.hasExpired) return false;
      parts[i] = part;
      until[i] = this.#untilOf(value);
    }
    return true;
  }
}

function toolsOf(table: ScannerTable, scanners: readonly number[], deadline: Deadline): GeneratorTools {
  return {
    deadline,
    classify(key, text) {
      if (scanners.length === 0) return undefined;
      if (!table.isPrepared) deadline.exempt(() => table.prepare());
      return table.classify(scanners, key, text);
    },
  };
}

/** Finds out what a value contains that conditions of processors look for. */
function scanConditions(value: AddressValue, deadline: Deadline): void {
  const { processors } = value.plan;
  if (processors !== undefined) scanValue(processors, value, deadline, []);
}

/** The value at an input's address, if it is known and of a kind that counts. */
function inputValue(
  { text }: GeneratorInput,
  { address, keyPath }: Mapping['inputs'][number],
  { lookup }: RunValues,
): AddressValue | undefined {
  const value = lookup(address);
  if (value === undefined || !text) return value;
  return typeof value.resolve(keyPath)?.scalar === 'string' ? value : undefined;
}
