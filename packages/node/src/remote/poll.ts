import { clearTimeout, setTimeout } from 'node:timers';
import { REMOTE_CONFIG_PATH, type RemoteConfig } from '@wardline/telemetry';
import { backOff, parseRetryAfter } from '../export/back-off.ts';
import type { AgentResponse, Requester } from '../export/request.ts';
import type { Config } from '../init/config.ts';
import type { Counters } from '../init/counters.ts';
import { createThrottle, type Logger } from '../init/log.ts';
import { VERSION } from '../init/version.ts';
import { parseRemoteConfig } from './parse.ts';

/** The platform holds a request for up to 25 s; what takes longer than this has been lost. Milliseconds. */
const REQUEST_TIMEOUT = 40_000;
const MAX_RESPONSE = 32 * 1024 * 1024;
/** Between two answered requests, and between two that brought nothing new: never a tight loop. */
const PAUSE = 50;
const MIN_INTERVAL = 1000;
/** After a failure. Short enough that a block reaches a service soon after the platform is back. */
const MAX_BACK_OFF = 15_000;
/** After an answer that says this will not work (no such route, wrong key). */
const REFUSED_PAUSE = 60_000;
const LOG_INTERVAL = 60 * 60_000;

export interface PollDependencies {
  readonly config: Config;
  readonly counters: Counters;
  readonly log: Logger;
  readonly requester: Requester;
  apply(config: RemoteConfig): void;
}

/**
 * Asks the platform for its configuration by long poll, for as long as the process runs, and hands each new one to
 * `apply`. A platform that is not there, or knows no remote config, is no reason to speak. Returns what ends it.
 */
export function pollRemoteConfig({ config, counters, log, requester, apply }: PollDependencies): () => void {
  const throttle = createThrottle(LOG_INTERVAL);
  const url = new URL(config.url + REMOTE_CONFIG_PATH);
  url.searchParams.set('service', config.service);
  url.searchParams.set('env', config.env);
  let version = '';
  let failures = 0;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const pollIn = (delay: number): void => {
    if (stopped) return;
    timer = requester.detached(() => setTimeout(() => void poll(), delay));
    timer.unref();
  };

  const poll = async (): Promise<void> => {
    let pause: number;
    const asked = performance.now();
    try {
      url.searchParams.set('version', version);
      const response = await requester.send({
        method: 'GET',
        url,
        headers: {
          'user-agent': `wardline-node/${VERSION}`,
          accept: 'application/json',
          ...(config.apiKey !== '' && { 'x-api-key': config.apiKey }),
        },
        timeout: REQUEST_TIMEOUT,
        maxResponse: MAX_RESPONSE,
      });
      pause = stopped ? 0 : handle(response, performance.now() - asked);
    } catch (error) {
      counters.count('remote.unreachable');
      log.debug(`remote config: ${error instanceof Error ? error.message : String(error)}`);
      pause = backOff(++failures, MAX_BACK_OFF);
    }
    pollIn(pause);
  };

  /** Takes the answer and how long it took; returns how long to wait until the next request, both in milliseconds. */
  const handle = ({ status, headers, body }: AgentResponse, elapsed: number): number => {
    if (status === 200) {
      return accept(body.toString());
    }
    if (status === 204 || status === 304) {
      failures = 0;
      return Math.max(PAUSE, MIN_INTERVAL - elapsed);
    }
    counters.count('remote.refused');
    if (status === 401 || status === 403) {
      throttle(() =>
        log.warn(
          `the platform at ${url.origin} refuses to send its configuration (${status}): the API key is missing or wrong. Set WARDLINE_API_KEY.`,
        ),
      );
    }
    const transient = status === 429 || status >= 500;
    const wait = transient ? backOff(++failures, MAX_BACK_OFF) : REFUSED_PAUSE;
    return parseRetryAfter(headers['retry-after'], Date.now()) ?? wait;
  };

  const accept = (text: string): number => {
    try {
      const remote = parseRemoteConfig(text);
      apply(remote);
      version = remote.version;
      failures = 0;
      return PAUSE;
    } catch (error) {
      counters.count('remote.invalid');
      throttle(() =>
        log.warn(
          `the configuration from the platform cannot be used: ${error instanceof Error ? error.message : String(error)}`,
        ),
      );
      return backOff(++failures, MAX_BACK_OFF);
    }
  };

  pollIn(0);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
