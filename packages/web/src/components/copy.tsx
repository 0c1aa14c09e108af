import './copy.css';
import { useEffect, useState } from 'react';
import { cutMiddle } from '../lib/highlight.ts';

/** Copies a text, and says so. `shown` stands beside the icon; the label should begin with it. */
export function CopyButton({ text, label, shown }: { text: string; label: string; shown?: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), 1_500);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => {
    // Browsers refuse over plain HTTP from another machine; the text can be selected there.
    const copied = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    setState(copied ? 'copied' : 'failed');
  };
  return (
    <button
      type="button"
      className={shown === undefined ? 'copy' : 'copy with-text'}
      data-state={state}
      aria-label={label}
      title={label}
      onClick={() => void copy()}
    >
      <svg viewBox="0 0 16 16" width="13" height="13" aria-hidden="true">
        {state === 'copied' ? (
          <path d="M3 8.5 6.5 12 13 4.5" />
        ) : (
          <path d="M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z" />
        )}
      </svg>
      {shown}
      <span className="visually-hidden" role="status">
        {state === 'copied' ? 'Copied' : state === 'failed' ? 'Could not copy; select the text instead' : ''}
      </span>
    </button>
  );
}

/** A value in monospace, cut in the middle beyond `limit` characters, with the whole one on hover and to copy. */
export function Value({ text, name, limit = 60 }: { text: string; name: string; limit?: number }) {
  return (
    <span className="value">
      <code title={text.length > limit ? text : undefined}>{cutMiddle(text, limit)}</code>
      <CopyButton text={text} label={`Copy ${name}`} />
    </span>
  );
}
