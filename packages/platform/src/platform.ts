import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import pino, { type Logger } from 'pino';
import { registerApi } from './api/index.ts';
import { createAuthentication } from './auth/authenticate.ts';
import { type Bootstrap, bootstrap, readBootstrap } from './auth/bootstrap.ts';
import { createKeys } from './auth/keys.ts';
import { createSessions } from './auth/sessions.ts';
import { createUsers } from './auth/users.ts';
import { createDetection } from './detection/index.ts';
import { giveAccess, guardRoutes } from './http/access.ts';
import { ApiError } from './http/api-error.ts';
import { listen } from './http/listen.ts';
import { handleNotFound } from './http/not-found.ts';
import { createServer } from './http/server.ts';
import { registerIntake } from './intake/index.ts';
import { createBlockList } from './remote-config/block-list.ts';
import { RemoteConfigService } from './remote-config/remote-config.ts';
import { registerRemoteConfig } from './remote-config/routes.ts';
import { registerSignalRoutes } from './signals/index.ts';
import { openState } from './state/index.ts';
import { openStore, type StoreOptions } from './store/index.ts';
import { findUi, serveUi } from './ui/serve-ui.ts';

export interface PlatformOptions {
  /** UI, API and OTLP at /v1/traces. Default 7070; 0 takes any free port. */
  port?: number;
  /** Default 127.0.0.1: to be reached from other machines it must be said. */
  host?: string;
  /** A second port for OTLP alone. Default 4318; null for none. */
  otlpPort?: number | null;
  /** Made if it isn't there. Default ./wardline-data. */
  dataDirectory?: string;
  /** Events go to this ClickHouse server instead of the embedded one. */
  clickhouse?: Omit<Extract<StoreOptions, { kind: 'server' }>, 'kind'>;
  /** State goes to this PostgreSQL server instead of the embedded one. */
  postgres?: { url: string; maxConnections?: number };
  /** What the first start shall not make up; each is otherwise taken from `WARDLINE_BOOTSTRAP_*`. */
  bootstrap?: Bootstrap;
  /** The built UI. Default: the one of the package @wardline/web. */
  webDirectory?: string;
  /** Where people reach the platform, for links in what it sends. */
  publicUrl?: string;
  /** Addresses or ranges of reverse proxies whose `X-Forwarded-*` headers are believed. Default: none. */
  trustedProxies?: readonly string[];
  /** Default: JSON lines on standard output. */
  log?: Logger;
}

export interface Platform {
  /** Where it listens, such as `http://127.0.0.1:7070`. */
  url: string;
  /** Where OTLP alone is taken, without /v1/traces; undefined if there is no second port. */
  otlpUrl: string | undefined;
  /** What the first start made up; it is known only now. An email comes with the password that was made for it. */
  credentials?: Bootstrap;
  /** Stops listening, finishes the requests that have begun, writes what is pending and ends. May be called twice. */
  close(): Promise<void>;
}

/**
 * Starts the platform: state and store, detection, and the servers.
 *
 * Throws a PlatformError, with a code that is stable and a message that says what to do, if a port is taken
 * (`WARDLINE_PORT_IN_USE`), the data directory is in use or can't be written, a database doesn't answer, or a value for
 * the first start is no good. What had been started is stopped then.
 */
export async function startPlatform(options: PlatformOptions = {}): Promise<Platform> {
  const { port = 7070, host = '127.0.0.1', otlpPort = 4318, dataDirectory = './wardline-data' } = options;
  const log = options.log ?? pino({ name: 'wardline' });
  const first = readBootstrap(options.bootstrap ?? {}, process.env);

  // What has been started, to be stopped in reverse order.
  const stops: (() => Promise<void> | void)[] = [];
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= stopAll(stops, log);
    return closing;
  };

  try {
    const state = await openState(
      options.postgres
        ? { kind: 'server', ...options.postgres }
        : { kind: 'embedded', directory: dataDirectory },
      log,
    );
    stops.push(() => state.close());
    const store = await openStore(
      options.clickhouse
        ? { kind: 'server', ...options.clickhouse }
        : { kind: 'embedded', directory: join(dataDirectory, 'clickhouse') },
      log,
    );
    stops.push(() => store.close());
    const detection = createDetection({ store, state, log });
    await detection.start();
    stops.push(() => detection.stop());

    const keys = createKeys(state);
    const sessions = createSessions(state);
    const users = createUsers(state);
    const authentication = createAuthentication(keys, sessions);
    const blockList = createBlockList(state, () => void remoteConfig.changed());
    const remoteConfig = new RemoteConfigService({ blockList, log });

    const takeTraces = (app: FastifyInstance): void => {
      app.register(async (scope) => {
        giveAccess(scope, 'api-key');
        registerIntake(scope, {
          store,
          onSecurityEvents: (events) => detection.notify(events),
          authenticate: authentication['api-key'],
        });
      });
    };
    const serverOptions = { log, ...(options.trustedProxies && { trustedProxies: options.trustedProxies }) };

    const app = createServer(serverOptions);
    guardRoutes(app, authentication);
    registerApi(app, { state, store, keys, users, sessions, blockList });
    registerRemoteConfig(app, remoteConfig);
    app.addHook('preClose', async () => remoteConfig.close());
    takeTraces(app);
    app.register(async (scope) => {
      registerSignalRoutes(scope, {
        store,
        state,
        ...(options.publicUrl && { publicUrl: options.publicUrl }),
      });
    });
    handleNotFound(app, authentication, serveUi(app, options.webDirectory ?? findUi()));
    const { url } = await listen(app, { port, host, option: 'port', flag: '--port' }, stops);

    let otlpUrl: string | undefined;
    if (otlpPort !== null) {
      const otlp = createServer(serverOptions);
      guardRoutes(otlp, authentication);
      takeTraces(otlp);
      otlp.setNotFoundHandler(async () => {
        throw new ApiError(404, 'Not found');
      });
      ({ url: otlpUrl } = await listen(
        otlp,
        { port: otlpPort, host, option: 'otlpPort', flag: '--otlp-port' },
        stops,
      ));
    }

    // Last, because what it makes up would be lost if anything failed after it.
    const credentials = await bootstrap(state, first);
    log.info({ url, otlpUrl }, 'wardline is up');
    return { url, otlpUrl, ...(credentials && { credentials }), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function stopAll(stops: readonly (() => Promise<void> | void)[], log: Logger): Promise<void> {
  for (const stop of [...stops].reverse()) {
    try {
      await stop();
    } catch (error) {
      // The rest must still be stopped.
      log.error({ err: error }, 'could not stop a part of the platform');
    }
  }
}
