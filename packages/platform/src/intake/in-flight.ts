import { IntakeError } from './error.ts';

/**
 * Bytes of requests that were read and not answered yet. Past the limit requests are refused, also those that are half
 * read: so memory stays bounded, whatever comes at once.
 */
export class InFlight {
  readonly #limit: number;
  #bytes = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** For one request. */
  open(): Reservation {
    if (this.#bytes >= this.#limit) throw this.#refusal();
    let held = 0;
    return {
      add: (bytes) => {
        if (this.#bytes + bytes > this.#limit) throw this.#refusal();
        this.#bytes += bytes;
        held += bytes;
      },
      release: () => {
        this.#bytes -= held;
        held = 0;
      },
    };
  }

  #refusal(): IntakeError {
    return new IntakeError(
      'tooMuchInFlight',
      `more than ${this.#limit} bytes are waiting to be stored; send the same again later`,
    );
  }
}

export interface Reservation {
  /** Throws an IntakeError when it would be too much. */
  add(bytes: number): void;
  release(): void;
}
