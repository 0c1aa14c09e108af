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
  /** What each input contributes. */
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

/** A run as it is for one processor. */
interface Making extends Pick<ProcessorRun, 'deadline' | 'result'> {
  readonly number: number;
  readonly lookup: RunValues['lookup'];
  readonly add: RunValues['add'];
}

/** A run whose attributes nobody has asked for. */
interface Waiting extends Pick<ProcessorRun, 'result' | 'newDeadline'> {
  readonly number: number;
  readonly fresh: readonly AddressValue[];
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
  /** Runs for which those processors have not run yet that may wait, and the persistent values before these runs. */
  readonly #waiting: Waiting[] = [];
  readonly #earlier = new Map<string, AddressValue>();

  constructor(processors: ProgramProcessors) {
    this.#processors = processors;
  }

  /** Runs those that come before the rules, those that weigh, or those that come after them, while there is time. */
  run(when: 'before' | 'weighing' | 'after', { values, deadline, result, newDeadline }: ProcessorRun): void {
    const { fresh, lookup } = values;
    let concerned = false;
    for (let i = 0; i < fresh.length; i++) {
      if (!fresh[i]!.plan.isProcessed) continue;
      concerned = true;
      if (when === 'before') scanConditions(fresh[i]!, deadline);
    }
    if (when === 'before') this.#runs++;
    if (!concerned) return;
    const number = this.#runs;
    if (when === 'weighing') {
      // Rules have matched since these ran last, so what they made is out of date.
      for (const { mappings } of this.#processors.weighing) {
        for (const { id } of mappings) this.#mappings[id] = undefined;
      }
    }
    if (this.#processors[when].length > 0) {
      const add: RunValues['add'] = (...added) => values.add(...added);
      this.#makeAll(this.#processors[when], { number, lookup, add, deadline, result });
    }
    if (when === 'after' && this.#processors.later.length > 0) {
      const run = { number, fresh, result, newDeadline };
      this.#waiting.push(run);
      result.defer(() => this.#catchUp(run));
    }
  }

  /** Does for all runs up to one what they have been waiting for. */
  #catchUp(last: Waiting): void {
    if (!this.#waiting.includes(last)) return;
    for (let run = this.#waiting.shift(); run; run = run === last ? undefined : this.#waiting.shift()) {
      const { number, fresh, result, newDeadline } = run;
      const ephemeral = new Map<string, AddressValue>();
      for (const value of fresh) (value.ephemeral ? ephemeral : this.#earlier).set(value.address, value);
      const lookup = (address: string) => ephemeral.get(address) ?? this.#earlier.get(address);
      result.attempt(() => {
        const making = { number, lookup, add: () => undefined, deadline: newDeadline(), result };
        this.#makeAll(this.#processors.later, making);
      });
    }
  }

  #makeAll(processors: readonly CompiledProcessor[], run: Making): void {
    for (const compiled of processors) {
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
    run: Making,
  ): typeof NO | typeof NOW | typeof ALWAYS {
    if (conditions.length === 0) return ALWAYS;
    const { lookup } = run;
    let state = this.#conditions[id];
    if (!state) {
      if (targetsOf(conditions[0]!).every(({ address }) => !lookup(address))) return NO;
      state = { known: [], satisfied: false };
      this.#conditions[id] = state;
    }
    if (state.satisfied) return ALWAYS;
    const evaluation = { value: lookup, deadline: run.deadline, excluded: () => NO_NODES };
    const matches = matchConditions(conditions, state.known, evaluation);
    if (!matches) return NO;
    state.satisfied = matches.every((match) => !match.ephemeral);
    return state.satisfied ? ALWAYS : NOW;
  }

  /** Makes a mapping's value, if there is anything new to make it of; for this run only if `onlyNow`. */
  #make(compiled: CompiledProcessor, mapping: CompiledMapping, onlyNow: boolean, run: Making): void {
    const { generator, evaluate, output } = compiled.processor;
    if (!this.#isDue(mapping, generator.inputs, run)) return;
    this.#mappings[mapping.id] ??= { parts: [], until: [] };
    const state = this.#mappings[mapping.id]!;
    if (!this.#readInputs(compiled, mapping, state, run)) return;
    const value = generator.combine(state.parts);
    if (value === undefined) return;
    this.#makers.set(mapping.output, mapping);
    if (output) run.result.attributes[mapping.output] = value;
    if (!evaluate) return;
    const ephemeral = onlyNow || state.until.includes(run.number);
    const added = run.add(mapping.output, value, ephemeral);
    if (added) scanConditions(added, run.deadline);
  }

  /** Whether an input is newly known, all that are required are known, and nothing else has given the value. */
  #isDue(mapping: CompiledMapping, inputs: readonly GeneratorInput[], { number, lookup }: Making): boolean {
    const until = this.#mappings[mapping.id]?.until;
    let isFresh = false;
    for (let i = 0; i < inputs.length; i++) {
      if (until && until[i]! >= number) continue;
      if (inputValue(inputs[i]!, mapping.inputs[i]!, lookup)) isFresh = true;
      else if (inputs[i]!.required) return false;
    }
    if (!isFresh) return false;
    const maker = this.#makers.get(mapping.output);
    return maker ? maker === mapping : !lookup(mapping.output);
  }

  /** Reads what is newly known. Returns whether there was time for it. */
  #readInputs(
    { processor, scanners }: CompiledProcessor,
    mapping: CompiledMapping,
    { parts, until }: MappingState,
    { number, lookup, deadline }: Making,
  ): boolean {
    const { inputs } = processor.generator;
    const tools = toolsOf(this.#processors.scanners, scanners, deadline);
    for (let i = 0; i < inputs.length; i++) {
      if (until[i]! >= number) continue;
      const value = inputValue(inputs[i]!, mapping.inputs[i]!, lookup);
      const node = value?.resolve(mapping.inputs[i]!.keyPath);
      if (node && deadline.expired(1 + (node.children.length >> 2))) return false;
      const part = node ? inputs[i]!.read(node, tools) : undefined;
      if (deadline.hasExpired) return false;
      parts[i] = part;
      until[i] = value ? (value.ephemeral ? number : Number.MAX_SAFE_INTEGER) : 0;
    }
    return true;
  }
}

function toolsOf(table: ScannerTable, scanners: readonly number[], deadline: Deadline): GeneratorTools {
  return {
    deadline,
    classify(key, text) {
      if (scanners.length === 0) return undefined;
      if (!table.isPrepared()) deadline.exempt(() => table.prepare());
      return table.classify(scanners, key, text);
    },
  };
}

/** Finds out what a value contains that conditions of processors look for. */
function scanConditions(value: AddressValue, deadline: Deadline): void {
  const { processors } = value.plan;
  if (processors) scanValue(processors, value, deadline, []);
}

/** The value at an input's address, if it is known and of a kind that counts. */
function inputValue(
  { text }: GeneratorInput,
  { address, keyPath }: Mapping['inputs'][number],
  lookup: RunValues['lookup'],
): AddressValue | undefined {
  const value = lookup(address);
  if (!value || !text) return value;
  return typeof value.resolve(keyPath)?.scalar === 'string' ? value : undefined;
}
