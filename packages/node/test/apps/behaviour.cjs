// Prints what an application can see of Node's and Express's behaviour, one line a fact: the same with the agent and without.
const { AsyncLocalStorage } = require('node:async_hooks');
const childProcess = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const http = require('node:http');
const http2 = require('node:http2');
const https = require('node:https');
const net = require('node:net');
const path = require('node:path');
const { promisify } = require('node:util');
const express = require('express');

const lines = [];
const note = (name, ...facts) => lines.push(`${name}: ${JSON.stringify(facts)}`);
process.on('warning', ({ name, message }) => note('warning', name, message));
process.on('unhandledRejection', (error) => note('unhandled rejection', String(error)));
const thrown = (run) => {
  try {
    return run();
  } catch (error) {
    return `threw ${error.code ?? error.name}`;
  }
};

function createApp(storage) {
  const app = express();
  const inner = express();
  inner.get('/item/:id', (req, res) => res.json([req.baseUrl, req.params, req.route.path]));
  inner.get('/error', () => {
    throw new Error('inner');
  });
  inner.use((error, _req, _res, next) => next(new Error(`passed on ${error.message}`)));
  app.use('/inner', inner);
  app.use((req, _res, next) => storage.run(req.url, next));
  app.param('key', (req, _res, next, value, name) => {
    req.seen = [value, name];
    next();
  });
  app.get(
    '/route/:key',
    (_req, _res, next) => next('route'),
    (_req, res) => res.send('never'),
  );
  app.get('/route/:key', (req, res) => res.json([req.seen, storage.getStore()]));
  const router = express.Router();
  router.use((_req, _res, next) => next('router'));
  router.get('/', (_req, res) => res.send('never'));
  app.use('/left', router);
  app.get('/left', (_req, res) => res.send('after the router'));
  app.get('/nested', (req, res, next) => {
    req.url = '/route/9';
    app.handle(req, res, next);
  });
  app.get('/empty', (_req, res) => res.status(204).end());
  app.get('/chunks', async (_req, res) => {
    for (const chunk of ['a', 'b', 'c']) {
      res.write(chunk);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    res.end();
  });
  app.get('/returns', (_req, res) => {
    const written = res.write('x');
    const ended = res.end('y', () => {});
    note('returns', written, ended === res, res.writableEnded, res.headersSent);
  });
  app.get('/headers', (_req, res) => {
    res.writeHead(201, 'Fine', [
      ['a', '1'],
      ['a', '2'],
    ]);
    res.end('ok');
  });
  app.get('/twice', (_req, res) => {
    res.on('error', ({ code }) => note('twice', code));
    res.end('1');
    res.end('2', (error) => note('twice, callback', error?.code));
    note(
      'header afterwards',
      thrown(() => res.setHeader('a', 'b')),
    );
  });
  app.get('/listeners', (req, res) => {
    const visible = (object) => Object.keys(object).filter((key) => !key.startsWith('_')).length;
    res.json([req.eventNames(), res.eventNames(), res.listenerCount('close'), visible(req), visible(res)]);
  });
  app.get('/many-listeners', (_req, res) => {
    for (let i = 0; i < 10; i++) res.on('close', () => {});
    res.send('many');
  });
  app.get('/events', (req, res) => {
    const events = [];
    for (const event of ['prefinish', 'finish', 'close']) res.on(event, () => events.push(`res ${event}`));
    for (const event of ['end', 'close']) req.on(event, () => events.push(`req ${event}`));
    res.on('close', () => note('events', events));
    req.resume();
    res.send('events');
  });
  app.get('/rejects', (_req, res) => {
    Promise.reject(new Error('of the application'));
    res.send('rejects');
  });
  app.post('/count', (req, res) => {
    let size = 0;
    req.on('data', (chunk) => {
      size += chunk.length;
    });
    req.on('end', () => res.send(String(size)));
  });
  app.post('/pipe', (req, res) => req.pipe(res));
  app.post('/iterate', async (req, res) => {
    req.setEncoding('utf8');
    let text = '';
    for await (const chunk of req) text += chunk;
    res.json([text, req.trailers]);
  });
  app.use((error, _req, res, _next) => res.status(599).send(`handled ${error.message}`));
  return app;
}

/** What comes back on a connection for the bytes that are sent. */
const exchange = (port, text) =>
  new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    let received = '';
    socket.setEncoding('latin1').on('data', (chunk) => {
      received += chunk;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(received.replace(/Date: .*\r\n/g, '')));
    socket.write(text);
    setTimeout(() => socket.end(), 200);
    setTimeout(() => socket.destroy(), 400);
  });

const eventsOf = (start) =>
  new Promise((resolve) => {
    const events = [];
    const request = start();
    for (const event of ['socket', 'response', 'finish', 'error', 'close']) {
      request.on(event, (value) => {
        events.push(event === 'error' ? value.code : event);
        if (event === 'response') value.resume().on('end', () => events.push('end'));
        if (event === 'close') setTimeout(() => resolve([request.method, request.path, events]), 5);
      });
    }
    request.end();
  });

async function server() {
  const app = createApp(new AsyncLocalStorage());
  const server = http.createServer(app);
  server.on('checkExpectation', (_req, res) => res.writeHead(417).end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  const origin = `http://127.0.0.1:${port}`;
  const ask = async (target, init) => {
    const response = await fetch(origin + target, init);
    note(target, response.status, await response.text());
  };
  for (const target of ['/inner/item/1', '/inner/error', '/route/5', '/left', '/nested', '/empty'])
    await ask(target);
  for (const target of ['/chunks', '/returns', '/headers', '/twice', '/listeners', '/many-listeners'])
    await ask(target);
  for (const target of ['/events', '/rejects', '/nowhere', '/%ff']) await ask(target);
  for (const target of ['/count', '/pipe']) await ask(target, { method: 'POST', body: 'x'.repeat(500_000) });

  const host = 'Host: a\r\n';
  const close = `${host}Connection: close\r\nContent-Length: 3\r\n`;
  for (const text of [
    `GET /route/1 HTTP/1.1\r\n${host}\r\nGET /chunks HTTP/1.1\r\n${host}\r\nHEAD /route/2 HTTP/1.1\r\n${host}\r\n`,
    'GET /route/1 HTTP/1.0\r\n\r\n',
    'GET /route/1 HTTP/1.1\r\n\r\n',
    `POST /count HTTP/1.1\r\n${close}Expect: 100-continue\r\n\r\nabc`,
    `POST /count HTTP/1.1\r\n${close}Expect: something\r\n\r\nabc`,
    `POST /iterate HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\nTrailer: x\r\n\r\n3\r\nabc\r\n0\r\nx: y\r\n\r\n`,
    `POST /count HTTP/1.1\r\n${host}Content-Length: 3000\r\n\r\nabc`,
    `GET /route/1 HTTP/1.1\r\n${host}Connection: upgrade\r\nUpgrade: nobody\r\n\r\n`,
    'nothing of the kind\r\n\r\n',
  ]) {
    note(text, await exchange(port, text));
  }

  const url = `${origin}/route/1`;
  for (const [name, ...args] of [
    ['text', url],
    ['URL', new URL(url), { method: 'HEAD' }],
    ['options', { port, path: '/route/2', host: '127.0.0.1' }],
    ['no options', url, null],
    ['refused', 'http://127.0.0.1:1/'],
  ]) {
    note(`request, ${name}`, await eventsOf(() => http.request(...args)));
  }
  for (const args of [['nonsense'], ['ftp://x/'], [{ port, path: '/a b' }], []]) {
    note(
      'request',
      args.length,
      typeof thrown(() =>
        http
          .request(...args)
          .on('error', () => {})
          .destroy(),
      ),
    );
  }
  note(
    'callback',
    await new Promise((resolve) => http.get(url, undefined, (res) => resolve(res.resume().statusCode))),
  );
  note('fetch', await fetch('nonsense').catch(({ name, message }) => [name, message]));

  class Seen extends http.Server {
    emit(...args) {
      if (args[0] === 'request') note('a subclass of Server', 'emits');
      return super.emit(...args);
    }
  }
  const seen = new Seen((_req, res) => res.end('subclass')).listen(0, '127.0.0.1');
  await once(seen, 'listening');
  note('a subclass of Server', await (await fetch(`http://127.0.0.1:${seen.address().port}`)).text());

  const h2 = http2.createServer((req, res) => res.end(`${req.method} ${req.url}`)).listen(0, '127.0.0.1');
  await once(h2, 'listening');
  const session = http2.connect(`http://127.0.0.1:${h2.address().port}`);
  const stream = session.request({ ':path': '/x' }).setEncoding('utf8');
  note('HTTP/2', (await once(stream, 'data'))[0]);
  session.close();
  h2.close();
  for (const one of [seen, server]) one.close().closeAllConnections();
  return port;
}

async function commands() {
  const { exec, execFile, spawn } = childProcess;
  await new Promise((resolve) => {
    exec('echo hi; exit 3', function (error, stdout) {
      note('exec', error.code, stdout, this === undefined);
      resolve();
    });
  });
  const promise = promisify(exec)('echo promised');
  note(
    'exec, promisified',
    promise.constructor === Promise,
    typeof promise.child.pid,
    (await promise).stdout,
  );
  note('execFile', await promisify(execFile)('/nowhere').catch(({ code, syscall }) => [code, syscall]));
  const child = spawn('/nowhere');
  note('spawn', child.pid, child.listenerCount('error'), (await once(child, 'error'))[0].code);
  for (const run of [() => spawn(''), () => exec(), () => execFile('x', {}, 5)]) note('invalid', thrown(run));
}

async function files() {
  await new Promise((resolve) => {
    fs.readFile('/nowhere', function (error) {
      note('readFile', error.message, this === undefined);
      resolve();
    });
  });
  for (const args of [[], [5.5], ['/x\0y'], [new URL('http://x/')]]) {
    note(
      'readFileSync',
      thrown(() => fs.readFileSync(...args)),
    );
  }
  note(
    'without a callback',
    thrown(() => fs.readFile('/x')),
  );
  const promise = fs.promises.readFile('/nowhere');
  note('promises', promise.constructor === Promise, await promise.catch(({ code }) => code));
  const stream = fs.createReadStream(__filename);
  note('createReadStream', stream.constructor.name, stream instanceof fs.ReadStream);
  stream.destroy();
  note('exists', await promisify(fs.exists)(__dirname));
  note('read', Object.keys(await promisify(fs.read)(fs.openSync(__filename), Buffer.alloc(4), 0, 4, 0)));
  note('path', path.join('a', '..', 'b'), path.resolve('/a', '../../b'));
}

function surface() {
  const modules = { http, https, fs, promises: fs.promises, childProcess, path };
  for (const [name, holder] of Object.entries(modules)) {
    for (const key of Object.keys(holder).filter(
      (each) => typeof holder[each] === 'function' && !/Stream$/.test(each),
    )) {
      const { enumerable, configurable, writable } = Object.getOwnPropertyDescriptor(holder, key);
      // What is loaded when it is first asked for is loaded by asking.
      const flags = writable === undefined ? [] : [enumerable, configurable, writable];
      const value = holder[key];
      note(`${name}.${key}`, value.name, value.length, flags, typeof value[promisify.custom]);
    }
  }
  note('fetch', fetch.name, fetch.length);
  note('listeners', process.listenerCount('SIGTERM'), process.listenerCount('uncaughtException'));
}

(async () => {
  surface();
  const port = await server();
  await commands();
  await files();
  console.log(lines.join('\n').replaceAll(String(port), 'PORT'));
  process.exitCode = 5;
})();
