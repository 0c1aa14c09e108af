import { readdirSync, readFileSync } from 'node:fs';

/** Values by rule: what it must match, and what it must leave alone. */
export interface RuleVectors {
  match: Vector[];
  noMatch: Vector[];
}

/** A query value, or the addresses themselves. */
export type Vector = string | Record<string, unknown>;

const directory = new URL('../vectors/', import.meta.url);

/** The vectors of all rules, by rule id. */
export function readVectors(): Map<string, RuleVectors> {
  const vectors = new Map<string, RuleVectors>();
  for (const file of readdirSync(directory)) {
    if (!file.endsWith('.json')) continue;
    const category = JSON.parse(readFileSync(new URL(file, directory), 'utf8')) as Record<
      string,
      RuleVectors
    >;
    for (const [id, rule] of Object.entries(category)) vectors.set(id, rule);
  }
  return vectors;
}

export const addressesOf = (vector: Vector): Record<string, unknown> =>
  typeof vector === 'string' ? { 'server.request.query': { q: [vector] } } : vector;
