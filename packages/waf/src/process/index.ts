import { extractSchema } from './extract-schema.ts';
import type { Generator } from './generator.ts';
import { httpEndpointFingerprint } from './http-endpoint-fingerprint.ts';
import { httpHeaderFingerprint } from './http-header-fingerprint.ts';
import { httpNetworkFingerprint } from './http-network-fingerprint.ts';
import { jwtDecode } from './jwt-decode.ts';
import { sessionFingerprint } from './session-fingerprint.ts';
import { sumWeights } from './sum-weights.ts';
import { uriParse } from './uri-parse.ts';

/** The generators of processors. */
const GENERATORS: readonly Generator[] = [
  extractSchema,
  httpEndpointFingerprint,
  httpHeaderFingerprint,
  httpNetworkFingerprint,
  jwtDecode,
  sessionFingerprint,
  sumWeights,
  uriParse,
];

export function generatorByName(name: string): Generator | undefined {
  return GENERATORS.find((generator) => generator.name === name);
}
