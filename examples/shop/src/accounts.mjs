// Accounts: an ES module on Fastify 5, protected by `node -r @wardline/node/register` and reporting its logins.
import { exec, execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appsec } from '@wardline/node';
import Fastify from 'fastify';
import pg from 'pg';

const { PORT, DATABASE_URL } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 1 });

const app = Fastify();

app.post('/login', async (request, reply) => {
  const { email, password } = request.body;
  const { rows } = await pool.query('SELECT id, password_sha256 FROM users WHERE email = $1', [email]);
  const user = rows[0];
  const digest = createHash('sha256').update(String(password)).digest('hex');
  if (user?.password_sha256 === digest) {
    appsec.trackUserLoginSuccess(email, { id: String(user.id) });
    return { id: user.id };
  }
  appsec.trackUserLoginFailure(email, user !== undefined);
  return reply.code(401).send({ error: 'Wrong email or password' });
});

app.get('/discounts/:customer', async (request) => {
  const { rows } = await pool.query('SELECT count(*)::int AS known FROM users WHERE email = $1', [
    request.params.customer,
  ]);
  return { factor: rows[0].known > 0 ? 0.9 : 1 };
});

// Deliberately vulnerable: the host's name is pasted into a shell command.
function lookUp(host, done) {
  exec(`getent hosts ${host}`, done);
}

app.get('/lookup', (request, reply) => {
  lookUp(request.query.host, (error, stdout) => {
    if (error && stdout === '') {
      reply.code(404).send({ error: 'Unknown host' });
      return;
    }
    console.log('sink ran: shell');
    reply.type('text/plain').send(stdout);
  });
});

// Deliberately vulnerable: the visitor names the program.
function versionOf(program, done) {
  execFile(program, ['--version'], done);
}

app.get('/tool', (request, reply) => {
  versionOf(request.query.name, (error, stdout) => {
    if (error) {
      reply.code(404).send({ error: 'No such tool' });
      return;
    }
    console.log('sink ran: command');
    reply.type('text/plain').send(stdout);
  });
});

app.get('/healthz', async () => 'ok');

await app.listen({ port: Number(PORT), host: '127.0.0.1' });
console.log(`accounts listens on ${app.server.address().port}`);
process.on('SIGTERM', () => app.close().then(() => process.exit(0)));
