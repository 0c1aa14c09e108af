import { ARRAY, MAP, NOTHING, SCALAR, type TreeNode } from '../run/tree.ts';
import { type GeneratorTools, generatorOf } from './generator.ts';

const MAX_DEPTH = 18;
const MAX_KEYS = 255;
const MAX_ITEMS = 10;

/** Numbers are one type in JavaScript: there is no telling 1 from 1.0. */
const TYPE = { null: 1, boolean: 2, string: 8, number: 16 } as const;

type Scalar = [type: number, tags?: Readonly<Record<string, string>>];
type RecordSchema = [fields: Record<string, Schema>, notes?: { truncated: true }];
type ArraySchema = [items: Schema[], notes: { len: number; truncated?: true }];
type Schema = Scalar | RecordSchema | ArraySchema;

/**
 * extract_schema: the types in a value, and what scanners say of its strings.
 *
 * Inputs: `inputs`.
 *
 * Example: `{ id: 1, mails: ["a@example.com", "b@example.com"] }` →
 * `[{ id: [16], mails: [[[8, { type: "email", category: "pii" }]], { len: 2 }] }]`.
 *
 * Of an array it tells the schemas that differ, from the first 10 items. Records are cut after 255 keys, with a mark,
 * and what is below 18 levels is left out.
 */
export const extractSchema = generatorOf('extract_schema', 'inputs', schemaOf);

function schemaOf(root: TreeNode, tools: GeneratorTools): Schema {
  /** Schemas of which one may equal another, by a description of each, numbered; equal ones have one number. */
  const numbers = new Map<string, number>();
  const numbered = new Map<Schema, number>();
  return extract(root, '', 1);

  /** `key` is the one that a scalar goes by: its own, or that of the arrays around it. */
  function extract(node: TreeNode, key: string, level: number): Schema {
    if (tools.deadline.expired()) return [TYPE.null];
    switch (node.kind) {
      case NOTHING:
        return [TYPE.null];
      case SCALAR:
        return scalarSchema(node.scalar!, key);
      case MAP:
        return recordSchema(node, level);
      case ARRAY:
        return arraySchema(node, key, level);
    }
  }

  function scalarSchema(scalar: string | number | boolean, key: string): Scalar {
    if (typeof scalar !== 'string') return [TYPE[typeof scalar as 'number' | 'boolean']];
    const tags = tools.classify(key, scalar);
    return tags ? [TYPE.string, { ...tags }] : [TYPE.string];
  }

  function recordSchema(node: TreeNode, level: number): RecordSchema {
    if (level >= MAX_DEPTH) return [{}];
    const fields = node.children
      .slice(0, MAX_KEYS)
      .map((child): [string, Schema] => [String(child.key), extract(child, String(child.key), level + 1)]);
    const record = Object.fromEntries(fields);
    return node.size > MAX_KEYS ? [record, { truncated: true }] : [record];
  }

  function arraySchema(node: TreeNode, key: string, level: number): ArraySchema {
    const items: Schema[] = [];
    const seen = new Set<number>();
    for (const child of level >= MAX_DEPTH ? [] : node.children.slice(0, MAX_ITEMS)) {
      const schema = extract(child, key, level + 1);
      const number = numberOf(schema);
      if (!seen.has(number)) items.push(schema);
      seen.add(number);
    }
    return [items, node.size > MAX_ITEMS ? { len: node.size, truncated: true } : { len: node.size }];
  }

  function numberOf(schema: Schema): number {
    let number = numbered.get(schema);
    if (number !== undefined) return number;
    const description = describe(schema);
    number = numbers.get(description) ?? numbers.size;
    numbers.set(description, number);
    numbered.set(schema, number);
    return number;
  }

  /** What two schemas share if they are equal, whatever the order of keys and items. */
  function describe([content, notes]: Schema): string {
    if (typeof content === 'number') return JSON.stringify([content, notes]);
    const parts = Array.isArray(content)
      ? content.map((item) => numberOf(item)).sort()
      : Object.keys(content)
          .sort()
          .map((key) => [key, numberOf(content[key]!)]);
    return JSON.stringify([parts, Array.isArray(content), notes]);
  }
}
