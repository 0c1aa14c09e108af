/** A set of small integers with constant-time insertion, test and clearing, in order of insertion. */
export class SparseSet {
  readonly members: Int32Array;
  size = 0;
  readonly #places: Int32Array;

  constructor(capacity: number) {
    this.members = new Int32Array(capacity);
    this.#places = new Int32Array(capacity);
  }

  has(member: number): boolean {
    const place = this.#places[member]!;
    return place < this.size && this.members[place] === member;
  }

  /** Returns whether it was new. */
  add(member: number): boolean {
    if (this.has(member)) return false;
    this.#places[member] = this.size;
    this.members[this.size++] = member;
    return true;
  }

  clear(): void {
    this.size = 0;
  }

  toArray(): Int32Array {
    return this.members.slice(0, this.size);
  }
}
