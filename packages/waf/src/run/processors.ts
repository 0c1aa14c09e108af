import type { GeneratorInput, GeneratorTools } from '../process/generator.ts';
import type { Mapping } from '../ruleset/specification.ts';
import type { AddressValue } from './address-value.ts';
import type { Deadline } from './deadline.ts';
import type { ConditionMatch } from './evaluation.ts';
import { matchConditions } from './match-condition.ts';
import { type CompiledProcessor, type ProgramProcessors, targetsOf } from './program.ts';
import type { RunValues } from './run-values.ts';
import { scanValue } from './scan.ts';
import type { TreeNode } from './tree.ts';

interface ProcessorState {
  readonly known: (ConditionMatch | undefined)[];
  /** Its conditions hold for the rest of the context. */
  satisfied: boolean;
}

/** What an input contributes. */
interface Part {
  readonly content: unknown;
  /** The last run in which it counts: the one that read it if the input is ephemeral. */
  readonly until: number;
}

type Parts = (Part | undefined)[];

/** What processors run on, and where attributes go. */
interface Run {
  readonly values: RunValues;
  readonly deadline: Deadline;
  readonly attributes: [string, unknown][];
}

const NO_NODES: readonly TreeNode[] = [];
/** As deadlines count it: enough to look at the clock before the next input. */
const WORK_PER_INPUT = 16;

/**
 * The processors of one context. A value is made once its inputs are known, and again when one more is. What an input
 * contributes is read once, unless it is ephemeral.
 */
export class ContextProcessors {
  readonly #processors: ProgramProcessors;
  readonly #states = new Map<CompiledProcessor, ProcessorState>();
  readonly #parts = new Map<Mapping, Parts>();
  /** What makes an output: the first that did. */
  readonly #makers = new Map<string, Mapping>();
  #runs = 0;

  constructor(processors: ProgramProcessors) {
    this.#processors = processors;
  }

  /** Runs those that come before the rules, once a run, while there is time. Returns attributes, if there are any. */
  runBefore(values: RunValues, deadline: Deadline): Record<string, unknown> | undefined {
    this.#runs++;
    this.#scan(values.fresh, deadline);
    return this.#run(this.#processors.before, values, deadline);
  }

  /** As `runBefore`, after the rules. */
  runAfter(values: RunValues, deadline: Deadline): Record<string, unknown> | undefined {
    return this.#run(this.#processors.after, values, deadline);
  }

  /** Finds out what values contain that conditions look for. */
  #scan(values: readonly AddressValue[], deadline: Deadline): void {
    for (const value of values) {
      const { processors } = value.plan;
      if (processors !== undefined) scanValue(processors, value, deadline, []);
    }
  }

  #run(
    processors: readonly CompiledProcessor[],
    values: RunValues,
    deadline: Deadline,
  ): Record<string, unknown> | undefined {
    if (!values.fresh.some(({ plan }) => plan.isProcessed)) return undefined;
    const run: Run = { values, deadline, attributes: [] };
    for (const compiled of processors) {
      const holds = this.#conditionsHold(compiled, run);
      if (holds === 'no') continue;
      for (const mapping of compiled.mappings) {
        if (!deadline.hasExpired) this.#generate(compiled, mapping, holds === 'now', run);
      }
    }
    return run.attributes.length === 0 ? undefined : Object.fromEntries(run.attributes);
  }

  #conditionsHold(compiled: CompiledProcessor, { values, deadline }: Run): 'no' | 'now' | 'always' {
    const { conditions } = compiled;
    if (conditions.length === 0) return 'always';
    const { lookup } = values;
    let state = this.#states.get(compiled);
    if (state === undefined) {
      if (targetsOf(conditions[0]!).every(({ address }) => lookup(address) === undefined)) return 'no';
      state = { known: [], satisfied: false };
      this.#states.set(compiled, state);
    }
    if (state.satisfied) return 'always';
    const evaluation = { value: lookup, deadline, excluded: () => NO_NODES };
    const matches = matchConditions(conditions, state.known, evaluation);
    if (matches === undefined) return 'no';
    state.satisfied = matches.every((match) => !match.ephemeral);
    return state.satisfied ? 'always' : 'now';
  }

  /** Makes a mapping's value; for this run only if the conditions hold only now. */
  #generate(compiled: CompiledProcessor, mapping: Mapping, onlyNow: boolean, run: Run): void {
    const { generator, evaluate, output } = compiled.processor;
    const maker = this.#makers.get(mapping.output);
    // What the host has given, or another processor has made, stays.
    if (maker === undefined ? run.values.lookup(mapping.output) !== undefined : maker !== mapping) return;

    const parts = this.#parts.get(mapping) ?? [];
    if (!this.#readInputs(compiled, mapping, parts, run)) return;
    this.#parts.set(mapping, parts);
    const value = generator.combine(generator.inputs.map((_, index) => this.#now(parts[index])?.content));
    if (value === undefined) return;
    this.#makers.set(mapping.output, mapping);
    if (output) run.attributes.push([mapping.output, value]);
    if (!evaluate) return;
    const ephemeral = onlyNow || parts.some((part) => part?.until === this.#runs);
    const added = run.values.add(mapping.output, value, ephemeral);
    if (added !== undefined) this.#scan([added], run.deadline);
  }

  /** Reads what is newly known. Returns whether anything is, and whatever is required is known. */
  #readInputs(compiled: CompiledProcessor, mapping: Mapping, parts: Parts, run: Run): boolean {
    const { inputs } = compiled.processor.generator;
    const fresh: { index: number; value: AddressValue }[] = [];
    for (let index = 0; index < inputs.length; index++) {
      if (this.#now(parts[index]) !== undefined) continue;
      const value = inputValue(inputs[index]!, mapping.inputs[index]!, run.values);
      if (value !== undefined) fresh.push({ index, value });
      else if (inputs[index]!.required) return false;
    }
    for (const { index, value } of fresh) {
      if (run.deadline.expired(WORK_PER_INPUT)) return false;
      const node = value.resolve(mapping.inputs[index]!.keyPath);
      const content = node && inputs[index]!.read(node, this.#tools(compiled, run.deadline));
      if (run.deadline.hasExpired) return false;
      parts[index] = { content, until: value.ephemeral ? this.#runs : Number.POSITIVE_INFINITY };
    }
    return fresh.length > 0;
  }

  /** A part that counts in this run. */
  #now(part: Part | undefined): Part | undefined {
    return part !== undefined && part.until >= this.#runs ? part : undefined;
  }

  #tools({ scanners }: CompiledProcessor, deadline: Deadline): GeneratorTools {
    const table = this.#processors.scanners;
    return {
      deadline,
      classify(key, text) {
        if (scanners.length === 0) return undefined;
        if (!table.isPrepared) deadline.exempt(() => table.prepare());
        return table.classify(scanners, key, text);
      },
    };
  }
}

/** The value at an input's address, if it is known and of a kind that counts. */
function inputValue(
  { text }: GeneratorInput,
  { address, keyPath }: Mapping['inputs'][number],
  values: RunValues,
): AddressValue | undefined {
  const value = values.lookup(address);
  if (value === undefined || !text) return value;
  return typeof value.resolve(keyPath)?.scalar === 'string' ? value : undefined;
}
