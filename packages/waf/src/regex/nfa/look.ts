import { LINE_END, LINE_START, TEXT_END, TEXT_START, WORD_BOUNDARY } from '../syntax/ast.ts';

/** What an assertion can see of a neighbour, as bits. No neighbour, at either end of the text, is an edge. */
export const SIDE_WORD = 1;
export const SIDE_NEWLINE = 2;
export const SIDE_EDGE = 4;
/** How many values the bits can take together. */
export const SIDES = 8;

/** Whether an assertion holds between two neighbours, given as bits. */
export function holds(look: number, before: number, after: number): boolean {
  switch (look) {
    case TEXT_START:
      return (before & SIDE_EDGE) !== 0;
    case TEXT_END:
      return (after & SIDE_EDGE) !== 0;
    case LINE_START:
      return (before & (SIDE_EDGE | SIDE_NEWLINE)) !== 0;
    case LINE_END:
      return (after & (SIDE_EDGE | SIDE_NEWLINE)) !== 0;
    default:
      return (((before ^ after) & SIDE_WORD) !== 0) === (look === WORD_BOUNDARY);
  }
}

/** What any assertion may need to know of the neighbour before. */
export const ANY_BITS_BEFORE = SIDE_WORD | SIDE_NEWLINE | SIDE_EDGE;

/** By assertion, the bits of the neighbour before that decide it; two states that agree on them are one. */
export const BITS_BEFORE: readonly number[] = [
  SIDE_EDGE,
  0,
  SIDE_EDGE | SIDE_NEWLINE,
  0,
  SIDE_WORD,
  SIDE_WORD,
];
