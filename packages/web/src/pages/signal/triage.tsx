import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, type Signal, STATES, type State } from '../../api/client.ts';
import { ARCHIVE_REASONS, reasonName, STATE_NAMES } from '../../lib/names.ts';

interface Change {
  state: State;
  reason: string;
  comment: string;
}

/** The state of a signal. Archiving asks for a reason first. `onChanged` resolves when the signal has been read again. */
export function Triage({ signal, onChanged }: { signal: Signal; onChanged: () => Promise<void> }) {
  const [isArchiving, setArchiving] = useState(false);
  const [chosen, setChosen] = useState<State>();
  const change = useMutation({
    mutationFn: ({ state, reason, comment }: Change) => api.setState(signal.id, state, reason, comment),
    onSuccess: async () => {
      await onChanged();
      setArchiving(false);
    },
    onSettled: () => setChosen(undefined),
  });
  const choose = (state: State) => {
    if (state === 'archived') return setArchiving(true);
    setArchiving(false);
    if (state === signal.state) return;
    setChosen(state);
    change.mutate({ state, reason: 'none', comment: '' });
  };
  const archive = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    change.mutate({
      state: 'archived',
      reason: String(data.get('reason')),
      comment: String(data.get('comment')),
    });
  };
  const current = isArchiving ? 'archived' : (chosen ?? signal.state);
  return (
    <>
      <fieldset className="segments" disabled={change.isPending}>
        <legend className="visually-hidden">State</legend>
        {STATES.map((state) => (
          <label key={state}>
            <input
              type="radio"
              name={`state-${signal.id}`}
              value={state}
              checked={state === current}
              onChange={() => choose(state)}
            />
            <span>{STATE_NAMES[state]}</span>
          </label>
        ))}
      </fieldset>
      {!isArchiving && signal.state === 'archived' && (
        <p className="triage-note">
          {[reasonName(signal.archiveReason), signal.archiveComment].filter(Boolean).join(': ') ||
            'No reason given'}
          {signal.updatedBy !== '' && <span className="muted"> by {signal.updatedBy}</span>}
        </p>
      )}
      {isArchiving && (
        <form className="archive" onSubmit={archive}>
          <label htmlFor="archive-reason">Reason</label>
          <select className="field" id="archive-reason" name="reason">
            {ARCHIVE_REASONS.map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
          <label htmlFor="archive-comment">Comment</label>
          <textarea className="field" id="archive-comment" name="comment" rows={2} maxLength={10_000} />
          <div className="dialog-actions">
            <button type="button" className="button" onClick={() => setArchiving(false)}>
              Cancel
            </button>
            <button type="submit" className="button primary" disabled={change.isPending}>
              Archive
            </button>
          </div>
        </form>
      )}
      <p role="alert" className="triage-error">
        {change.error && `The state was not changed: ${change.error.message}`}
      </p>
    </>
  );
}
