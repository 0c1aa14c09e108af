import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addressesOf, RequestSyntaxError } from './http-request.ts';

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('a request as text', () => {
  it('is the addresses that the agent would give', () => {
    const text = [
      '# a comment',
      '',
      'POST https://example.com/search?page=2&tag=a&tag=b HTTP/1.1',
      'Host: example.com',
      'X-Twice: 1',
      'x-twice: 2',
      'Cookie: sid=1; theme=dark%20blue',
      'Content-Type: application/json',
      '',
      '{ "q": ["lamp"] }',
      '',
    ].join('\r\n');
    assert.deepEqual(plain(addressesOf(text)), {
      'http.client_ip': '127.0.0.1',
      'server.request.uri.raw': '/search?page=2&tag=a&tag=b',
      'server.request.method': 'POST',
      'server.request.headers.no_cookies': {
        host: 'example.com',
        'x-twice': '1, 2',
        'content-type': 'application/json',
      },
      'server.request.cookies': { sid: '1', theme: 'dark blue' },
      'server.request.query': { page: '2', tag: ['a', 'b'] },
      'server.request.body': { q: ['lamp'] },
    });
  });

  it('needs no headers, body, version or host', () => {
    assert.deepEqual(plain(addressesOf('GET /')), {
      'http.client_ip': '127.0.0.1',
      'server.request.uri.raw': '/',
      'server.request.method': 'GET',
      'server.request.headers.no_cookies': {},
    });
    assert.equal(addressesOf('GET http://example.com')['server.request.uri.raw'], '/');
  });

  it('has spaces and odd characters in its target as they are sent', () => {
    const { 'server.request.uri.raw': uri } = addressesOf("GET /a?q=' or 1=1 -- HTTP/1.1");
    assert.equal(uri, "/a?q=' or 1=1 --");
  });

  it('reads forms and files', () => {
    const form = 'POST / HTTP/1.1\nContent-Type: application/x-www-form-urlencoded\n\na=1&b=%27';
    assert.deepEqual(plain(addressesOf(form)['server.request.body']), { a: '1', b: "'" });
    const multipart =
      'POST / HTTP/1.1\nContent-Type: multipart/form-data; boundary=x\n\n--x\nContent-Disposition: form-data; name="a"\n\n1\n--x--\n';
    assert.deepEqual(plain(addressesOf(multipart)['server.request.body']), { a: '1' });
  });

  it('says in which line it is none', () => {
    for (const [text, line] of [
      ['', 1],
      ['\n\n{}', 3],
      ['GET', 1],
      ['GET /\nHost', 2],
      ['GET /\nHo st: x', 2],
    ] as const) {
      assert.throws(
        () => addressesOf(text),
        (error) => error instanceof RequestSyntaxError && error.line === line,
        text,
      );
    }
  });
});
