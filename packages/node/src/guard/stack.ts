import { findSourceMap } from 'node:module';
import { dirname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StackFrame, StackTrace } from '@wardline/telemetry';

/** Frames kept, the innermost ones. */
const DEPTH = 32;
/** Frames asked of V8: enough for the kept ones after the agent's own are taken out. */
const CAPTURED = 96;

/** Runtime files that only carry a context from one function to the next. */
const PLUMBING =
  /^node:(internal\/)?async_(local_storage|hooks|context)|\/node_modules\/@opentelemetry\/api\//;

/**
 * The call path to here, the innermost frame first, without the agent's own frames. Files are relative to the working
 * directory where they lie below it; positions are those of the source where source maps are on
 * (`--enable-source-maps`).
 */
export function takeStack(id: string): StackTrace {
  const frames: StackFrame[] = [];
  for (const site of captureCallSites()) {
    const file = fileOf(site);
    if (file === undefined || isPlumbing(file)) continue;
    frames.push(frameOf(site, file, frames.length));
    if (frames.length === DEPTH) break;
  }
  return { id, language: 'nodejs', frames };
}

function captureCallSites(): NodeJS.CallSite[] {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = CAPTURED;
    Error.prepareStackTrace = (_error, sites) => sites;
    const holder: { stack?: unknown } = {};
    Error.captureStackTrace(holder, captureCallSites);
    return Array.isArray(holder.stack) ? holder.stack : [];
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function fileOf(site: NodeJS.CallSite): string | undefined {
  const name = site.getFileName();
  if (name === null || name === undefined || name === '') return undefined;
  return name.startsWith('file:') ? fileURLToPath(name) : name;
}

/**
 * Where the agent's own code lies: the folder of its bundle, or its source folder in development. Known from a call
 * site, since a bundle has no dependable `import.meta`.
 */
const OWN_FOLDER = ownFolder();

function ownFolder(): string {
  const site = captureCallSites()[0];
  const file = site === undefined ? undefined : fileOf(site);
  if (file === undefined) return '\0';
  return dirname(/[\\/]guard[\\/]stack\.[jt]s$/.test(file) ? dirname(file) : file) + sep;
}

function isPlumbing(file: string): boolean {
  return file.startsWith(OWN_FOLDER) || PLUMBING.test(file.replaceAll('\\', '/'));
}

function frameOf(site: NodeJS.CallSite, file: string, id: number): StackFrame {
  const source = sourcePosition(file, site.getLineNumber() ?? 0, site.getColumnNumber() ?? 0);
  const inApp = !file.startsWith('node:') && !/[\\/]node_modules[\\/]/.test(file);
  const frame: StackFrame = {
    id,
    file: relativeToCwd(source.file),
    line: source.line,
    column: source.column,
    function: site.getFunctionName() ?? '',
    in_app: inApp,
  };
  const className = site.getTypeName();
  if (className !== null && className !== 'Object' && className !== 'Function') frame.class_name = className;
  return frame;
}

function sourcePosition(
  file: string,
  line: number,
  column: number,
): { file: string; line: number; column: number } {
  const entry = findSourceMap(file)?.findEntry(line - 1, column - 1);
  if (entry === undefined || !('originalSource' in entry)) return { file, line, column };
  const original = entry.originalSource;
  return {
    file: original.startsWith('file:') ? fileURLToPath(original) : original,
    line: entry.originalLine + 1,
    column: entry.originalColumn + 1,
  };
}

function relativeToCwd(file: string): string {
  const base = process.cwd();
  return file.startsWith(base) && /[\\/]/.test(file[base.length] ?? '') ? file.slice(base.length + 1) : file;
}
