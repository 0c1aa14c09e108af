import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useKeys } from '../../components/keyboard.ts';
import { type Completion, complete } from '../../lib/query-complete.ts';
import { readSyntaxError } from './syntax-error.ts';

interface QueryBarProps {
  query: string;
  onQuery: (query: string) => void;
  /** What the API said of the query that is in force. */
  error: Error | null;
  /** Known values by field, to complete with. */
  values: Readonly<Record<string, readonly string[]>>;
}

/** The query in the API's language. It is in force once Enter is pressed. */
export function QueryBar({ query, onQuery, error, values }: QueryBarProps) {
  const [draft, setDraft] = useState(query);
  const [completions, setCompletions] = useState<readonly Completion[]>([]);
  const [active, setActive] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const close = () => {
    setCompletions([]);
    setActive(-1);
  };
  useEffect(() => setDraft(query), [query]);
  useKeys({
    '/': (event) => {
      event.preventDefault();
      input.current?.select();
    },
  });
  const fault = error === null ? undefined : readSyntaxError(error.message, query);

  const offer = (text: string, caret: number) => {
    setCompletions(complete(text, caret, values));
    setActive(-1);
  };
  const accept = ({ text, caret }: Completion) => {
    setDraft(text);
    offer(text, caret);
    placeCaret(caret, caret);
  };
  const placeCaret = (from: number, to: number) => {
    input.current?.focus();
    requestAnimationFrame(() => input.current?.setSelectionRange(from, to));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = completions[active];
    if (event.key === 'Escape') {
      event.preventDefault();
      if (completions.length > 0) return close();
      setDraft(query);
      input.current?.blur();
    } else if ((event.key === 'Enter' || event.key === 'Tab') && chosen) {
      event.preventDefault();
      accept(chosen);
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && completions.length > 0) {
      event.preventDefault();
      const steps = completions.length + 1;
      // One place of the ring is the input itself.
      setActive(((active + 1 + (event.key === 'ArrowDown' ? 1 : -1) + steps) % steps) - 1);
    }
  };
  return (
    <search className="query-bar">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          close();
          onQuery(draft.trim());
        }}
      >
        <div className="query-input">
          <input
            ref={input}
            className="field"
            type="text"
            role="combobox"
            aria-label="Query"
            aria-autocomplete="list"
            aria-expanded={completions.length > 0}
            aria-controls={`${id}-list`}
            aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
            aria-invalid={fault !== undefined}
            aria-describedby={fault ? `${id}-fault` : undefined}
            placeholder="env:production service:orders @http.client_ip:203.0.113.*"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            maxLength={8192}
            value={draft}
            onChange={({ target }) => {
              setDraft(target.value);
              offer(target.value, target.selectionStart ?? target.value.length);
            }}
            onKeyDown={onKeyDown}
            onBlur={close}
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
          <Completions id={id} completions={completions} active={active} onAccept={accept} />
        </div>
        {fault && (
          <button
            type="button"
            className="query-fault"
            id={`${id}-fault`}
            onClick={() => {
              setDraft(query);
              placeCaret(fault.position, fault.position + fault.at.length);
            }}
          >
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

interface CompletionsProps {
  id: string;
  completions: readonly Completion[];
  active: number;
  onAccept: (completion: Completion) => void;
}

function Completions({ id, completions, active, onAccept }: CompletionsProps) {
  return (
    <div
      className="completions"
      id={`${id}-list`}
      role="listbox"
      aria-label="Completions"
      hidden={completions.length === 0}
    >
      {completions.map((completion, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the input has the focus and names the active option
        // biome-ignore lint/a11y/useKeyWithClickEvents: the input handles the keys
        <div
          key={completion.label}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          // The input keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onAccept(completion)}
        >
          {completion.label}
        </div>
      ))}
    </div>
  );
}
