import { REMOTE_CONFIG_PATH, type RemoteConfig } from '@wardline/telemetry';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { ApiError } from '../http/api-error.ts';
import { validate } from '../http/validate.ts';
import type { RemoteConfigService } from './remote-config.ts';

/** Milliseconds that a request is held. */
const HOLD = 25_000;
/** Seconds after which an agent that could not be held shall ask again. */
const RETRY_AFTER = '10';

const query = z.object({
  version: z.string().max(200).optional(),
  service: z.string().max(1_000).optional(),
  env: z.string().max(1_000).optional(),
});

/**
 * `GET /api/agent/v1/config`: the configuration at once if the agent's version is another, else held until it changes,
 * and 204 after 25 s. 503 with Retry-After where too many are held already.
 */
export function registerRemoteConfig(app: FastifyInstance, service: RemoteConfigService, hold = HOLD): void {
  app.get(REMOTE_CONFIG_PATH, { config: { access: 'api-key' } }, async (request, reply) => {
    const { version } = validate(query, request.query);
    const current = await service.current();
    if (version !== current.version) return send(reply, current);
    if (service.isFull) {
      throw new ApiError(503, 'Too many agents are waiting', { 'retry-after': RETRY_AFTER });
    }
    const disconnected = new AbortController();
    const disconnect = (): void => disconnected.abort();
    reply.raw.on('close', disconnect);
    const timeout = setTimeout(disconnect, hold);
    const changed = await service.waitForChange(version, disconnected.signal);
    clearTimeout(timeout);
    reply.raw.off('close', disconnect);
    return changed ? send(reply, changed) : reply.code(204).send();
  });
}

/** A change goes to all agents at once: they share one copy of its bytes. */
const encoded = new WeakMap<RemoteConfig, Buffer>();

function send(reply: FastifyReply, config: RemoteConfig): FastifyReply {
  let bytes = encoded.get(config);
  if (!bytes) {
    bytes = Buffer.from(JSON.stringify(config));
    encoded.set(config, bytes);
  }
  return reply.type('application/json; charset=utf-8').send(bytes);
}
