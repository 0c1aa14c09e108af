import type { TreeNode } from '../run/tree.ts';

/** What a generator may ask for while it reads an input. */
export interface GeneratorTools {
  /** The tags of the first of the processor's scanners that knows a text by itself and its key, if one does. */
  classify(key: string, text: string): Readonly<Record<string, string>> | undefined;
  /** Whether time is up; `work` as in Deadline. What is generated after that counts for nothing. */
  readonly deadline: { expired(work?: number): boolean };
}

/** An input by the name that mappings give it. */
export interface GeneratorInput {
  readonly name: string;
  /** Without it nothing is generated. */
  readonly required: boolean;
  /** Whether anything but a string counts as not there. */
  readonly text: boolean;
  /** What the input contributes; undefined if there is nothing to be made of it. */
  read(node: TreeNode, tools: GeneratorTools): unknown;
}

/** Makes a value of other values. To add one, write its file and add it to the table in `index.ts`. */
export interface Generator {
  /** Its name in rulesets. */
  readonly name: string;
  readonly inputs: readonly GeneratorInput[];
  /** The value, from what the inputs contribute; undefined if there is none. */
  combine(parts: readonly unknown[]): unknown;
}

/** A generator with one input, which makes the value. */
export function generatorOf(
  name: string,
  input: string,
  read: GeneratorInput['read'],
  { text = false }: { text?: boolean } = {},
): Generator {
  return { name, inputs: [{ name: input, required: true, text, read }], combine: ([value]) => value };
}
