import { type ReactNode, useMemo } from 'react';
import type { Span } from '../../api/client.ts';
import { AttackCard } from '../../components/attack-card.tsx';
import { CodeBlock } from '../../components/code-block.tsx';
import { CopyButton } from '../../components/copy.tsx';
import type { Attack } from '../../lib/attacks.ts';
import { cutMiddle } from '../../lib/highlight.ts';
import { duration } from '../../lib/time.ts';
import type { Node } from '../../lib/waterfall.ts';
import { ServiceMark } from './service-mark.tsx';

/** Shown as attacks, not as text. */
const HIDDEN = new Set(['wardline.appsec.triggers', 'wardline.appsec.stack', '_dd.appsec.json']);
/** Shown whole, above the other attributes. */
const WHOLE: readonly (readonly [attribute: string, name: string])[] = [
  ['db.query.text', 'Database query'],
  ['db.statement', 'Database query'],
  ['process.command_line', 'Command'],
  ['file.path', 'File'],
  ['url.full', 'Outgoing call'],
  ['http.url', 'Outgoing call'],
  ['exception.message', 'Error'],
];

export function SpanDetails({ node, attacks }: { node: Node; attacks: readonly Attack[] }) {
  const { span } = node;
  const whole = WHOLE.filter(([attribute]) => span.meta[attribute] !== undefined);
  return (
    <section className="span-details" aria-label="Span">
      <header>
        <h2>{span.name}</h2>
        <p className="span-service">
          <ServiceMark service={span.service} />
          {span.service}
          {span.version !== '' && <span className="muted">{span.version}</span>}
          <span className="muted">{span.kind}</span>
          {span.error === 1 && <span className="tag strong">Error</span>}
        </p>
      </header>
      {attacks.map((attack, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a rule may match twice, and the order never changes
        <div key={index} className="details-section">
          <AttackCard
            attack={attack}
            label={attacks.length > 1 ? `Attack ${index + 1} of ${attacks.length}` : 'Attack'}
          />
        </div>
      ))}
      {span.statusMessage !== '' && (
        <Section title="Error">
          <CodeBlock text={span.statusMessage} />
        </Section>
      )}
      {whole.map(([attribute, name]) => (
        <Section key={attribute} title={name} copy={span.meta[attribute]!}>
          <CodeBlock text={span.meta[attribute] ?? ''} />
        </Section>
      ))}
      <Section title="Time">
        <Table
          name="Time"
          rows={[
            ['Start', node.start === 0 ? '0' : `+${duration(node.start)}`],
            ['Duration', duration(span.duration)],
            ['Own time', duration(node.selfTime)],
          ]}
        />
      </Section>
      <Events span={span} traceStart={span.startTime - node.start} />
      <Section title="Attributes">
        <Attributes name="Attributes" values={span.meta} without={whole.map(([attribute]) => attribute)} />
      </Section>
      <details className="details-section">
        <summary>Resource</summary>
        <Attributes name="Resource" values={span.resourceAttributes} without={[]} />
      </details>
    </section>
  );
}

function Section({ title, copy, children }: { title: string; copy?: string; children: ReactNode }) {
  return (
    <div className="details-section">
      <h3>
        {title}
        {copy !== undefined && <CopyButton text={copy} label={`Copy: ${title}`} />}
      </h3>
      {children}
    </div>
  );
}

function Attributes({
  name,
  values,
  without,
}: {
  name: string;
  values: Record<string, string>;
  without: readonly string[];
}) {
  const rows = useMemo(
    () =>
      Object.entries(values)
        .filter(([key]) => !HIDDEN.has(key) && !without.includes(key))
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    [values, without],
  );
  if (rows.length === 0) return <p className="muted">None.</p>;
  return <Table name={name} rows={rows} />;
}

function Table({ name, rows }: { name: string; rows: readonly (readonly [name: string, value: string])[] }) {
  return (
    <table className="attributes" aria-label={name}>
      <tbody>
        {rows.map(([key, value]) => (
          <tr key={key}>
            <th scope="row">{key}</th>
            <td title={value.length > 300 ? value : undefined}>{cutMiddle(value, 300)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What happened during the span, with the time since the trace began. */
function Events({ span, traceStart }: { span: Span; traceStart: number }) {
  if (span.events.length === 0) return null;
  return (
    <Section title="Events">
      <ol className="span-events">
        {span.events.map((event, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a span's events never change their order
          <li key={index}>
            <p>
              <strong>{event.name ?? 'event'}</strong>{' '}
              <span className="muted">{offset(event.time, traceStart)}</span>
            </p>
            {Object.entries(event.attributes ?? {}).map(([key, value]) => (
              <div key={key}>
                <span className="muted">{key}</span>
                <pre>{typeof value === 'string' ? value : JSON.stringify(value)}</pre>
              </div>
            ))}
          </li>
        ))}
      </ol>
    </Section>
  );
}

function offset(time: string | number | undefined, traceStart: number): string {
  const nanoseconds = Number(time);
  return Number.isFinite(nanoseconds) && nanoseconds > 0
    ? `+${duration(Math.max(0, nanoseconds - traceStart))}`
    : '';
}
