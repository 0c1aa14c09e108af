import { type FormEvent, useState } from 'react';
import { Dialog } from '../../components/dialog.tsx';
import type { ListState } from './list-state.ts';

type Range = Pick<ListState, 'from' | 'to'>;

const RANGES: readonly (readonly [from: string, name: string])[] = [
  ['now-15m', 'Past 15 minutes'],
  ['now-1h', 'Past hour'],
  ['now-4h', 'Past 4 hours'],
  ['now-24h', 'Past day'],
  ['now-7d', 'Past 7 days'],
  ['now-30d', 'Past 30 days'],
  ['now-90d', 'Past 90 days'],
];
const CUSTOM = 'custom';

/** Ranges up to now, or between two times. */
export function TimeRange({ range, onRange }: { range: Range; onRange: (range: Range) => void }) {
  const [isOpen, setOpen] = useState(false);
  const isPreset = range.to === 'now' && RANGES.some(([from]) => from === range.from);
  return (
    <>
      <select
        className="field"
        aria-label="Time range"
        value={isPreset ? range.from : 'current'}
        onChange={({ target: { value } }) => {
          if (value === CUSTOM) setOpen(true);
          else if (value !== 'current') onRange({ from: value, to: 'now' });
        }}
      >
        {!isPreset && (
          <option value="current">
            {shown(range.from)} – {shown(range.to)}
          </option>
        )}
        {RANGES.map(([from, name]) => (
          <option key={from} value={from}>
            {name}
          </option>
        ))}
        <option value={CUSTOM}>Between two times…</option>
      </select>
      {isOpen && (
        <CustomRange
          range={range}
          onClose={() => setOpen(false)}
          onRange={(next) => {
            setOpen(false);
            onRange(next);
          }}
        />
      )}
    </>
  );
}

function CustomRange({
  range,
  onRange,
  onClose,
}: {
  range: Range;
  onRange: (range: Range) => void;
  onClose: () => void;
}) {
  const [error, setError] = useState('');
  const now = Date.now();
  const [from, to] = [Date.parse(range.from), Date.parse(range.to)];
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const [start, end] = [new Date(String(data.get('from'))), new Date(String(data.get('to')))];
    if (start < end) onRange({ from: start.toISOString(), to: end.toISOString() });
    else setError('The range should begin before it ends.');
  };
  return (
    <Dialog title="Between two times" onClose={onClose}>
      <form onSubmit={submit}>
        <div className="custom-range">
          <label htmlFor="range-from">From</label>
          <input
            className="field"
            id="range-from"
            name="from"
            type="datetime-local"
            step="1"
            required
            defaultValue={localInput(Number.isNaN(from) ? now - 86_400_000 : from)}
          />
          <label htmlFor="range-to">To</label>
          <input
            className="field"
            id="range-to"
            name="to"
            type="datetime-local"
            step="1"
            required
            defaultValue={localInput(Number.isNaN(to) ? now : to)}
          />
        </div>
        <p role="alert">{error}</p>
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary">
            Show
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** As `datetime-local` takes it: the reader's own time, without a zone. */
function localInput(time: number): string {
  const offset = new Date(time).getTimezoneOffset() * 60_000;
  return new Date(time - offset).toISOString().slice(0, 19);
}

function shown(text: string): string {
  const time = /^\d{4}-/.test(text) ? Date.parse(text) : /^\d{9,}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(time)) return text;
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(time);
}
