import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import appsec from '@datadog/native-appsec';
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
  type Verdict,
} from './test-support.ts';

/**
 * libddwaf gives the same verdict on every vector, but on those that say why it differs: there it gives the other one,
 * so that no reason outlives its difference.
 */

const PARAMS = 'server.request.query';
const TIMEOUT_MICROSECONDS = 1_000_000;

function detectorRule(operator: string, resource: string, parameters: Record<string, unknown> = {}) {
  return {
    version: '2.2',
    rules: [
      {
        id: operator,
        name: operator,
        tags: { type: operator, category: 'vulnerability_trigger' },
        conditions: [
          {
            operator,
            parameters: { resource: [{ address: resource }], params: [{ address: PARAMS }], ...parameters },
          },
        ],
        transformers: [],
      },
    ],
  };
}

function hasMatch(
  waf: InstanceType<typeof appsec.DDWAF>,
  address: string,
  resource: unknown,
  input: string,
  more = {},
): boolean {
  const context = waf.createContext();
  const result = context.run(
    { persistent: { [PARAMS]: { q: input }, [address]: resource, ...more } },
    TIMEOUT_MICROSECONDS,
  );
  context.dispose();
  assert.equal(result.timeout, false);
  return (result.events ?? []).length > 0;
}

function compare<T extends Verdict>(name: string, vectors: T[], run: (vector: T) => boolean): void {
  for (const vector of vectors) {
    const { detect, differs, ...rest } = vector;
    test(`${name} ${JSON.stringify(rest)}${differs ? ` (differs: ${differs})` : ''}`, () => {
      assert.equal(run(vector), differs ? !detect : detect);
    });
  }
}

describe('libddwaf', () => {
  const sql = new appsec.DDWAF(
    detectorRule('sqli_detector@v2', 'server.db.statement', { db_type: [{ address: 'server.db.system' }] }),
    'sql',
  );
  compare('sqli_detector', readVectors<SqlVector>(...SQL_VECTORS), ({ statement, dialect, input }) =>
    hasMatch(sql, 'server.db.statement', statement, input, {
      'server.db.system': dialect === 'pgsql' ? 'postgresql' : dialect,
    }),
  );

  const shell = new appsec.DDWAF(detectorRule('shi_detector', 'server.sys.shell.cmd'), 'shell');
  compare('shi_detector', readVectors<ShellVector>(...SHELL_VECTORS), ({ command, input }) =>
    hasMatch(shell, 'server.sys.shell.cmd', command, input),
  );

  const exec = new appsec.DDWAF(detectorRule('cmdi_detector', 'server.sys.exec.cmd'), 'exec');
  compare('cmdi_detector', readVectors<CommandVector>(...COMMAND_VECTORS), ({ argv, input }) =>
    hasMatch(exec, 'server.sys.exec.cmd', argv, input),
  );

  const path = new appsec.DDWAF(detectorRule('lfi_detector@v2', 'server.io.fs.file'), 'path');
  compare('lfi_detector', readVectors<PathVector>(...PATH_VECTORS), (vector) =>
    hasMatch(path, 'server.io.fs.file', vector.path, vector.input),
  );

  compare('ssrf_detector', readVectors<UrlVector>('url'), ({ url, input, options = {}, policy = {} }) =>
    hasMatch(
      new appsec.DDWAF(detectorRule('ssrf_detector', 'server.io.net.url', { options, policy }), 'url'),
      'server.io.net.url',
      url,
      input,
    ),
  );
});
