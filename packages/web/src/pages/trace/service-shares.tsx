import { duration } from '../../lib/time.ts';
import type { ServiceShare } from '../../lib/waterfall.ts';
import { patternOf, ServiceMark } from './service-mark.tsx';

/** Where the time went: each service's own time, without that of the spans below. */
export function ServiceShares({ shares }: { shares: readonly ServiceShare[] }) {
  const sorted = [...shares].sort((a, b) => b.selfTime - a.selfTime);
  return (
    <section className="shares" aria-label="Time by service">
      <div className="shares-bar" aria-hidden="true">
        {sorted.map(({ service, share }) => (
          <span
            key={service}
            data-pattern={patternOf(service)}
            style={{ width: `${share * 100}%` }}
            title={service}
          />
        ))}
      </div>
      <ul>
        {sorted.map(({ service, selfTime, share, spans }) => (
          <li key={service} title={`${spans} ${spans === 1 ? 'span' : 'spans'}`}>
            <span className="shares-swatch" data-pattern={patternOf(service)} aria-hidden="true" />
            <ServiceMark service={service} />
            <span>{service}</span>
            <span className="number muted">{duration(selfTime)}</span>
            <strong className="number">{percent(share)}</strong>
          </li>
        ))}
      </ul>
    </section>
  );
}

const percent = (share: number): string =>
  share > 0 && share < 0.01 ? '<1 %' : `${Math.round(share * 100)} %`;
