import './panel.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import { ApiError, api, type Signal } from '../../api/client.ts';
import { CodePath } from '../../components/code-path.tsx';
import { CopyButton, Value } from '../../components/copy.tsx';
import { ErrorBox } from '../../components/error-box.tsx';
import { EventBars } from '../../components/event-bars.tsx';
import { Markdown } from '../../components/markdown.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { SeverityMark } from '../../components/severity.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { useTitle } from '../../components/title.ts';
import { attackOf } from '../../lib/attacks.ts';
import { whatHappened } from '../../lib/sentence.ts';
import { count, exactTime } from '../../lib/time.ts';
import { BlockIp } from './block-ip.tsx';
import { Facts } from './facts.tsx';
import { Samples } from './samples.tsx';
import { Triage } from './triage.tsx';
import { WhyItFired } from './why.tsx';

/** Events carry their trigger and code path, some kilobytes each. */
const EVENTS = 100;

/** One signal, beside the list on wide screens and instead of it on a phone. */
export default function SignalPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const signal = useQuery({
    queryKey: ['signal', id],
    queryFn: ({ signal: abort }) => api.signal(id, abort),
    refetchInterval: 10_000,
  });
  useTitle(signal.data?.title ?? 'Signal');
  const isLoaded = signal.data !== undefined;
  useEffect(() => {
    if (isLoaded) heading.current?.focus({ preventScroll: true });
  }, [isLoaded]);
  const isMissing = signal.error instanceof ApiError && signal.error.status === 404;
  return (
    <section className="panel" aria-label="Signal">
      <div className="panel-bar">
        <button type="button" className="button" onClick={onClose} title="Close (Esc)">
          Close
        </button>
        <CopyButton text={window.location.href} label="Copy link to this signal" shown="Copy link" />
      </div>
      {signal.isPending && <Skeleton lines={12} label="Loading the signal" />}
      {signal.error && !signal.data && (
        <ErrorBox
          what={isMissing ? 'There is no such signal' : 'Could not load the signal'}
          error={signal.error}
          onRetry={isMissing ? undefined : () => void signal.refetch()}
        />
      )}
      {signal.data && (
        <>
          <header className="panel-header">
            <SeverityMark severity={signal.data.severity} />
            <h2 ref={heading} tabIndex={-1}>
              {signal.data.title}
            </h2>
            <p>{whatHappened(signal.data)}</p>
          </header>
          <SignalBody signal={signal.data} />
        </>
      )}
    </section>
  );
}

function SignalBody({ signal }: { signal: Signal }) {
  const client = useQueryClient();
  const events = useQuery({
    queryKey: ['signal', signal.id, 'events', signal.events],
    queryFn: ({ signal: abort }) => api.signalEvents(signal.id, EVENTS, abort),
    placeholderData: (previous) => previous,
  });
  const onChanged = async () => {
    await client.invalidateQueries({ queryKey: ['signal', signal.id], exact: true });
    // The list may catch up in its own time.
    void client.invalidateQueries({ queryKey: ['signals'] });
  };
  const items = events.data?.items ?? [];
  const withCode = items
    .map((event) => attackOf(event))
    .find(({ frames }) => frames.some(({ inApp }) => inApp));
  const loaded =
    items.length < signal.events
      ? `the newest ${count(items.length)} of ${count(signal.events)} events`
      : items.length === 1
        ? '1 event'
        : `${count(items.length)} events`;
  return (
    <>
      <Section title="Timeline">
        <dl className="facts">
          <dt>First seen</dt>
          <dd>
            <RelativeTime time={signal.firstSeen} />{' '}
            <span className="muted">{exactTime(Date.parse(signal.firstSeen))}</span>
          </dd>
          <dt>Last seen</dt>
          <dd>
            <RelativeTime time={signal.lastSeen} />{' '}
            <span className="muted">{exactTime(Date.parse(signal.lastSeen))}</span>
          </dd>
          <dt>Events</dt>
          <dd>
            <a href="#samples">{count(signal.events)}</a>
          </dd>
        </dl>
        <EventBars times={items.map(({ timestamp }) => Date.parse(timestamp))} label={loaded} />
      </Section>
      <Section title="Triage">
        <Triage signal={signal} onChanged={onChanged} />
      </Section>
      {withCode && (
        <Section title="Vulnerable line">
          <CodePath frames={withCode.frames} />
        </Section>
      )}
      {signal.ips.length > 0 && (
        <Section title="Next step">
          <BlockIp ips={signal.ips} reason={signal.title} />
        </Section>
      )}
      <Section title="Who">
        <Facts
          rows={[
            { name: 'IP', field: '@http.client_ip', values: signal.ips },
            { name: 'User', field: '@usr.login', values: signal.users },
            { name: 'User agent', values: signal.userAgents },
          ]}
        />
      </Section>
      <Section title="What was touched">
        <Facts
          rows={[
            { name: 'Service', field: 'service', values: signal.services },
            { name: 'Environment', field: 'env', values: signal.envs },
            { name: 'Route', field: '@http.route', values: signal.routes },
            { name: 'Method', values: signal.methods },
            { name: 'Host', values: signal.hosts },
          ]}
        />
      </Section>
      <Section title="Sample attacks" id="samples" note={items.length > 0 ? loaded : undefined}>
        {events.isPending && <Skeleton lines={5} label="Loading the attacks" />}
        {events.error && (
          <ErrorBox
            what="Could not load the attacks"
            error={events.error}
            onRetry={() => void events.refetch()}
          />
        )}
        {events.isSuccess && <Samples events={items} />}
      </Section>
      <Section title="Rule and why it fired">
        <WhyItFired signal={signal} />
      </Section>
      {signal.message !== '' && (
        <Section title="About this rule">
          <Markdown text={signal.message} />
        </Section>
      )}
      <Section title="Identifiers">
        <dl className="facts">
          <dt>Signal</dt>
          <dd>
            <Value text={signal.id} name="the signal's id" />
          </dd>
        </dl>
      </Section>
    </>
  );
}

function Section({
  title,
  id,
  note,
  children,
}: {
  title: string;
  id?: string;
  note?: string | undefined;
  children: ReactNode;
}) {
  return (
    <section className="panel-section" id={id} aria-label={title}>
      <h3>
        {title}
        {note !== undefined && <span className="muted"> {note}</span>}
      </h3>
      {children}
    </section>
  );
}
