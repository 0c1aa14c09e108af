import { ARRAY, type TreeNode } from '../run/tree.ts';
import { lowercase } from '../transform/lowercase.ts';
import { sha256 } from './sha256.ts';

/**
 * What the fingerprints have in common. Each is a few fields with dashes between them, of which most are the beginning
 * of a hash, so that two requests can be told to be alike without what is in them being known.
 */

/** The first 32 bits of the SHA-256 of a text, in hexadecimal. */
export function hashOf(text: string): string {
  return (sha256(text)[0]! >>> 0).toString(16).padStart(8, '0');
}

/** The same of a text in lower case; nothing if it is empty. */
export function hashOfLower(text: string): string {
  return text === '' ? '' : hashOf(lower(text));
}

export function lower(text: string): string {
  return lowercase.apply(text);
}

/** A text among others in a list that is hashed. */
export function escapeCommas(text: string): string {
  return text.includes(',') ? text.replaceAll(',', '\\,') : text;
}

/** A string, or the only one of an array; what headers and cookies are. */
export function onlyText(node: TreeNode): string {
  const single = node.kind === ARRAY && node.size === 1 ? node.children[0]! : node;
  return typeof single.scalar === 'string' ? single.scalar : '';
}

/** What a fingerprint has of a map's keys. */
interface Keys {
  /** Of all in lower case, sorted; nothing if there is none. */
  readonly hash: string;
  /** The children by their keys in that order. */
  readonly order: readonly number[];
}

export function keysOf({ children }: TreeNode): Keys {
  const keys = children.map(({ key }, index) => ({ key: lower(String(key)), index }));
  keys.sort((a, b) => compareKeys(a.key, b.key));
  const hash = keys.length === 0 ? '' : hashOf(keys.map(({ key }) => escapeCommas(key)).join(','));
  return { hash, order: keys.map(({ index }) => index) };
}

/** By code unit, but what is not ASCII comes first, as bytes with a sign have it. */
function compareKeys(a: string, b: string): number {
  if (a === b) return 0;
  let at = 0;
  while (a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return signed(a.charCodeAt(at)) - signed(b.charCodeAt(at));
}

/** The end of a text comes before everything. */
function signed(unit: number): number {
  return unit < 0x80 ? unit : (unit || 0) - 0x10000;
}
