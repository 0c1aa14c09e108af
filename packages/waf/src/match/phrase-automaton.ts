/**
 * An Aho-Corasick automaton: finds occurrences of any of many phrases in one pass over a text.
 *
 * Source: Aho, Corasick: Efficient string matching, CACM 18 (1975). The trie is kept as arrays of first children and
 * siblings, which is small; the transitions of a state are tabulated when a text first reaches it, since texts reach
 * few of them. A table has one cell for each distinct character of the phrases.
 *
 * Cost: a table look-up a character. Memory: a few integers a character of the phrases, and the tables, of which there
 * are at most as many as states.
 */
export class PhraseAutomaton {
  /** The class of each character of the phrases, from 0; other characters have none. */
  readonly #classes = new Map<number, number>();
  /** The same for ASCII characters, as an array: -1 for none. */
  readonly #asciiClasses = new Int32Array(128).fill(-1);
  readonly #firstChild: number[] = [0];
  readonly #sibling: number[] = [0];
  readonly #class: number[] = [0];
  readonly #fail: number[] = [0];
  /** Characters that lead to a state from the start. */
  readonly #depth: number[] = [0];
  /** Length of the phrase that ends in a state, or 0. */
  readonly #phraseLength: number[] = [0];
  /** The nearest state on the chain of failures in which a phrase ends, or 0. */
  readonly #nextOutput: number[] = [0];
  readonly #tables: (Int32Array | undefined)[] = [];

  constructor(phrases: readonly string[]) {
    for (const phrase of phrases) this.#insert(phrase);
    this.#linkFailures();
  }

  /**
   * The first occurrence, by its end, that `accept` takes, or a longer one that begins no later and overlaps it. Of
   * the phrases with one end the longest is asked first.
   */
  find(
    text: string,
    accept: (start: number, end: number) => boolean,
  ): { start: number; end: number } | undefined {
    let best: { start: number; end: number } | undefined;
    let state = 0;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      const characterClass = unit < 128 ? this.#asciiClasses[unit]! : (this.#classes.get(unit) ?? -1);
      state = characterClass < 0 ? 0 : this.#table(state)[characterClass]!;
      if (best !== undefined && i + 1 - this.#depth[state]! > best.start) break;
      const first = this.#phraseLength[state] === 0 ? this.#nextOutput[state]! : state;
      for (let output = first; output !== 0; output = this.#nextOutput[output]!) {
        const start = i + 1 - this.#phraseLength[output]!;
        if (best !== undefined && start > best.start) break;
        if (accept(start, i + 1)) {
          best = { start, end: i + 1 };
          break;
        }
      }
    }
    return best;
  }

  #insert(phrase: string): void {
    let state = 0;
    for (let i = 0; i < phrase.length; i++) {
      const unit = phrase.charCodeAt(i);
      let characterClass = this.#classes.get(unit);
      if (characterClass === undefined) {
        characterClass = this.#classes.size;
        this.#classes.set(unit, characterClass);
        if (unit < 128) this.#asciiClasses[unit] = characterClass;
      }
      state = this.#child(state, characterClass) || this.#addChild(state, characterClass);
    }
    this.#phraseLength[state] = phrase.length;
  }

  #child(state: number, characterClass: number): number {
    let child = this.#firstChild[state]!;
    while (child !== 0 && this.#class[child] !== characterClass) child = this.#sibling[child]!;
    return child;
  }

  #addChild(state: number, characterClass: number): number {
    const child = this.#firstChild.length;
    this.#firstChild.push(0);
    this.#sibling.push(this.#firstChild[state]!);
    this.#class.push(characterClass);
    this.#fail.push(0);
    this.#depth.push(this.#depth[state]! + 1);
    this.#phraseLength.push(0);
    this.#nextOutput.push(0);
    this.#firstChild[state] = child;
    return child;
  }

  #linkFailures(): void {
    const queue: number[] = [0];
    for (let head = 0; head < queue.length; head++) {
      const state = queue[head]!;
      for (let child = this.#firstChild[state]!; child !== 0; child = this.#sibling[child]!) {
        const fail = state === 0 ? 0 : this.#step(this.#fail[state]!, this.#class[child]!);
        this.#fail[child] = fail;
        this.#nextOutput[child] = this.#phraseLength[fail] === 0 ? this.#nextOutput[fail]! : fail;
        queue.push(child);
      }
    }
  }

  #step(from: number, characterClass: number): number {
    let state = from;
    for (;;) {
      const child = this.#child(state, characterClass);
      if (child !== 0 || state === 0) return child;
      state = this.#fail[state]!;
    }
  }

  #table(state: number): Int32Array {
    const known = this.#tables[state];
    if (known !== undefined) return known;
    const table = Int32Array.from({ length: this.#classes.size }, (_, cls) => this.#step(state, cls));
    this.#tables[state] = table;
    return table;
  }
}
