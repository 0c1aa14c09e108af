import type { Diagnostics, SectionDiagnostics } from '../types.ts';
import { Fault, messageOf } from './fault.ts';

/** Collects what became of the elements of one section. */
export class SectionReport {
  readonly result: SectionDiagnostics = { loaded: [], failed: [], skipped: [], errors: {}, warnings: {} };

  loaded(id: string): void {
    this.result.loaded.push(id);
  }

  /** Files a fault under its severity. Anything but a Fault is a fault of this engine, and is reported as such. */
  rejected(id: string, error: unknown): void {
    const fault = error instanceof Fault ? error : new Fault(`internal error: ${messageOf(error)}`);
    const { failed, skipped, errors, warnings } = this.result;
    (fault.severity === 'skipped' ? skipped : failed).push(id);
    addId(fault.severity === 'error' ? errors : warnings, fault.message, id);
  }

  /** The section as a whole is unusable. */
  unusable(message: string): void {
    addId(this.result.errors, message);
  }
}

function addId(byMessage: Record<string, string[]>, message: string, ...ids: string[]): void {
  if (Object.hasOwn(byMessage, message)) byMessage[message]!.push(...ids);
  else {
    Object.defineProperty(byMessage, message, {
      value: ids,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
}

/** How many elements of all sections were loaded. */
export function countLoaded(diagnostics: Diagnostics): number {
  return Object.values(diagnostics.sections).reduce((sum, section) => sum + section.loaded.length, 0);
}

/** Whether any element, or a section as a whole, was refused. */
export function hasErrors(diagnostics: Diagnostics): boolean {
  return Object.values(diagnostics.sections).some(
    (section) => section.failed.length > 0 || Object.keys(section.errors).length > 0,
  );
}
