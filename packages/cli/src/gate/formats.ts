import type { Connection } from '../api-client.ts';
import { printable } from '../printable.ts';
import { type Finding, type GateOptions, gateQuery, type Severity } from './findings.ts';

export interface Report {
  findings: readonly Finding[];
  options: GateOptions;
  to: Connection;
}

export const FORMATS = { text, json, sarif, junit } as const;
export type Format = keyof typeof FORMATS;

const place = ({ location }: Finding) => (location ? `${location.file}:${location.line}` : '');
const link = (to: Connection, finding: Finding) => `${to.url}/signals/${finding.id}`;

function text({ findings, options, to }: Report): string {
  const asked = `${gateQuery(options)} from ${options.from} to ${options.to}`;
  if (findings.length === 0) return `No signals: ${asked}`;
  const lines = findings.map((finding) => {
    const where = place(finding);
    return [
      `${finding.severity.toUpperCase().padEnd(8)} ${finding.title}`,
      `         ${finding.services.join(', ')} · ${finding.events} events · ${finding.timestamp}`,
      ...(where ? [`         at ${where} in ${finding.location?.function}`] : []),
      `         ${link(to, finding)}`,
    ]
      .map(printable)
      .join('\n');
  });
  return `${lines.join('\n')}\n${findings.length} ${findings.length === 1 ? 'signal' : 'signals'}: ${asked}`;
}

function json({ findings, options, to }: Report): string {
  const rows = findings.map((finding) => ({ ...finding, url: link(to, finding) }));
  return JSON.stringify(
    { query: gateQuery(options), from: options.from, to: options.to, findings: rows },
    null,
    2,
  );
}

/** SARIF's levels are fewer than ours. */
const SARIF_LEVEL: Record<Severity, 'note' | 'warning' | 'error'> = {
  info: 'note',
  low: 'note',
  medium: 'warning',
  high: 'error',
  critical: 'error',
};

/** SARIF 2.1.0, as OASIS publishes it; code scanning tools read it. */
function sarif({ findings, to }: Report): string {
  const rules = new Map(
    findings.map(({ rule }) => [rule.id, { id: rule.id, shortDescription: { text: rule.name } }]),
  );
  const results = findings.map((finding) => ({
    ruleId: finding.rule.id,
    level: SARIF_LEVEL[finding.severity],
    message: { text: `${finding.title}. ${link(to, finding)}` },
    locations: finding.location
      ? [
          {
            physicalLocation: {
              artifactLocation: { uri: finding.location.file },
              region: { startLine: finding.location.line },
            },
          },
        ]
      : [],
    partialFingerprints: { 'wardlineSignal/v1': finding.id },
  }));
  const driver = { name: 'Wardline', rules: [...rules.values()] };
  return JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [{ tool: { driver }, results }],
    },
    null,
    2,
  );
}

function junit({ findings, options, to }: Report): string {
  const name = escapeXml(gateQuery(options));
  const cases =
    findings.length === 0
      ? `    <testcase classname="wardline.gate" name="${name}"/>\n`
      : findings
          .map(
            (finding) =>
              `    <testcase classname="wardline.gate" name="${escapeXml(`${finding.severity}: ${finding.title}`)}">\n` +
              `      <failure message="${escapeXml(finding.title)}">${escapeXml([place(finding), link(to, finding)].filter(Boolean).join('\n'))}</failure>\n` +
              '    </testcase>\n',
          )
          .join('');
  const count = Math.max(1, findings.length);
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    `<testsuites>\n  <testsuite name="wardline gate" tests="${count}" failures="${findings.length}">\n${cases}  </testsuite>\n</testsuites>`
  );
}

const XML: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML text: the five special characters escaped, and control characters, which XML 1.0 cannot hold, replaced. */
function escapeXml(value: string): string {
  return value
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"]/g, (character) => XML[character] as string);
}
