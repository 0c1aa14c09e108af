/** Tokens as three parallel arrays: kinds, the index of the first code unit of each, and that after the last. */
export class TokenList<Kind> {
  readonly kinds: Kind[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];

  /** Returns the end. */
  add(kind: Kind, start: number, end: number): number {
    this.kinds.push(kind);
    this.starts.push(start);
    this.ends.push(end);
    return end;
  }
}
