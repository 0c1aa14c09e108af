import { ARRAY } from '../run/tree.ts';
import { base64urlDecode } from '../transform/base64url-decode.ts';
import { generatorOf } from './generator.ts';

const SCHEME = 'Bearer';

/**
 * jwt_decode: what a bearer token says (RFC 7519), whoever signed it.
 *
 * Inputs: `inputs`, the value of an `authorization` header.
 *
 * Example: `Bearer eyJhbGciOiJub25lIn0.e30.` → `{ header: { alg: "none" }, payload: {}, signature: { available: false } }`.
 * A part that is not JSON in base64url is null.
 */
export const jwtDecode = generatorOf('jwt_decode', 'inputs', (header) => {
  const text = header.kind === ARRAY ? header.children[0]?.scalar : header.scalar;
  if (typeof text !== 'string' || !text.startsWith(SCHEME)) return undefined;
  const token = text.slice(SCHEME.length).trim();
  const headerEnd = token.indexOf('.');
  const payloadEnd = token.indexOf('.', headerEnd + 1);
  if (headerEnd < 0 || payloadEnd < 0) return undefined;
  return {
    header: parsePart(token.slice(0, headerEnd)),
    payload: parsePart(token.slice(headerEnd + 1, payloadEnd)),
    signature: { available: payloadEnd + 1 < token.length },
  };
});

function parsePart(part: string): unknown {
  if (!/^[\w-]*={0,2}$/.test(part)) return null;
  try {
    return JSON.parse(base64urlDecode.apply(part));
  } catch {
    return null;
  }
}
