import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { ADMIN, createTestApp, KEYS, type TestApp } from '../../test/harness.ts';
import { registerSession } from './session.ts';

const HOUR = 60 * 60 * 1000;
const PATH = '/api/v2/session';
const NOBODY = { data: null };

describe('sessions', () => {
  let test: TestApp;
  before(async () => {
    test = await createTestApp(
      (app, { users, sessions, clock }) => {
        registerSession(app, { users, sessions, now: clock.now });
        app.post('/api/v2/write', async () => ({ written: true }));
      },
      { trustedProxies: ['10.0.0.1'] },
    );
  });
  after(() => test.close());
  // Fills the buckets of the limits on attempts again.
  afterEach(() => {
    test.clock.time += 24 * HOUR;
  });

  const signIn = (
    payload: object = ADMIN,
    headers: Record<string, string> = {},
    remoteAddress = '127.0.0.1',
  ) => test.app.inject({ method: 'POST', url: PATH, payload, headers, remoteAddress });
  const cookieOf = (response: Awaited<ReturnType<typeof signIn>>) => {
    const cookie = response.cookies.find(({ name }) => name === 'wardline_session');
    assert.ok(cookie);
    return `wardline_session=${cookie.value}`;
  };
  const current = (cookie: string) => test.app.inject({ url: PATH, headers: { cookie } });

  it('begin with an email and a password', async () => {
    const response = await signIn();
    assert.equal(response.statusCode, 200);
    assert.partialDeepStrictEqual(response.json(), {
      data: { type: 'session', attributes: { email: 'admin@example.com', name: '' } },
    });
    const again = await current(cookieOf(response));
    assert.equal(again.statusCode, 200);
    assert.deepEqual(again.json(), response.json());
    assert.equal((await signIn({ ...ADMIN, email: ' ADMIN@example.com' })).statusCode, 200);
  });

  it('are held by a cookie that scripts and other sites do not get, and of which a hash is kept', async () => {
    const response = await signIn();
    const [cookie] = response.cookies;
    assert.partialDeepStrictEqual(cookie, {
      httpOnly: true,
      sameSite: 'Strict',
      path: '/',
      maxAge: 12 * 60 * 60,
    });
    assert.equal(cookie!.secure, undefined);
    assert.ok(!JSON.stringify(await test.state.query('SELECT * FROM sessions')).includes(cookie!.value));
    const secure = await signIn(ADMIN, { 'x-forwarded-proto': 'https' }, '10.0.0.1');
    assert.equal(secure.cookies[0]!.secure, true);
    // Only a trusted proxy is believed.
    assert.equal(
      (await signIn(ADMIN, { 'x-forwarded-proto': 'https' }, '10.0.0.2')).cookies[0]!.secure,
      undefined,
    );
  });

  it('slide: they end twelve hours after the last request', async () => {
    const cookie = cookieOf(await signIn());
    assert.equal((await current(cookie)).cookies.length, 0);
    for (let i = 0; i < 4; i++) {
      test.clock.time += 11 * HOUR;
      const response = await current(cookie);
      assert.equal(response.statusCode, 200);
      assert.equal(response.cookies[0]!.maxAge, 12 * 60 * 60);
    }
    test.clock.time += 12 * HOUR;
    assert.deepEqual((await current(cookie)).json(), NOBODY);
  });

  it('end when the user signs out', async () => {
    const cookie = cookieOf(await signIn());
    const response = await test.app.inject({ method: 'DELETE', url: PATH, headers: { cookie } });
    assert.equal(response.statusCode, 204);
    assert.equal(response.cookies[0]!.value, '');
    assert.deepEqual((await current(cookie)).json(), NOBODY);
  });

  it('are not found out: wrong email and wrong password look alike', async () => {
    const wrong = await signIn({ ...ADMIN, password: 'wrong' });
    const unknown = await signIn({ email: 'nobody@example.com', password: 'wrong' });
    assert.equal(wrong.statusCode, 401);
    assert.deepEqual(wrong.json(), { errors: ['Wrong email or password'] });
    assert.deepEqual(unknown.json(), wrong.json());
    assert.equal(wrong.cookies.length, 0);
  });

  it('name the field that is wrong', async () => {
    const response = await signIn({ email: 'a@b', password: 1 });
    assert.equal(response.statusCode, 400);
    assert.match(response.json().errors[0], /Field 'password' is invalid/);
    assert.equal((await signIn({ email: 'a\0b', password: '\0' })).statusCode, 400);
    assert.equal((await test.app.inject({ method: 'POST', url: PATH })).statusCode, 400);
  });

  it('limit attempts for an account, whoever makes them, and say when to try again', async () => {
    const attempt = (i: number) => signIn({ ...ADMIN, password: 'wrong' }, {}, `192.0.2.${i}`);
    for (let i = 0; i < 10; i++) assert.equal((await attempt(i)).statusCode, 401);
    const limited = await signIn(ADMIN, {}, '192.0.2.100');
    assert.equal(limited.statusCode, 429);
    assert.equal(limited.headers['retry-after'], '30');
    assert.match(limited.json().errors[0], /30 s/);
    test.clock.time += 30_000;
    assert.equal((await signIn(ADMIN, {}, '192.0.2.100')).statusCode, 200);
  });

  it('limit attempts from an address, or an IPv6 network, over all accounts', async () => {
    for (const address of [() => '192.0.2.1', (i: number) => `2001:db8:0:1::${i}`]) {
      const attempt = (i: number) => signIn({ email: `${i}@example.com`, password: 'wrong' }, {}, address(i));
      for (let i = 0; i < 20; i++) assert.equal((await attempt(i)).statusCode, 401);
      assert.equal((await attempt(20)).statusCode, 429);
      assert.equal((await signIn(ADMIN, {}, '198.51.100.1')).statusCode, 200);
    }
  });

  it('limit all addresses of an IPv6 network, however they are spelled', async () => {
    const spellings = (i: number) => (i % 2 ? `2001:db8::${i}` : `2001:db8:0:0:a:b:c:${i}`);
    const attempt = (i: number) => signIn({ email: `${i}@example.com`, password: 'wrong' }, {}, spellings(i));
    for (let i = 1; i <= 20; i++) assert.equal((await attempt(i)).statusCode, 401);
    assert.equal((await attempt(21)).statusCode, 429);
    assert.equal((await signIn(ADMIN, {}, '2001:db8:0:1::1')).statusCode, 200);
  });

  it('are not denied by the wrong guesses of others, where one has signed in before', async () => {
    const home = '198.51.100.7';
    assert.equal((await signIn(ADMIN, {}, home)).statusCode, 200);
    const guess = (i: number, from = home) => signIn({ ...ADMIN, password: `wrong ${i}` }, {}, from);
    for (let i = 0; i < 11; i++) await guess(i, `192.0.2.${i}`);
    assert.equal((await guess(11, '192.0.2.11')).statusCode, 429);
    assert.equal((await signIn(ADMIN, {}, home)).statusCode, 200);
    // Guesses from there are limited all the same.
    for (let i = 0; i < 10; i++) assert.equal((await guess(i)).statusCode, 401);
    assert.equal((await guess(10)).statusCode, 429);
  });

  it('leave an account its attempts when an address has used up its own', async () => {
    const from = '203.0.113.9';
    for (let i = 0; i < 20; i++) await signIn({ email: `${i}@example.com`, password: 'wrong' }, {}, from);
    for (let i = 0; i < 15; i++) assert.equal((await signIn(ADMIN, {}, from)).statusCode, 429);
    assert.equal((await signIn(ADMIN, {}, '203.0.113.10')).statusCode, 200);
  });

  const origins: [name: string, headers: Record<string, string>, status: number][] = [
    ['a client that is no browser', {}, 200],
    ['the same origin', { origin: 'http://localhost:80' }, 200],
    ['another origin', { origin: 'https://evil.example' }, 403],
    ['an origin that is hidden', { origin: 'null' }, 403],
    [
      'the same origin, as the browser says, behind a proxy',
      { 'sec-fetch-site': 'same-origin', origin: 'https://w.example' },
      200,
    ],
    ['another site, as the browser says', { 'sec-fetch-site': 'cross-site' }, 403],
    ['another origin of the same site', { 'sec-fetch-site': 'same-site', origin: 'http://localhost' }, 403],
  ];
  for (const [name, headers, status] of origins) {
    it(`write for ${name}: ${status}`, async () => {
      const cookie = cookieOf(await signIn());
      const write = {
        method: 'POST',
        url: '/api/v2/write',
        headers: { ...headers, cookie, host: 'localhost' },
      } as const;
      assert.equal((await test.app.inject(write)).statusCode, status);
      assert.equal((await signIn(ADMIN, { ...headers, host: 'localhost' })).statusCode, status);
    });
  }

  it('do not count where keys are given', async () => {
    const cookie = cookieOf(await signIn());
    const wrong = { cookie, ...KEYS, 'dd-api-key': 'f'.repeat(32) };
    const write = { method: 'POST', url: '/api/v2/write' } as const;
    assert.equal((await test.app.inject({ ...write, headers: KEYS })).statusCode, 200);
    assert.equal((await test.app.inject({ ...write, headers: wrong })).statusCode, 403);
  });

  it('are refused in any other form', async () => {
    for (const token of ['', 'x', 'A'.repeat(43), "' OR 1=1 --", '%00', 'A'.repeat(10_000)]) {
      assert.deepEqual((await current(`wardline_session=${token}`)).json(), NOBODY, token.slice(0, 50));
    }
  });
});
