import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ruleset as own } from '@wardline/rules';
import {
  COMMAND_VECTORS,
  type CommandVector,
  PATH_VECTORS,
  type PathVector,
  readVectors,
  SHELL_VECTORS,
  type ShellVector,
  SQL_VECTORS,
  type SqlVector,
  type UrlVector,
} from '../../src/detect/test-support.ts';
import type { Ruleset } from '../../src/index.ts';
import attacks from '../vectors/attacks.json' with { type: 'json' };
import benign from '../vectors/benign.json' with { type: 'json' };
import texts from '../vectors/texts.json' with { type: 'json' };

export interface Request {
  persistent: Record<string, unknown>;
  ephemeral?: Record<string, unknown>;
}

const RECOMMENDED = 'dd-trace/packages/dd-trace/src/appsec/recommended.json';

/** Those that depend on what a JavaScript engine knows of Unicode, and those with most to decode. */
const TRANSFORMERS = ['unicode_normalize', 'lowercase', 'html_entity_decode', 'js_decode', 'url_decode_iis'];

/** Datadog's rules, those of this repository, and rules that report what transformers make of a text. */
export function portabilityRulesets(): Record<string, Ruleset> {
  const file = createRequire(import.meta.url).resolve(RECOMMENDED);
  return { recommended: JSON.parse(readFileSync(file, 'utf8')), own, transformers: transformerRules() };
}

function transformerRules(): Ruleset {
  const inputs = [{ address: 'server.request.query' }];
  return {
    version: '2.2',
    rules: TRANSFORMERS.map((name) => ({
      id: name,
      name,
      tags: { type: name },
      conditions: [{ operator: 'match_regex', parameters: { inputs, regex: '(?s).*' } }],
      transformers: [name],
    })),
  };
}

/** Attacks and harmless texts in each place of a request, and all vectors of the detectors at their sinks. */
export function portabilityRequests(): Request[] {
  const sink = (input: string, ephemeral: Record<string, unknown>): Request => ({
    persistent: { 'server.request.query': { q: input } },
    ephemeral,
  });
  return [
    ...[...Object.values(attacks).flat(), ...benign, ...texts].map((text) => ({
      persistent: {
        'server.request.method': 'POST',
        'server.request.uri.raw': `/search/${text}`,
        'server.request.query': { q: text },
        'server.request.body': { items: [{ text }] },
        'server.request.headers.no_cookies': { 'user-agent': text },
      },
    })),
    ...readVectors<SqlVector>(...SQL_VECTORS).map(({ statement, dialect, input }) =>
      sink(input, { 'server.db.statement': statement, 'server.db.system': dialect }),
    ),
    ...readVectors<ShellVector>(...SHELL_VECTORS).map(({ command, input }) =>
      sink(input, { 'server.sys.shell.cmd': command }),
    ),
    ...readVectors<CommandVector>(...COMMAND_VECTORS).map(({ argv, input }) =>
      sink(input, { 'server.sys.exec.cmd': argv }),
    ),
    ...readVectors<PathVector>(...PATH_VECTORS).map(({ path, input }) =>
      sink(input, { 'server.io.fs.file': path }),
    ),
    ...readVectors<UrlVector>('url').map(({ url, input }) => sink(input, { 'server.io.net.url': url })),
  ];
}
