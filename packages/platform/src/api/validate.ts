import type { FastifyInstance } from 'fastify';

/** Whether an API key is valid; clients call it to check their set-up. What gets here has a valid one. */
export function registerValidate(app: FastifyInstance): void {
  app.get('/api/v1/validate', { config: { access: 'api-key' } }, async () => ({ valid: true }));
}
