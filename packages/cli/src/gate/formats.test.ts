import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Finding } from './findings.ts';
import { FORMATS, type Report } from './formats.ts';

const finding: Finding = {
  id: 'AQ1',
  severity: 'critical',
  title: 'SQL injection exploited <on> "orders" & more\u0000',
  timestamp: '2026-01-02T03:04:05.000Z',
  services: ['orders'],
  tags: ['security:attack'],
  rule: { id: 'r-1', name: 'SQL injection exploited' },
  events: 3,
  location: { file: 'src/orders.cjs', line: 19, function: 'search' },
};

const report = (findings: readonly Finding[]): Report => ({
  findings,
  options: { status: 'high', from: 'now-1h', to: 'now', service: 'orders' },
  to: { url: 'http://127.0.0.1:7070', apiKey: 'a', applicationKey: 'b' },
});

describe('formats of the gate', () => {
  it('text names the severity, the place and the page', () => {
    const text = FORMATS.text(report([finding]));
    assert.match(text, /^CRITICAL SQL injection exploited/);
    assert.match(text, /at src\/orders\.cjs:19 in search/);
    assert.match(text, /http:\/\/127\.0\.0\.1:7070\/signals\/AQ1/);
    assert.match(text, /1 signal: service:orders/);
    assert.match(FORMATS.text(report([])), /^No signals: /);
  });

  it('JSON holds everything', () => {
    const { findings, query } = JSON.parse(FORMATS.json(report([finding])));
    assert.equal(query, 'service:orders status:(high OR critical)');
    assert.deepEqual(findings, [{ ...finding, url: 'http://127.0.0.1:7070/signals/AQ1' }]);
  });

  it('SARIF points at the line, and has no location where there is none', () => {
    const [run] = JSON.parse(
      FORMATS.sarif(report([finding, { ...finding, id: 'AQ2', location: undefined }])),
    ).runs;
    assert.equal(run.tool.driver.rules.length, 1);
    assert.equal(run.results[0].level, 'error');
    assert.deepEqual(run.results[0].locations[0].physicalLocation.region, { startLine: 19 });
    assert.deepEqual(run.results[1].locations, []);
  });

  it('JUnit escapes what XML cannot hold', () => {
    const xml = FORMATS.junit(report([finding]));
    assert.match(xml, /tests="1" failures="1"/);
    assert.match(xml, /message="SQL injection exploited &lt;on&gt; &quot;orders&quot; &amp; more\ufffd"/);
    assert.match(FORMATS.junit(report([])), /tests="1" failures="0"/);
  });
});
