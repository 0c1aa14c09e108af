/**
 * Scanners: what a string is, by its key, by itself or by both. Schemas are classified by them, and whoever redacts can
 * use them. Of those that know a string the first names it, so the certain ones come first.
 */
import type { ProcessorDefinition, ScannerDefinition } from '@wardline/waf';
import { CREDENTIALS } from './credentials.ts';
import { PAYMENT } from './payment.ts';
import { PERSONAL } from './personal.ts';
import { defineScanner } from './scanner.ts';

export const scanners: readonly ScannerDefinition[] = [
  ...CREDENTIALS.map((source) => defineScanner('credentials', source)),
  ...PAYMENT.map((source) => defineScanner('payment', source)),
  ...PERSONAL.map((source) => defineScanner('pii', source)),
];

const CATEGORIES = ['credentials', 'payment', 'pii'].map((category) => ({ tags: { category } }));

/** Schemas are made of a request of which the host asks for them: `waf.context.processor` is `{ "extract-schema": true }`. */
const ASKED: ProcessorDefinition['conditions'] = [
  {
    operator: 'equals',
    parameters: {
      inputs: [{ address: 'waf.context.processor', key_path: ['extract-schema'] }],
      type: 'boolean',
      value: true,
    },
  },
];

/**
 * What a schema is made of, by the attribute that has it. Not of responses: a processor that reads one has hosts give
 * each to the engine, which is not free. Who wants them adds a processor.
 */
const SCHEMAS: Readonly<Record<string, string>> = {
  '_dd.appsec.s.req.body': 'server.request.body',
  '_dd.appsec.s.req.cookies': 'server.request.cookies',
  '_dd.appsec.s.req.query': 'server.request.query',
  '_dd.appsec.s.req.params': 'server.request.path_params',
  '_dd.appsec.s.req.headers': 'server.request.headers.no_cookies',
  '_dd.appsec.s.graphql.all_resolvers': 'graphql.server.all_resolvers',
  '_dd.appsec.s.graphql.resolver': 'graphql.server.resolver',
};

export const schemas: ProcessorDefinition = {
  id: 'wardline-schemas',
  generator: 'extract_schema',
  conditions: ASKED,
  parameters: {
    mappings: Object.entries(SCHEMAS).map(([output, address]) => ({ inputs: [{ address }], output })),
    scanners: CATEGORIES,
  },
  evaluate: false,
  output: true,
};
