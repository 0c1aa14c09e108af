import type { ReactNode } from 'react';

/** Beyond either of these it may scroll on a small screen. */
const CHARACTERS = 350;
const LINES = 8;

/** Text as it is, in a box that scrolls if it is long; then the keyboard reaches it. */
export function CodeBlock({ text, children }: { text: string; children?: ReactNode }) {
  const scrolls = text.length > CHARACTERS || text.split('\n', LINES + 1).length > LINES;
  return (
    <pre className="code-block" tabIndex={scrolls ? 0 : undefined}>
      {children ?? text}
    </pre>
  );
}
