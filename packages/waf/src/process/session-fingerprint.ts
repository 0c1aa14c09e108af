import type { TreeNode } from '../run/tree.ts';
import { compareKeys, escapeCommas, hashOf, listHash, lower, onlyText, shortHash } from './fingerprint.ts';
import type { Generator, GeneratorInput } from './generator.ts';

/**
 * session_fingerprint: by whom, as far as the session tells.
 *
 * Inputs: `cookies`, `session_id`, `user_id`, of which it can do without any two.
 *
 * Example: `{ cookies: { b: "2", a: "1" }, user_id: "jo" }` → `ssn-` hash of `jo` `-` of `a,b` `-` of `1,2` `-`.
 */
export const sessionFingerprint: Generator = {
  name: 'session_fingerprint',
  inputs: [
    { name: 'cookies', required: false, text: false, read: readCookies },
    idInput('session_id'),
    idInput('user_id'),
  ],
  combine: ([cookies = '-', session = '', user = '']) => `ssn-${user}-${cookies}-${session}`,
};

function idInput(name: string): GeneratorInput {
  return { name, required: false, text: true, read: ({ scalar }) => shortHash(lower(scalar as string)) };
}

function readCookies(cookies: TreeNode): string | undefined {
  if (cookies.kind !== 'map' || cookies.children.length === 0) return undefined;
  const sorted = cookies.children
    .map((cookie) => ({ name: lower(String(cookie.key)), value: onlyText(cookie) }))
    .sort((a, b) => compareKeys(a.name, b.name));
  const names = sorted.map(({ name }) => escapeCommas(name));
  return `${listHash(names)}-${hashOf(sorted.map(({ value }) => escapeCommas(value)).join(','))}`;
}
