import { isLetter } from './characters.ts';
import type { Finding } from './finding.ts';
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
  const separators = isWindows ? '/\\' : '/';
  const highlight =
    escapes(path, input, separators, isWindows ? MIN_WINDOWS_LENGTH : MIN_UNIX_LENGTH) ??
    decidesNormalised(path, input, separators) ??
    namesStream(path, input);
  return highlight === null ? null : { resource: path, highlight };
}

/** Whether a part is `..` and there is another part; parts are split at any of the separators, empty ones ignored. */
export function hasDirectoryEscape(value: string, separators: string): boolean {
  if (!value.includes('..')) return false;
  const parts = split(value, separators);
  return parts.length > 1 && parts.includes('..');
}

function escapes(path: string, input: string, separators: string, minLength: number): string | null {
  return findInjection(path, input, minLength, (start, end) => {
    const value = path.slice(start, end);
    if (!hasSeparator(value, separators)) return path.length;
    if (start === 0 && isAbsolute(value, separators) && isExtension(path.slice(end))) return FOUND;
    if (!hasDirectoryEscape(value, separators)) return path.length;
    return end === path.length || parentIsPart(path, start, end, separators) ? FOUND : start + 1;
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
function parentIsPart(path: string, start: number, end: number, separators: string): boolean {
  for (let at = path.indexOf('..', start); at >= 0 && at + 2 <= end; at = path.indexOf('..', at + 1)) {
    const isAtStart = at === 0 || separators.includes(path[at - 1]!);
    if (isAtStart && (at + 2 === path.length || separators.includes(path[at + 2]!))) return true;
  }
  return false;
}

/** Whether the input, normalised from a root that it reaches or begins at, is all of the path. */
function decidesNormalised(path: string, input: string, separators: string): string | null {
  const value = withoutFileScheme(input.trim());
  if (value.length < MIN_UNIX_LENGTH || !hasSeparator(value, separators)) return null;
  if (path.length > value.length + LONGEST_PREFIX || !isAbsolute(path, separators)) return null;
  const given = split(value, separators);
  if (!isAbsolute(value, separators) && given[0] !== '..') return null;
  const resolved = resolveParts(given);
  if (resolved.length === 0) return null;
  const parts = split(path, separators);
  if (separators.length > 1) {
    dropDevice(resolved);
    dropDevice(parts);
    if (isDrive(parts[0]) && !isDrive(resolved[0])) parts.shift();
  }
  if (parts.length !== resolved.length) return null;
  return parts.every((part, index) => part === resolved[index]) ? value : null;
}

/** Takes `?`, `.` and `UNC` from the front, of `\\\\?\\C:\\x` and `\\\\?\\UNC\\server\\x`. */
function dropDevice(parts: string[]): void {
  if (parts[0] === '?') parts.shift();
  else return;
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

function withoutFileScheme(value: string): string {
  const [scheme = ''] = /^file:(?:\/\/(?:localhost(?=\/))?)?/i.exec(value) ?? [];
  return value.slice(scheme.length);
}

export function looksLikeWindows(path: string): boolean {
  return path.includes('\\') || (isDrive(path.slice(0, 2)) && path[2] === '/');
}

function isDrive(part: string | undefined): boolean {
  return part?.length === 2 && part[1] === ':' && isLetter(part.charCodeAt(0));
}

function isAbsolute(path: string, separators: string): boolean {
  if (path === '') return false;
  if (separators.includes(path[0]!)) return true;
  return separators.length > 1 && isDrive(path.slice(0, 2)) && separators.includes(path[2] ?? ' ');
}

function hasSeparator(value: string, separators: string): boolean {
  for (const separator of separators) if (value.includes(separator)) return true;
  return false;
}

function split(value: string, separators: string): string[] {
  if (separators.length === 1) return value.split('/').filter((part) => part !== '');
  const drive = isDrive(value.slice(0, 2)) ? value.slice(0, 2) : '';
  const parts = value.slice(drive.length).replaceAll('\\', '/').split('/');
  // Windows takes blanks from the end of a part.
  return [drive, ...parts.map((part) => part.trimEnd())].filter((part) => part !== '');
}
