import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { CommandError, call, connection } from './api-client.ts';

describe('the connection to the platform', () => {
  const keys = { WARDLINE_API_KEY: 'a', WARDLINE_APP_KEY: 'b' };

  it('takes flags, then WARDLINE_, then DD_ variables', () => {
    assert.deepEqual(connection({}, keys), {
      url: 'http://127.0.0.1:7070',
      apiKey: 'a',
      applicationKey: 'b',
    });
    assert.equal(connection({ apiKey: 'c' }, keys).apiKey, 'c');
    assert.equal(connection({}, { DD_API_KEY: 'd', DD_APP_KEY: 'e' }).applicationKey, 'e');
    assert.equal(connection({ url: 'http://h:1//' }, keys).url, 'http://h:1');
  });

  it('says what is missing', () => {
    assert.throws(() => connection({}, {}), /No API key/);
    assert.throws(() => connection({}, { DD_API_KEY: 'd' }), /No application key/);
    assert.throws(() => connection({ url: 'nonsense' }, keys), /not a URL: nonsense/);
  });
});

describe('a call', () => {
  const answering = async (listener: RequestListener, work: (url: string) => Promise<void>) => {
    const server = createServer(listener).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    try {
      await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    } finally {
      server.close();
    }
  };
  const to = (url: string) => ({ url, apiKey: 'a', applicationKey: 'b' });

  it('sends the keys and returns the answer', async () => {
    await answering(
      (request, response) =>
        response.end(JSON.stringify({ key: request.headers['dd-api-key'], url: request.url })),
      async (url) => {
        assert.deepEqual(await call(to(url), 'GET', '/x', { query: { 'a[b]': '1 2' } }), {
          key: 'a',
          url: '/x?a%5Bb%5D=1+2',
        });
      },
    );
  });

  const FAULTS: readonly [status: number, body: string, said: RegExp][] = [
    [403, '{"errors":["Forbidden"]}', /refused the keys \(403\)/],
    [400, '{"errors":["bad query at 3"]}', /failed with 400: bad query at 3/],
    [200, '<html>', /did not answer with JSON/],
    [500, '{}', /failed with 500/],
  ];
  for (const [status, body, said] of FAULTS) {
    it(`explains ${status} ${body}`, async () => {
      await answering(
        (_request, response) => response.writeHead(status).end(body),
        async (url) => {
          await assert.rejects(call(to(url), 'GET', '/x'), (error) => {
            assert.ok(error instanceof CommandError);
            assert.match(error.message, said);
            assert.equal(error.exitCode, 2);
            return true;
          });
        },
      );
    });
  }

  it('explains that nobody answers', async () => {
    let closed = '';
    await answering(
      () => {},
      async (url) => {
        closed = url;
      },
    );
    await assert.rejects(call(to(closed), 'GET', '/x'), /No answer from http:.+: ECONNREFUSED/);
  });
});
