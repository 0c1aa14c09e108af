import { useContext } from 'react';
import { count, duration } from '../../lib/time.ts';
import type { ServiceShare } from '../../lib/waterfall.ts';
import { Markings, ServiceMark } from './service-mark.tsx';

/** Where the time went: each service's own time, without that of the spans below. */
export function ServiceShares({ shares }: { shares: readonly ServiceShare[] }) {
  const markings = useContext(Markings);
  return (
    <section className="shares" aria-label="Time by service">
      <div className="shares-bar" aria-hidden="true">
        {shares.map(({ service, share }) => (
          <span
            key={service}
            data-shade={markings.get(service)?.shade}
            style={{ width: `${share * 100}%` }}
            title={service}
          />
        ))}
      </div>
      <ul>
        {shares.map(({ service, selfTime, share, spans }) => (
          <li key={service} title={`Own time of ${count(spans)} ${spans === 1 ? 'span' : 'spans'}`}>
            <ServiceMark service={service} />
            <span>{service}</span>
            <strong className="number">{percent(share)}</strong>
            <span className="number muted">{duration(selfTime)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const percent = (share: number): string =>
  share > 0 && share < 0.01 ? '<1 %' : `${Math.round(share * 100)} %`;
