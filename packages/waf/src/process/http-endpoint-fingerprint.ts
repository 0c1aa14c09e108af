import { MAP } from '../run/tree.ts';
import { urlPath } from '../transform/url-path.ts';
import { hashOfLower, keysOf, lower } from './fingerprint.ts';
import type { Generator, GeneratorInput } from './generator.ts';

/**
 * http_endpoint_fingerprint: what is called, and with which parameters.
 *
 * Inputs: `method`, `uri_raw`; `query` and `body`, which it can do without.
 *
 * Example: `GET /api?b=1&a=2` → `http-get-` hash of `/api` `-` hash of `a,b` `-`.
 */
export const httpEndpointFingerprint: Generator = {
  name: 'http_endpoint_fingerprint',
  inputs: [
    textInput('method', lower),
    textInput('uri_raw', (uri) => hashOfLower(urlPath.apply(uri))),
    keysInput('body'),
    keysInput('query'),
  ],
  combine: ([method, path, body = '', query = '']) => `http-${method}-${path}-${query}-${body}`,
};

function textInput(name: string, read: (text: string) => string): GeneratorInput {
  return { name, required: true, text: true, read: ({ scalar }) => read(scalar as string) };
}

function keysInput(name: string): GeneratorInput {
  return {
    name,
    required: false,
    text: false,
    read: (node) => (node.kind === MAP ? keysOf(node).hash : ''),
  };
}
