import { readFileSync } from 'node:fs';
import type { Diagnostics, Waf, WafOptions } from '@wardline/waf';
import type { Logger } from './log.ts';
import { RULES_PATH } from './policy.ts';

export type Compile = (ruleset: unknown, options?: WafOptions) => Waf;

export interface CompiledRules {
  readonly waf: Waf;
  /** What it was compiled from. */
  readonly ruleset: unknown;
}

/**
 * Compiles the rules of the service: those of the file at `path` where it is not empty, and the built-in ones where
 * there is none or it is broken, which the log names. Undefined where neither can be used; never throws.
 */
export function compileRules(
  path: string,
  builtIn: unknown,
  compile: Compile,
  log: Logger,
): CompiledRules | undefined {
  if (path !== '') {
    try {
      const ruleset = readRuleset(path);
      const waf = compile(ruleset, { path: RULES_PATH });
      const fault = describeDiagnostics(waf.diagnostics[RULES_PATH]);
      if (fault !== undefined) log.warn(`the rules in ${path} were loaded in part: ${fault}`);
      return { waf, ruleset };
    } catch (error) {
      log.error(`the rules in ${path} cannot be used, using the built-in ones: ${messageOf(error)}`);
    }
  }
  try {
    return { waf: compile(builtIn, { path: RULES_PATH }), ruleset: builtIn };
  } catch (error) {
    log.error(`the built-in rules cannot be used, application security is off: ${messageOf(error)}`);
    return undefined;
  }
}

function readRuleset(path: string): unknown {
  const text = readFileSync(path, 'utf8');
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new Error(`not JSON: ${messageOf(error)}`, { cause: error });
  }
}

/**
 * What of a configuration failed, in words, or undefined where nothing did. What the engine skips because it does not
 * support it is no fault of the configuration and is left out.
 */
export function describeDiagnostics(diagnostics: Diagnostics | undefined): string | undefined {
  if (diagnostics === undefined) return undefined;
  if (diagnostics.error !== undefined) return diagnostics.error;
  const faults: string[] = [];
  for (const [section, { failed, errors, warnings }] of Object.entries(diagnostics.sections)) {
    for (const [message, ids] of [...Object.entries(errors), ...Object.entries(warnings)]) {
      const concerned = ids.filter((id) => failed.includes(id));
      if (concerned.length > 0) faults.push(`${section} ${shorten(concerned)}: ${message}`);
    }
  }
  return faults.length === 0 ? undefined : shorten(faults, '; ');
}

function shorten(items: readonly string[], separator = ', '): string {
  const shown = items.slice(0, 3).join(separator);
  return items.length > 3 ? `${shown}${separator}and ${items.length - 3} more` : shown;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
