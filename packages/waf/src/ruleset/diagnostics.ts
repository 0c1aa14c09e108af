import type { Diagnostics, SectionDiagnostics } from '../types.ts';
import { Fault, messageOf } from './fault.ts';

/** Files a fault under its severity. Anything but a Fault is a fault of this engine, and is reported as such. */
export function fileFault(
  { failed, skipped, errors, warnings }: SectionDiagnostics,
  id: string,
  error: unknown,
): void {
  const { message, severity } =
    error instanceof Fault ? error : new Fault(`internal error: ${messageOf(error)}`);
  (severity === 'skipped' ? skipped : failed).push(id);
  addIds(severity === 'error' ? errors : warnings, message, [id]);
}

/** Files what makes a section as a whole unusable. */
export function fileUnusable({ errors }: SectionDiagnostics, message: string): void {
  addIds(errors, message, []);
}

function addIds(byMessage: Record<string, string[]>, message: string, ids: string[]): void {
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
