import './event-bars.css';
import { useMemo } from 'react';
import { histogram } from '../lib/histogram.ts';
import { count, exactTime } from '../lib/time.ts';

const BARS = 48;

/** How many events came when, from zero. `times` in milliseconds since the epoch; `label` says which events they are. */
export function EventBars({ times, label }: { times: readonly number[]; label: string }) {
  const { from, step, counts, most } = useMemo(() => histogram(times, BARS), [times]);
  if (times.length < 2) return null;
  return (
    <figure className="event-bars" aria-label={`Events over time: ${label}`}>
      <div className="event-bars-plot" aria-hidden="true">
        <span className="event-bars-most">{count(most)}</span>
        <span className="event-bars-most">0</span>
        {counts.map((value, index) => {
          const start = from + index * step;
          return (
            <span key={start} title={`${count(value)} at ${exactTime(start)}`}>
              <i style={{ height: `${(value / most) * 100}%` }} />
            </span>
          );
        })}
      </div>
      <figcaption>
        <span>{exactTime(from)}</span>
        <span>{label}</span>
        <span>{exactTime(Math.max(...times))}</span>
      </figcaption>
    </figure>
  );
}
