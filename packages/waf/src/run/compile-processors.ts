import type { ScannerTable } from '../process/scanner.ts';
import type { MergedRuleset } from '../ruleset/merge.ts';
import { selectScanners } from '../ruleset/scanner.ts';
import type { CompileConditions } from './condition-compiler.ts';
import { type CompiledProcessor, type ProgramProcessors, targetsOf } from './program.ts';
import { WEIGHTS } from './weights.ts';

/** The processors of which something comes: for the host, or for who looks at one of the addresses `read`. */
export function compileProcessors(
  ruleset: MergedRuleset,
  read: Iterable<string>,
  compile: CompileConditions,
  scanners: ScannerTable,
): ProgramProcessors | undefined {
  if (ruleset.processors.length === 0) return undefined;
  let mappings = 0;
  const compiled = ruleset.processors.map(
    (processor, id): CompiledProcessor => ({
      id,
      processor,
      conditions: compile(processor.conditions, ruleset.rulesData),
      mappings: processor.mappings.map((mapping) => ({ ...mapping, id: mappings++ })),
      scanners: selectScanners(processor.scanners, ruleset.scanners),
    }),
  );
  const wanted = wantedProcessors(compiled, new Set(read));
  const mayWait = waitingTest(wanted, read);
  const weighing = wanted.filter((processor) => addressesRead(processor).includes(WEIGHTS));
  const others = wanted.filter((processor) => !weighing.includes(processor));
  const now = others.filter((processor) => !mayWait(processor));
  return {
    before: now.filter(({ processor }) => processor.evaluate),
    after: now.filter(({ processor }) => !processor.evaluate),
    later: others.filter(mayWait),
    weighing,
    scanners,
  };
}

/** Processors with the mappings that are wanted. What one looks at, another may make. */
function wantedProcessors(
  all: readonly CompiledProcessor[],
  read: ReadonlySet<string>,
): readonly CompiledProcessor[] {
  const wanted = all.flatMap((compiled) => {
    const { output } = compiled.processor;
    const mappings = compiled.mappings.filter((mapping) => output || read.has(mapping.output));
    return mappings.length === 0 ? [] : [{ ...compiled, mappings }];
  });
  const readNow = new Set([...read, ...wanted.flatMap(addressesRead)]);
  return readNow.size === read.size ? wanted : wantedProcessors(all, readNow);
}

/** Tells processors of which only the host sees what they make, and which nothing but their inputs decides. */
function waitingTest(
  wanted: readonly CompiledProcessor[],
  read: Iterable<string>,
): (processor: CompiledProcessor) => boolean {
  const readers = new Set([...read, ...wanted.flatMap(addressesRead)]);
  const outputs = wanted.flatMap(({ mappings }) => mappings.map(({ output }) => output));
  const isOnly = (name: string) => outputs.indexOf(name) === outputs.lastIndexOf(name);
  return ({ conditions, mappings }) =>
    conditions.length === 0 && mappings.every(({ output }) => !readers.has(output) && isOnly(output));
}

/** The addresses that a processor looks at. */
export function addressesRead({ conditions, mappings }: CompiledProcessor): string[] {
  return [...conditions.flatMap(targetsOf), ...mappings.flatMap(({ inputs }) => inputs)].map(
    ({ address }) => address,
  );
}
