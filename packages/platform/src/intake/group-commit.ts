import type { SecurityEvent } from '@wardline/telemetry';
import { jsonEachRow } from '../store/json-each-row.ts';
import type { Store } from '../store/store.ts';
import { RowWriter } from './row-writer.ts';

export interface GroupCommitOptions {
  /** Milliseconds that a group waits for more requests, while no insert is running. */
  window: number;
  /** Bytes of rows after which a group waits no longer. */
  bytes: number;
  /** Inserts that run at once. */
  inserts: number;
}

export const GROUP_COMMIT: GroupCommitOptions = { window: 10, bytes: 8 * 1024 * 1024, inserts: 2 };

const INITIAL_CAPACITY = 256 * 1024;

/** The rows of requests that are stored together. */
export interface Group {
  readonly spans: RowWriter;
  readonly events: SecurityEvent[];
}

interface PendingGroup extends Group {
  readonly stored: Promise<void>;
  /** Makes `stored` follow the insert. */
  start(insert: Promise<void>): void;
}

/**
 * Stores the rows of requests that come close together in one insert, because an insert costs about the same whether
 * it has ten rows or ten thousand. A group closes when its window has passed, when it is large, or when an insert has
 * ended that it could have waited for; so under load groups become as large as what comes during one insert.
 */
export class GroupCommit {
  readonly #store: Pick<Store, 'insert'>;
  readonly #onEvents: (events: SecurityEvent[]) => void;
  readonly #options: GroupCommitOptions;
  /** Closed and waiting for their turn, and at the end the one that is still open. */
  readonly #queue: PendingGroup[] = [];
  readonly #idleWriters: RowWriter[] = [];
  #open: PendingGroup | undefined;
  #running = 0;
  #timer: NodeJS.Timeout | undefined;

  /** `onEvents` gets security events once they are stored, and must not throw. */
  constructor(
    store: Pick<Store, 'insert'>,
    onEvents: (events: SecurityEvent[]) => void,
    options: GroupCommitOptions = GROUP_COMMIT,
  ) {
    this.#store = store;
    this.#onEvents = onEvents;
    this.#options = options;
  }

  /** Has `write` add its rows to a group. Resolves when they are durable; rejects with the store's error. */
  add(write: (group: Group) => void): Promise<void> {
    const group = this.#openGroup();
    const { size } = group.spans;
    const events = group.events.length;
    try {
      write(group);
    } catch (error) {
      // The rows of others are in there too.
      group.spans.truncate(size);
      group.events.length = events;
      throw error;
    }
    if (group.spans.size >= this.#options.bytes) this.#closeGroup();
    else if (this.#running === 0) this.#timer ??= setTimeout(() => this.#closeGroup(), this.#options.window);
    return group.stored;
  }

  #openGroup(): PendingGroup {
    if (this.#open) return this.#open;
    let start: PendingGroup['start'] = () => {};
    const stored = new Promise<void>((resolve) => {
      start = resolve;
    });
    const group = {
      spans: this.#idleWriters.pop() ?? new RowWriter(INITIAL_CAPACITY),
      events: [],
      stored,
      start,
    };
    this.#queue.push(group);
    this.#open = group;
    return group;
  }

  #closeGroup(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#open = undefined;
    this.#runNext();
  }

  #runNext(): void {
    while (this.#running < this.#options.inserts && this.#queue.length > 0) {
      const group = this.#queue.shift()!;
      if (group === this.#open) {
        clearTimeout(this.#timer);
        this.#timer = undefined;
        this.#open = undefined;
      }
      this.#running++;
      const insert = this.#insert(group).finally(() => {
        this.#running--;
        this.#runNext();
      });
      group.start(insert);
    }
  }

  async #insert({ spans, events }: Group): Promise<void> {
    const inserts = await Promise.allSettled([
      spans.size > 0 && this.#store.insert('spans', spans.bytes()),
      events.length > 0 && this.#store.insert('security_events', jsonEachRow(events)),
    ]);
    for (const insert of inserts) if (insert.status === 'rejected') throw insert.reason;
    // Only now: after a failure the client may still hold the buffer. And not one that has grown out of proportion.
    if (this.#idleWriters.length < this.#options.inserts && spans.size < 2 * this.#options.bytes) {
      spans.truncate(0);
      this.#idleWriters.push(spans);
    }
    if (events.length > 0) this.#onEvents(events);
  }
}
