import { MAP, type TreeNode } from '../run/tree.ts';
import { escapeCommas, hashOf, hashOfLower, keysOf, onlyText } from './fingerprint.ts';
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
  return { name, required: false, text: true, read: ({ scalar }) => hashOfLower(scalar as string) };
}

function readCookies(cookies: TreeNode): string | undefined {
  if (cookies.kind !== MAP || cookies.children.length === 0) return undefined;
  const { hash, order } = keysOf(cookies);
  let values = '';
  for (let i = 0; i < order.length; i++) {
    const value = escapeCommas(onlyText(cookies.children[order[i]!]!));
    values += i === 0 ? value : `,${value}`;
  }
  return `${hash}-${hashOf(values)}`;
}
