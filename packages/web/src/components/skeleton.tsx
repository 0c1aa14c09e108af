import './states.css';

/** Lines where text will be. */
export function Skeleton({ lines, label }: { lines: number; label: string }) {
  return (
    <div className="skeleton" role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move
        <div key={line} className="skeleton-line" style={{ width: `${88 - ((line * 29) % 46)}%` }} />
      ))}
    </div>
  );
}
