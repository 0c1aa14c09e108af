import type { Diagnostics } from '../types.ts';

/**
 * What is wrong with one element of a ruleset. `error`: the element is malformed. `warning`: it names something that
 * this engine doesn't know, perhaps because the ruleset is newer. `skipped`: it is sound but not meant for, or not yet
 * supported by, this version.
 */
export type Severity = 'error' | 'warning' | 'skipped';

export class Fault extends Error {
  readonly severity: Severity;

  constructor(message: string, severity: Severity = 'error') {
    super(message);
    this.name = 'Fault';
    this.severity = severity;
  }
}

/** Throws a Fault. */
export function fail(message: string, severity?: Severity): never {
  throw new Fault(message, severity);
}

/** Runs `parse` and, where it finds a fault, says in which part of the element. */
export function within<T>(where: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw located(where, error);
  }
}

/** Reads each item of a list of the name `where`, and says of a fault at which index it is. */
export function each<T>(where: string, items: readonly unknown[], parse: (item: unknown) => T): T[] {
  const parsed: T[] = [];
  try {
    for (let index = 0; index < items.length; index++) parsed.push(parse(items[index]));
  } catch (error) {
    throw located(`${where}[${parsed.length}]`, error);
  }
  return parsed;
}

function located(where: string, error: unknown): unknown {
  return error instanceof Fault ? new Fault(`${where}: ${error.message}`, error.severity) : error;
}

/** What was thrown, in words; never throws, whatever the host's code threw. */
export function messageOf(error: unknown): string {
  try {
    return String(error instanceof Error ? error.message : error);
  } catch {
    return 'unknown error';
  }
}

export type RulesetErrorCode = 'WARDLINE_WAF_RULESET_INVALID' | 'WARDLINE_WAF_RULESET_EMPTY';

/** Nothing of a configuration could be loaded; the diagnostics say why, element by element. */
export class RulesetError extends Error {
  readonly code: RulesetErrorCode;
  readonly diagnostics: Diagnostics;

  constructor(code: RulesetErrorCode, message: string, diagnostics: Diagnostics) {
    super(message);
    this.name = 'RulesetError';
    this.code = code;
    this.diagnostics = diagnostics;
  }
}
