import { clipParts, splitHighlight } from '../lib/highlight.ts';

/** Marks cost a pass each; what a rule matched in one value are a handful. */
const MOST_MARKS = 20;

/** A value with the parts that matched marked; about `limit` characters of it, if that is given. */
export function Highlighted({
  text,
  marks,
  limit = Number.POSITIVE_INFINITY,
}: {
  text: string;
  marks: readonly string[];
  limit?: number;
}) {
  let at = 0;
  return (
    <>
      {clipParts(splitHighlight(text, marks.slice(0, MOST_MARKS)), limit).map((part) => {
        const key = at;
        at += part.text.length;
        return part.marked ? <mark key={key}>{part.text}</mark> : <span key={key}>{part.text}</span>;
      })}
    </>
  );
}
