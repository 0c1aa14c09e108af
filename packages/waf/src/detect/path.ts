import { type Finding, findingOf } from './finding.ts';
import { FOUND, findInjection } from './occurrences.ts';

const MIN_UNIX_LENGTH = 5;
const MIN_WINDOWS_LENGTH = 2;
/** What a system, or a function that makes paths absolute, may put in front: a drive, or `\\\\?\\` and a drive. */
const LONGEST_PREFIX = '\\\\?\\UNC\\C:\\'.length;
const MAX_EXTENSION = 10;
const MAX_STREAM = 20;

/**
 * Whether an input leads a path out of the directory that the application meant. As libddwaf's `lfi_detector` has it:
 * the path ends with the input, which has a separator, and the input is the whole absolute path or has a part `..`
 * beside another. A Unix input has five characters or more, a Windows one two.
 *
 * Deliberate differences from libddwaf:
 * - the path itself tells which system's it is, not the host: with a backslash or a drive it is read as a Windows path
 *   too;
 * - an input with `..` counts although the application put more after it (`../../etc/passwd` + `.html`), if its `..`
 *   is a part of the path;
 * - an input that the application normalised counts if it alone decides the path: `/etc//x/../passwd` or
 *   `../../../etc/passwd` where `/etc/passwd` is opened;
 * - so does the path of a `file:` URL;
 * - of Windows, `\\\\?\\`, a drive without a separator (`C:..\\x`), blanks after `..` and `::$DATA` are known;
 * - an absolute input counts although the application put an extension after it;
 * - an input that was trimmed, lowered or raised in case is found: see `occurrences.ts`.
 */
export function detectPathTraversal(path: string, input: string): Finding | null {
  const isWindows = looksLikeWindows(path);
  const highlight =
    escapes(path, input, isWindows) ?? decidesNormalised(path, input, isWindows) ?? namesStream(path, input);
  return findingOf(path, highlight);
}

/** Whether a part is `..` and there is another part; empty ones are ignored. */
export function hasDirectoryEscape(value: string, isWindows: boolean): boolean {
  if (!value.includes('..')) return false;
  const parts = split(value, isWindows);
  return parts.length > 1 && parts.includes('..');
}

function escapes(path: string, input: string, isWindows: boolean): string | null {
  const minLength = isWindows ? MIN_WINDOWS_LENGTH : MIN_UNIX_LENGTH;
  return findInjection(path, input, minLength, (start, end) => {
    const value = path.slice(start, end);
    if (!hasSeparator(value, isWindows)) return path.length;
    if (start === 0 && isAbsolute(value, isWindows) && isExtension(path.slice(end))) return FOUND;
    if (!hasDirectoryEscape(value, isWindows)) return path.length;
    return end === path.length || parentIsPart(path, start, end, isWindows) ? FOUND : start + 1;
  });
}

/** Nothing, or what applications put behind the name of a file. */
function isExtension(rest: string): boolean {
  return rest === '' || (rest.length < MAX_EXTENSION && /^\.\w+$/.test(rest));
}

/** `index.php::$DATA` is the content of index.php to Windows, and another name to what checks names. */
function namesStream(path: string, input: string): string | null {
  const [stream] = /::?\$(?:data|index_allocation)$/i.exec(input.trim().slice(-MAX_STREAM)) ?? [];
  return stream !== undefined && path.endsWith(stream) ? input.trim() : null;
}

/** Whether a `..` of `path[start, end)` is a whole part of the path. */
function parentIsPart(path: string, start: number, end: number, isWindows: boolean): boolean {
  const parts = (path[start - 1] ?? '/') + path.slice(start, end) + (path[end] ?? '/');
  return (isWindows ? /[/\\]\.\.[/\\]/ : /\/\.\.\//).test(parts);
}

/** Whether the input, normalised from a root that it reaches or begins at, is all of the path. */
function decidesNormalised(path: string, input: string, isWindows: boolean): string | null {
  const value = input.trim().replace(/^file:(?:\/\/(?:localhost(?=\/))?)?/i, '');
  if (value.length < MIN_UNIX_LENGTH || !hasSeparator(value, isWindows)) return null;
  if (path.length > value.length + LONGEST_PREFIX || !isAbsolute(path, isWindows)) return null;
  const given = split(value, isWindows);
  if (!isAbsolute(value, isWindows) && given[0] !== '..') return null;
  const resolved = resolveParts(given);
  if (resolved.length === 0) return null;
  const parts = split(path, isWindows);
  if (isWindows) {
    dropDevice(resolved);
    dropDevice(parts);
    if (isDrive(parts[0]) && !isDrive(resolved[0])) parts.shift();
  }
  if (parts.length !== resolved.length) return null;
  return parts.every((part, index) => part === resolved[index]) ? value : null;
}

/** Takes `?`, `.` and `UNC` from the front, of `\\\\?\\C:\\x` and `\\\\?\\UNC\\server\\x`. */
function dropDevice(parts: string[]): void {
  if (parts[0] !== '?') return;
  parts.shift();
  if (parts[0]?.toUpperCase() === 'UNC') parts.shift();
}

function resolveParts(parts: readonly string[]): string[] {
  const resolved: string[] = [];
  for (const part of parts) {
    if (part === '..') resolved.pop();
    else if (part !== '.') resolved.push(part);
  }
  return resolved;
}

export function looksLikeWindows(path: string): boolean {
  return path.includes('\\') || /^[a-z]:\//i.test(path);
}

function isDrive(part = ''): boolean {
  return /^[a-z]:$/i.test(part);
}

function isAbsolute(path: string, isWindows: boolean): boolean {
  return isWindows ? /^(?:[a-z]:)?[/\\]/i.test(path) : path[0] === '/';
}

function hasSeparator(value: string, isWindows: boolean): boolean {
  return value.includes('/') || (isWindows && value.includes('\\'));
}

/** The parts between separators that aren't empty, of which a drive is one. */
function split(value: string, isWindows: boolean): string[] {
  // Windows takes blanks from the end of a part.
  const parts = isWindows
    ? value
        .replace(/^[a-z]:/i, '$&/')
        .split(/[/\\]/)
        .map((part) => part.trimEnd())
    : value.split('/');
  return parts.filter((part) => part !== '');
}
