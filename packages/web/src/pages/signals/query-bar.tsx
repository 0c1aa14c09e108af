import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useKeys } from '../../components/keyboard.ts';
import { readSyntaxError } from './syntax-error.ts';

interface QueryBarProps {
  query: string;
  onQuery: (query: string) => void;
  /** What the API said of the query that is in force. */
  error: Error | null;
}

/** The query in the API's language. It is in force once Enter is pressed. */
export function QueryBar({ query, onQuery, error }: QueryBarProps) {
  const [draft, setDraft] = useState(query);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  useEffect(() => setDraft(query), [query]);
  useKeys({
    '/': (event) => {
      event.preventDefault();
      input.current?.select();
    },
  });
  const fault = error === null ? undefined : readSyntaxError(error.message, query);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    setDraft(query);
    input.current?.blur();
  };
  const goToFault = () => {
    if (!fault) return;
    setDraft(query);
    input.current?.focus();
    requestAnimationFrame(() =>
      input.current?.setSelectionRange(fault.position, fault.position + fault.at.length),
    );
  };
  return (
    <search className="query-bar">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onQuery(draft.trim());
        }}
      >
        <div className="query-input">
          <input
            ref={input}
            className="field"
            type="text"
            aria-label="Query"
            aria-invalid={fault !== undefined}
            aria-describedby={fault ? id : undefined}
            placeholder="env:production service:orders @http.client_ip:203.0.113.*"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            maxLength={8192}
            value={draft}
            onChange={(event) => setDraft(event.target.value)}
            onKeyDown={onKeyDown}
          />
          {draft !== '' && (
            <button
              type="button"
              className="icon-button query-clear"
              aria-label="Clear the query"
              onClick={() => {
                setDraft('');
                onQuery('');
                input.current?.focus();
              }}
            >
              ×
            </button>
          )}
        </div>
        {fault && (
          <button type="button" className="query-fault" id={id} onClick={goToFault}>
            <code>
              {fault.before}
              <mark>{fault.at === '' ? ' ' : fault.at}</mark>
              {fault.after}
            </code>
            <span>{fault.message}</span>
          </button>
        )}
      </form>
    </search>
  );
}
