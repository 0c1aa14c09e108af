import type { InputDefinition, ProcessorDefinition } from '@wardline/waf';
import { type RuleSource, VALUES_AND_HEADERS } from '../rule.ts';

const JWT = 'server.request.jwt';

/** What the bearer token of a request says, for the rules below. */
export const JWT_PROCESSOR: ProcessorDefinition = {
  id: 'wardline-jwt',
  generator: 'jwt_decode',
  parameters: {
    mappings: [
      {
        inputs: [{ address: 'server.request.headers.no_cookies', key_path: ['authorization'] }],
        output: JWT,
      },
    ],
  },
  evaluate: true,
  output: false,
};

const jwt = (rule: Omit<RuleSource, 'type' | 'owasp'>): RuleSource => ({
  severity: 'high',
  transformers: [],
  ...rule,
  type: 'jwt_attack',
  owasp: 'A07:2021',
});

const claim = (...path: string[]): InputDefinition => ({ address: JWT, key_path: ['header', ...path] });

export const JWT_ATTACKS: readonly RuleSource[] = [
  jwt({
    id: 'jwt-algorithm-none',
    name: 'JWT: a bearer token that says that it has no signature',
    confidence: 'high',
    cwe: '347',
    capec: '1000/225/115',
    about:
      'Libraries that believe the header of a token accept any content with the algorithm `none`, in any case. Issuers sign.',
    inputs: [claim('alg')],
    regex: String.raw`^\s*(?:none\w*|null)?\s*$`,
  }),
  jwt({
    id: 'jwt-algorithm-none-encoded',
    name: 'JWT: a token without a signature as a value',
    confidence: 'high',
    cwe: '347',
    capec: '1000/225/115',
    about: 'The same in a cookie or a parameter: `"alg":"none"`, in any case, as it stands in base64url.',
    inputs: VALUES_AND_HEADERS,
    caseSensitive: true,
    regex: String.raw`\bey[\w-]*(?:ImFsZyI6I[km]5[Pv][Tb][km]Ui|JhbGciOiJ[Ou][Tb][02]5[Fl]I|iYWxnIjoi[Tb][km]9[Ou][RZ]S)[\w-]*\.`,
  }),
  jwt({
    id: 'jwt-key-id-injection',
    name: 'JWT: a key id that is a path, a command or a statement',
    confidence: 'high',
    cwe: '20',
    capec: '1000/152/248',
    about:
      'The id of a key is looked up in files or a database, also to make the server verify with a key that is known, such as an empty file. Ids are words, numbers, hashes or addresses.',
    inputs: [claim('kid')],
    regex: String.raw`\.\.[/\\]|^/(?:dev|etc|proc|tmp|var|home|usr)/|['";|\x60\x00]|\$\(|\bunion\s|\bselect\s|[<>]|^[a-z]:\\|(?:file|php|gopher|data):`,
  }),
  jwt({
    id: 'jwt-key-address',
    name: 'JWT: a token that says where the key to verify it is',
    confidence: 'medium',
    cwe: '347',
    capec: '1000/225/115',
    about:
      '`jku` and `x5u` make a careless server fetch the key from an address of the attacker. Few issuers use them.',
    inputs: [claim('jku'), claim('x5u')],
    regex: String.raw`\S`,
  }),
  jwt({
    id: 'jwt-embedded-key',
    name: 'JWT: a bearer token that brings the key to verify it',
    confidence: 'medium',
    cwe: '347',
    capec: '1000/225/115',
    about:
      'A key in the header of the token itself proves nothing (CVE-2018-0114). Proofs of possession have one, but in a header of their own.',
    inputs: [claim('jwk', 'kty')],
    regex: String.raw`\w`,
  }),
];
