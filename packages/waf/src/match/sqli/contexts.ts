import { isExcluded } from './exclusions.ts';
import { readSql } from './fingerprint.ts';
import { isInjection } from './grammar.ts';
import type { Context, Mode } from './tokenizer.ts';

/** Only in MySQL do other quotes than the single one delimit strings, or names that injections are put in. */
const MODES: readonly (readonly [context: Context, modes: readonly Mode[]])[] = [
  ['', ['ansi', 'mysql']],
  ["'", ['ansi', 'mysql']],
  ['"', ['mysql']],
  ['`', ['mysql']],
];

/**
 * Looks for SQL injection: reads a text as it would stand in a statement, bare and within each kind of quotes that it
 * has. Returns the fingerprint of the first reading that is an injection, or undefined. Linear in the text.
 */
export function findSqlInjection(text: string): string | undefined {
  for (const [context, modes] of MODES) {
    if (context !== '' && !text.includes(context)) continue;
    for (const mode of modes) {
      const reading = readSql(text, context, mode);
      if (isInjection(reading.fingerprint) && !isExcluded(reading)) return reading.fingerprint;
      if (!reading.differsByMode) break;
    }
  }
  return undefined;
}
