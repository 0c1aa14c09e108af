import type { SecurityEvent } from '@wardline/telemetry';
import { StoreError } from '../store/error.ts';
import type { Store } from '../store/store.ts';
import { SpanColumns } from './span-columns.ts';

export interface GroupCommitOptions {
  /** Milliseconds that a group waits for more requests once it could be inserted. */
  window: number;
  /** Bytes of spans after which a group does not wait for its window. */
  enough: number;
  /** Bytes of spans after which a group does not wait for the insert that is running, either. */
  bytes: number;
  /** Inserts that run at once. */
  inserts: number;
}

export const GROUP_COMMIT: GroupCommitOptions = {
  window: 10,
  enough: 4 * 1024 * 1024,
  bytes: 16 * 1024 * 1024,
  inserts: 2,
};

/** The rows of requests that are stored together. */
export interface Group {
  readonly spans: SpanColumns;
  readonly events: SecurityEvent[];
}

/** One that waits for its rows to be stored. */
interface Request {
  /** Rows of the group up to the end of this request. */
  readonly spansEnd: number;
  readonly eventsEnd: number;
  resolve(): void;
  reject(error: unknown): void;
}

interface PendingGroup extends Group {
  readonly requests: Request[];
}

/**
 * Stores the rows of requests that come close together in one insert, because an insert costs about the same whether
 * it has ten rows or ten thousand. While one runs, the next group forms; when it has ended, those that it answered
 * have a moment to send again, so that clients which wait for their answers all come into one group.
 *
 * Where the store refuses rows for what they are, the group is halved until only the request that they came with fails.
 */
export class GroupCommit {
  readonly #store: Pick<Store, 'insert'>;
  readonly #onEvents: (events: SecurityEvent[]) => void;
  readonly #options: GroupCommitOptions;
  /** Closed and waiting for their turn, and at the end the one that is still open. */
  readonly #queue: PendingGroup[] = [];
  readonly #idle: SpanColumns[] = [];
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
    const { rows } = group.spans;
    const events = group.events.length;
    try {
      write(group);
    } catch (error) {
      // The rows of others are in there too.
      group.spans.truncate(rows);
      group.events.length = events;
      throw error;
    }
    const stored = new Promise<void>((resolve, reject) => {
      group.requests.push({ spansEnd: group.spans.rows, eventsEnd: group.events.length, resolve, reject });
    });
    if (group.spans.size >= this.#options.bytes) this.#closeGroup();
    else if (this.#running === 0) this.#closeSoon(group);
    return stored;
  }

  #openGroup(): PendingGroup {
    if (this.#open) return this.#open;
    const group = { spans: this.#idle.pop() ?? new SpanColumns(), events: [], requests: [] };
    this.#queue.push(group);
    this.#open = group;
    return group;
  }

  #closeSoon(group: PendingGroup): void {
    if (group.spans.size >= this.#options.enough) this.#closeGroup();
    else this.#timer ??= setTimeout(() => this.#closeGroup(), this.#options.window);
  }

  #closeGroup(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#open = undefined;
    this.#runNext();
  }

  /** Starts the inserts of groups that are closed, as many as may run. */
  #runNext(): void {
    while (this.#running < this.#options.inserts && this.#queue.length > 0) {
      const group = this.#queue[0]!;
      if (group === this.#open) {
        if (this.#running === 0) this.#closeSoon(group);
        return;
      }
      this.#queue.shift();
      this.#running++;
      void this.#insert(group).finally(() => {
        this.#running--;
        this.#runNext();
      });
    }
  }

  async #insert({ spans, events, requests }: PendingGroup): Promise<void> {
    const store = this.#store;
    const [spanFaults, eventFaults] = await Promise.all([
      insertHalving(
        requests.map(({ spansEnd }) => spansEnd),
        async (from, to) => store.insert('spans', spans.block(from, to)),
      ),
      insertHalving(
        requests.map(({ eventsEnd }) => eventsEnd),
        async (from, to) => store.insert('security_events', events.slice(from, to)),
      ),
    ]);
    // Not one that has grown out of proportion.
    if (this.#idle.length < this.#options.inserts && spans.size < 2 * this.#options.bytes) {
      spans.truncate(0);
      this.#idle.push(spans);
    }
    const stored: SecurityEvent[] = [];
    let eventsStart = 0;
    requests.forEach(({ eventsEnd, resolve, reject }, index) => {
      const fault = spanFaults.get(index) ?? eventFaults.get(index);
      if (fault === undefined) {
        for (let i = eventsStart; i < eventsEnd; i++) stored.push(events[i]!);
        resolve();
      } else {
        reject(fault);
      }
      eventsStart = eventsEnd;
    });
    if (stored.length > 0) this.#onEvents(stored);
  }
}

/**
 * Inserts rows of which each request has those up to its end. Rows that are refused for what they are are inserted
 * again in halves. Resolves to the errors of the requests whose rows are not stored.
 */
async function insertHalving(
  ends: readonly number[],
  insert: (from: number, to: number) => Promise<void>,
): Promise<Map<number, unknown>> {
  const faults = new Map<number, unknown>();
  const insertRequests = async (first: number, end: number): Promise<void> => {
    const from = first === 0 ? 0 : ends[first - 1]!;
    const to = ends[end - 1]!;
    if (from === to) return;
    try {
      await insert(from, to);
    } catch (error) {
      if (end - first > 1 && error instanceof StoreError && error.isOfRows) {
        const middle = (first + end) >> 1;
        await insertRequests(first, middle);
        await insertRequests(middle, end);
      } else {
        for (let index = first; index < end; index++) faults.set(index, error);
      }
    }
  };
  await insertRequests(0, ends.length);
  return faults;
}
