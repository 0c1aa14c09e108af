import { splitHighlight } from '../lib/highlight.ts';

/** Marks cost a pass each; what a rule matched in one value are a handful. */
const MOST_MARKS = 20;

/** A value with the parts that matched marked. */
export function Highlighted({ text, marks }: { text: string; marks: readonly string[] }) {
  let at = 0;
  return (
    <>
      {splitHighlight(text, marks.slice(0, MOST_MARKS)).map((part) => {
        const key = at;
        at += part.text.length;
        return part.marked ? <mark key={key}>{part.text}</mark> : <span key={key}>{part.text}</span>;
      })}
    </>
  );
}
