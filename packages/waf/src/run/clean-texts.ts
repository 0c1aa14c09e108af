/** UTF-16 code units; longer texts seldom come again. */
const MAX_LENGTH = 256;

/**
 * Remembers texts in which nothing was found, so that those that come with every request, such as a browser's headers,
 * a session's cookies and the keys of a form, need not be read again. Bounded: when a generation is full the one before
 * it is forgotten, and what is asked for moves from the older to the younger. Texts stay in this process's memory, and
 * nothing but the texts themselves: a hash could be met by another text.
 */
export class CleanTexts {
  readonly #capacity: number;
  #younger = new Set<string>();
  #older: ReadonlySet<string> = new Set();

  /** `capacity` is the texts of a generation; there are two. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  has(text: string): boolean {
    if (text.length > MAX_LENGTH) return false;
    if (this.#younger.has(text)) return true;
    if (!this.#older.has(text)) return false;
    this.add(text);
    return true;
  }

  add(text: string): void {
    if (text.length > MAX_LENGTH) return;
    if (this.#younger.size >= this.#capacity) {
      this.#older = this.#younger;
      this.#younger = new Set();
    }
    this.#younger.add(text);
  }

  get size(): number {
    return this.#younger.size + this.#older.size;
  }
}
