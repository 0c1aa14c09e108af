import './states.css';

/** What failed, why, and another try. */
export function ErrorBox({
  what,
  error,
  onRetry,
}: {
  what: string;
  error: Error;
  onRetry?: (() => void) | undefined;
}) {
  return (
    <div className="state-box" role="alert">
      <p className="state-title">{what}</p>
      <p>{error.message}</p>
      {onRetry && (
        <button type="button" className="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}
