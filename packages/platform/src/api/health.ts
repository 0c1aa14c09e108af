import { setTimeout } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { State } from '../state/index.ts';
import type { Store } from '../store/store.ts';

/** Milliseconds that an answer stands, so that asking often costs nothing. */
const CACHE = 1_000;
/** Milliseconds for store and state to answer. */
const TIMEOUT = 3_000;

/** `GET /healthz`: 200 while store and state answer, else 503; for load balancers and orchestrators. */
export function registerHealth(app: FastifyInstance, store: Store, state: State): void {
  let last: { at: number; healthy: Promise<boolean> } | undefined;

  app.get('/healthz', { config: { access: 'public' } }, async (_request, reply) => {
    const now = performance.now();
    if (!last || now - last.at > CACHE) last = { at: now, healthy: check() };
    const healthy = await last.healthy;
    return reply.code(healthy ? 200 : 503).send({ status: healthy ? 'ok' : 'unavailable' });
  });

  async function check(): Promise<boolean> {
    const answers = Promise.all([state.query('SELECT 1'), store.query('SELECT 1')]).then(
      () => true,
      (error: unknown) => {
        app.log.warn({ err: error }, 'not healthy');
        return false;
      },
    );
    return Promise.race([answers, setTimeout(TIMEOUT, false, { ref: false })]);
  }
}
