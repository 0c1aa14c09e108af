// The application of the Fastify tests.
const childProcess = require('node:child_process');
const pg = require('pg');
const { commandSinks, pgSinks } = require('./sinks.cjs');

exports.createApp = (fastify) => {
  const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 1 });
  pool.on('error', () => {});
  const sinks = { ...commandSinks(childProcess), ...pgSinks(pool, pg.Query) };
  const app = fastify();

  app.setErrorHandler((error, _request, reply) => {
    console.log(`error handler: ${error.message}`);
    reply.code(500).send('application error');
  });
  app.get('/sinks/:name', async (request) => {
    const text = await sinks[request.params.name](request.query.input);
    console.log(`ran ${request.params.name}`);
    return text;
  });
  // Answers by a callback, and throws where nobody can catch it.
  app.get('/callback', (request, reply) => {
    sinks.exec(request.query.input).then((text) => reply.send(text));
  });
  app.all('/inputs', async (request) => {
    console.log(`handled ${request.method} ${request.headers.case}`);
    return { body: request.body };
  });
  app.register(
    async (tenant) => {
      tenant.get('/users/:id', async (request) => {
        console.log(`user ${request.params.id}`);
        return request.params;
      });
    },
    { prefix: '/tenants/:tenant' },
  );
  app.get('/fails', async () => {
    throw new Error('of the application');
  });
  app.listen({ port: 0, host: '127.0.0.1' }).then(() => {
    console.log(`listening on ${app.server.address().port}`);
  });
};
