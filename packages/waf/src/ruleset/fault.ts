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

/** Runs `parse` and, where it finds a fault, says in which part of the element. */
export function within<T>(where: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof Fault) throw new Fault(`${where}: ${error.message}`, error.severity);
    throw error;
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
