import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type GateOptions, gateQuery } from './findings.ts';

const TABLE: readonly [given: Partial<GateOptions>, query: string][] = [
  [{}, 'status:(high OR critical)'],
  [{ status: 'critical' }, 'status:critical'],
  [{ status: 'info' }, 'status:(info OR low OR medium OR high OR critical)'],
  [{ service: 'shop', env: 'staging' }, 'env:staging service:shop status:(high OR critical)'],
  [{ service: 'my shop' }, 'service:"my shop" status:(high OR critical)'],
  [{ service: 'a" OR *' }, String.raw`service:"a\" OR *" status:(high OR critical)`],
  [{ query: '@http.client_ip:1.2.3.4 OR x' }, 'status:(high OR critical) (@http.client_ip:1.2.3.4 OR x)'],
];

for (const [given, query] of TABLE) {
  it(`asks for ${query}`, () => {
    assert.equal(gateQuery({ status: 'high', from: 'now-1h', to: 'now', ...given }), query);
  });
}
