import type { FastifyInstance } from 'fastify';
import type { Access, Authenticate } from '../auth/authenticate.ts';

/** Makes each route ask for what its `config.access` says, and for everything where it says nothing. */
export function guardRoutes(app: FastifyInstance, authentication: Record<Access, Authenticate>): void {
  app.addHook('onRequest', async (request, reply) => {
    // What is not found is the not-found handler's to judge.
    if (request.is404) return;
    await authentication[request.routeOptions.config.access ?? 'user'](request, reply);
  });
}

/** Gives all routes that are registered on this scope one kind of access. */
export function giveAccess(scope: FastifyInstance, access: Access): void {
  scope.addHook('onRoute', (route) => {
    route.config = { ...route.config, access };
  });
}
