import type { MatchPart } from './evaluation.ts';

/** UTF-16 code units of a value, and of a highlight, that an event shows. */
const MAX_SHOWN = 4096;
/** Of these, before the highlight. */
const BEFORE = 1024;

/** A part of a request as events show it: of long values what is around the match. Do it after secrets are hidden. */
export function excerpt(part: MatchPart): MatchPart {
  const highlight = part.highlight.map((text) => text.slice(0, MAX_SHOWN));
  const shown = <T extends { value: string }>(holder: T): T => ({
    ...holder,
    value: around(holder.value, highlight[0] ?? ''),
  });
  if (!('resource' in part)) return { ...shown(part), highlight };
  return { ...part, resource: shown(part.resource), params: shown(part.params), highlight };
}

function around(text: string, highlight: string): string {
  if (text.length <= MAX_SHOWN) return text;
  const first = Math.max(0, Math.min(text.indexOf(highlight) - BEFORE, text.length - MAX_SHOWN));
  return text.slice(first, first + MAX_SHOWN);
}
