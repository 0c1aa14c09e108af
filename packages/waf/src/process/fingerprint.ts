import type { TreeNode } from '../run/tree.ts';
import { lowercase } from '../transform/lowercase.ts';
import { sha256 } from './sha256.ts';

/**
 * What the fingerprints have in common. Each is a few fields with dashes between them, of which most are the beginning
 * of a hash, so that two requests can be told to be alike without what is in them being known.
 */

/** Hashes of a generation; there are two. */
const CAPACITY = 256;
/** UTF-16 code units; longer texts seldom come again. */
const MAX_LENGTH = 256;

let younger = new Map<string, string>();
let older: ReadonlyMap<string, string> = new Map();

/** The first 32 bits of the SHA-256 of a text, in hexadecimal; nothing for an empty text. */
export function shortHash(text: string): string {
  return text === '' ? '' : hashOf(text);
}

/** As `shortHash`, for texts that many requests share, such as paths and names. */
export function sharedHash(text: string): string {
  return text === '' ? '' : rememberedHash(text);
}

/** The hash of a list of texts that many requests share; nothing if there is none. */
export function listHash(texts: readonly string[]): string {
  return texts.length === 0 ? '' : rememberedHash(texts.join(','));
}

function rememberedHash(text: string): string {
  if (text.length > MAX_LENGTH) return hashOf(text);
  let hash = younger.get(text);
  if (hash !== undefined) return hash;
  hash = older.get(text) ?? hashOf(text);
  if (younger.size >= CAPACITY) {
    older = younger;
    younger = new Map();
  }
  younger.set(text, hash);
  return hash;
}

export function hashOf(text: string): string {
  return (sha256(text)[0]! >>> 0).toString(16).padStart(8, '0');
}

export function lower(text: string): string {
  return lowercase.apply(text);
}

/** A text among others in a list that is hashed. */
export function escapeCommas(text: string): string {
  return text.includes(',') ? text.replaceAll(',', '\\,') : text;
}

/** The order of keys in lower case: by code unit, but what is not ASCII comes first, as bytes with a sign have it. */
export function compareKeys(a: string, b: string): number {
  if (a === b) return 0;
  let at = 0;
  while (a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return signed(a.charCodeAt(at)) - signed(b.charCodeAt(at));
}

/** The end of a text comes before everything. */
function signed(unit: number): number {
  return unit < 0x80 ? unit : (unit || 0) - 0x10000;
}

/** A string, or the only one of an array; what headers and cookies are. */
export function onlyText(node: TreeNode): string {
  const single = node.kind === 'array' && node.size === 1 ? node.children[0]! : node;
  return typeof single.scalar === 'string' ? single.scalar : '';
}
