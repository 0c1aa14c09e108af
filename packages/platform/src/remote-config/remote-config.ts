import type { RemoteConfig } from '@wardline/telemetry';
import type { Logger } from 'pino';
import type { BlockList } from './block-list.ts';
import { buildConfig } from './config.ts';

/**
 * Milliseconds between looks at the database while requests are held: changes by other processes on it, and by what
 * writes to it directly, take no longer than this to be seen.
 */
const POLL_INTERVAL = 1_000;
/** Each is an open connection and a few kB. */
const MAX_HELD = 10_000;

export interface RemoteConfigOptions {
  blockList: Pick<BlockList, 'list'>;
  log: Logger;
  maxHeld?: number;
}

/** Holds agents' requests until the configuration changes. */
export class RemoteConfigService {
  readonly #blockList: Pick<BlockList, 'list'>;
  readonly #log: Logger;
  readonly #maxHeld: number;
  readonly #held = new Set<(config: RemoteConfig | undefined) => void>();
  #timer: NodeJS.Timeout | undefined;
  #current: { config: RemoteConfig; at: number } | undefined;
  #reading: Promise<RemoteConfig> | undefined;
  #isClosed = false;

  constructor({ blockList, log, maxHeld = MAX_HELD }: RemoteConfigOptions) {
    this.#blockList = blockList;
    this.#log = log;
    this.#maxHeld = maxHeld;
  }

  /** How many requests are being held. */
  get held(): number {
    return this.#held.size;
  }

  get isFull(): boolean {
    return this.#held.size >= this.#maxHeld;
  }

  /** The configuration, no older than the interval of looking. Throws if it can't be read. */
  async current(): Promise<RemoteConfig> {
    if (this.#current && performance.now() - this.#current.at < POLL_INTERVAL) return this.#current.config;
    return this.#read();
  }

  /**
   * Resolves with the configuration once its version is another than the one given, or with undefined when the signal
   * aborts or the service closes.
   */
  waitForChange(version: string, signal: AbortSignal): Promise<RemoteConfig | undefined> {
    if (signal.aborted || this.#isClosed) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const settle = (config: RemoteConfig | undefined): void => {
        if (config?.version === version) return;
        this.#held.delete(settle);
        signal.removeEventListener('abort', stop);
        if (this.#held.size === 0) this.#stopLooking();
        resolve(config);
      };
      const stop = (): void => settle(undefined);
      signal.addEventListener('abort', stop);
      this.#held.add(settle);
      this.#timer ??= setInterval(() => void this.changed(), POLL_INTERVAL).unref();
      // What changed between the caller's look and now.
      if (this.#current) settle(this.#current.config);
    });
  }

  /** Reads the configuration again, and answers the requests whose version is another. Doesn't throw. */
  async changed(): Promise<void> {
    // A read that has begun may not see what has changed since.
    this.#reading = undefined;
    try {
      const config = await this.#read();
      for (const settle of [...this.#held]) settle(config);
    } catch (error) {
      // Agents keep what they have; the next look may succeed.
      this.#log.warn({ err: error }, 'could not read the remote configuration');
    }
  }

  /** Lets all held requests go. */
  close(): void {
    this.#isClosed = true;
    for (const settle of [...this.#held]) settle(undefined);
    this.#stopLooking();
  }

  #stopLooking(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #read(): Promise<RemoteConfig> {
    if (this.#reading) return this.#reading;
    const reading: Promise<RemoteConfig> = this.#blockList
      .list()
      .then((blocked) => {
        const config = buildConfig(blocked);
        // An older read that ends after a newer one has begun is out of date.
        if (this.#reading === reading) this.#current = { config, at: performance.now() };
        return config;
      })
      .finally(() => {
        if (this.#reading === reading) this.#reading = undefined;
      });
    this.#reading = reading;
    return reading;
  }
}
