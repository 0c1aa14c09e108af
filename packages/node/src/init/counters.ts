/**
 * Named counts of what the agent swallowed: nothing fails silently, and nothing that fails reaches the application.
 * Names are dotted, the part of the agent first: `export.dropped_spans`, `guard.error`.
 */
export class Counters {
  readonly #counts = new Map<string, number>();

  /** Adds `by` (default 1) to the count of `name`. Cheap enough for a request's path. */
  count(name: string, by = 1): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + by);
  }

  get(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  /** All counts so far, by name. */
  snapshot(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }
}
