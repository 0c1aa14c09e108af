import { type Connection, call } from '../api-client.ts';

export interface GateOptions {
  service?: string;
  env?: string;
  /** The lowest severity that counts. */
  status: Severity;
  /** More of the query language, ANDed. */
  query?: string;
  from: string;
  to: string;
}

export const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface Finding {
  id: string;
  severity: Severity;
  title: string;
  timestamp: string;
  services: string[];
  tags: string[];
  rule: { id: string; name: string };
  events: number;
  /** The vulnerable line, where an event behind the signal reached a sink. */
  location?: { file: string; line: number; function: string };
}

/** The query that the gate sends: open or triaged alike, of a severity and up. */
export function gateQuery(options: GateOptions): string {
  const severities = SEVERITIES.slice(SEVERITIES.indexOf(options.status));
  return [
    options.env && `env:${quote(options.env)}`,
    options.service && `service:${quote(options.service)}`,
    severities.length === 1 ? `status:${severities[0]}` : `status:(${severities.join(' OR ')})`,
    options.query && `(${options.query})`,
  ]
    .filter(Boolean)
    .join(' ');
}

const quote = (value: string) =>
  /^[\w.-]+$/.test(value) ? value : `"${value.replace(/[\\"]/g, (character) => `\\${character}`)}"`;

interface SignalsAnswer {
  data: {
    id: string;
    attributes: {
      status: Severity;
      timestamp: string;
      service?: string[];
      tags?: string[];
      custom?: {
        title?: string;
        workflow?: { rule?: { id?: string; name?: string }; events_matched?: number };
      };
    };
  }[];
  meta?: { page?: { after?: string } };
}

interface EventsAnswer {
  data: {
    attributes: {
      stack?: { frames?: { file: string; line: number; function: string; in_app: boolean }[] } | null;
    };
  }[];
}

/** All signals that match, with the vulnerable line of each where there is one. */
export async function findings(to: Connection, options: GateOptions): Promise<Finding[]> {
  const found: Finding[] = [];
  let cursor: string | undefined;
  do {
    const page: SignalsAnswer = await call(to, 'GET', '/api/v2/security_monitoring/signals', {
      query: {
        'filter[query]': gateQuery(options),
        'filter[from]': options.from,
        'filter[to]': options.to,
        'page[limit]': '100',
        ...(cursor ? { 'page[cursor]': cursor } : {}),
      },
    });
    for (const { id, attributes } of page.data) {
      const rule = attributes.custom?.workflow?.rule;
      found.push({
        id,
        severity: attributes.status,
        title: attributes.custom?.title ?? rule?.name ?? id,
        timestamp: attributes.timestamp,
        services: attributes.service ?? [],
        tags: attributes.tags ?? [],
        rule: { id: rule?.id ?? '', name: rule?.name ?? '' },
        events: attributes.custom?.workflow?.events_matched ?? 0,
        location: await vulnerableLine(to, id),
      });
    }
    cursor = page.data.length > 0 ? page.meta?.page?.after : undefined;
  } while (cursor);
  return found;
}

async function vulnerableLine(to: Connection, signalId: string): Promise<Finding['location']> {
  const path = `/api/v2/security_monitoring/signals/${encodeURIComponent(signalId)}/events`;
  const events: EventsAnswer = await call(to, 'GET', path, { query: { 'page[limit]': '10' } });
  for (const { attributes } of events.data) {
    const frame = attributes.stack?.frames?.find((candidate) => candidate.in_app);
    if (frame) return { file: frame.file, line: frame.line, function: frame.function };
  }
  return undefined;
}
