import { readFileSync } from 'node:fs';
import type { SqlDialect } from './sql-dialects.ts';

/** A vector's verdict, and why libddwaf's is another. */
export interface Verdict {
  readonly input: string;
  readonly detect: boolean;
  readonly differs?: string;
}

/** The rows of `vectors/<name>.json`, of each name. */
export function readVectors<T extends Verdict>(...names: string[]): T[] {
  return names.flatMap((name) => {
    const file = new URL(`./vectors/${name}.json`, import.meta.url);
    return JSON.parse(readFileSync(file, 'utf8')) as T[];
  });
}

export const SQL_VECTORS = ['sql', 'sql-mssql', 'sql-oracle'];
export const SHELL_VECTORS = ['shell', 'shell-windows'];
export const COMMAND_VECTORS = ['command', 'command-windows'];
export const PATH_VECTORS = ['path', 'path-windows'];

export interface SqlVector extends Verdict {
  readonly dialect: SqlDialect;
  readonly statement: string;
}
export interface ShellVector extends Verdict {
  readonly command: string | string[];
}
export interface CommandVector extends Verdict {
  readonly argv: string[];
}
export interface PathVector extends Verdict {
  readonly path: string;
}
export interface UrlVector extends Verdict {
  readonly url: string;
  readonly options?: Record<string, unknown>;
  readonly policy?: Record<string, unknown>;
}

const STRING_METHODS = [
  ...(['charCodeAt', 'charAt', 'indexOf', 'startsWith', 'includes', 'slice', 'split'] as const),
  ...(['lastIndexOf', 'toLowerCase', 'toUpperCase', 'trim', 'trimEnd', 'replaceAll'] as const),
];

/**
 * How much of its strings `run` reads: one for each call of a method that reads one unit, for the searching ones what
 * they pass over and compare, and all for those that make another string. It stands for time in the tests of
 * linearity, and is the same on every machine.
 */
export function countReads(run: () => unknown): number {
  const originals = STRING_METHODS.map((name) => [name, String.prototype[name]] as const);
  let reads = 0;
  const prototype = String.prototype as unknown as Record<string, unknown>;
  for (const [name, original] of originals) {
    prototype[name] = function counted(this: string, ...parameters: unknown[]) {
      const result = Reflect.apply(original, this, parameters) as unknown;
      reads += cost(this, name, parameters, result);
      return result;
    };
  }
  try {
    run();
  } finally {
    for (const [name, original] of originals) prototype[name] = original;
  }
  return reads;
}

function cost(
  text: string,
  name: (typeof STRING_METHODS)[number],
  parameters: unknown[],
  result: unknown,
): number {
  if (name === 'indexOf') {
    const from = Number(parameters[1] ?? 0);
    const isFound = Number(result) >= 0;
    const end = isFound ? Number(result) + String(parameters[0]).length : text.length;
    return end - Math.min(from, text.length) + 1;
  }
  if (name === 'slice') return String(result).length + 1;
  return ['charCodeAt', 'charAt', 'startsWith'].includes(name) ? 1 : text.length + 1;
}
