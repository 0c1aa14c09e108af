import type { TreeNode } from '../run/tree.ts';
import { generatorOf } from './generator.ts';

/**
 * sum_weights: the sum of numbers, at whatever depth. Of `waf.context.weights` it is how much the rules weigh together
 * that have matched and have a tag `weight`: signs that tell little each, and together that someone attacks.
 *
 * Not of libddwaf, which passes over a processor whose generator it doesn't know.
 *
 * Example: `{ "generator": "sum_weights", "parameters": { "mappings": [{ "inputs": [{ "address":
 * "waf.context.weights", "key_path": ["sql_injection"] }], "output": "server.request.weight.sqli" }] } }`.
 */
export const sumWeights = generatorOf('sum_weights', 'inputs', sumOf);

function sumOf({ scalar, children }: TreeNode): number {
  return children.reduce((sum, child) => sum + sumOf(child), typeof scalar === 'number' ? scalar : 0);
}
