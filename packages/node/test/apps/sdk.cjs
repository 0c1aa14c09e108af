// What an application tells the agent about its users.
const http = require('node:http');
const { appsec } = require(process.env.WARDLINE_BUNDLE);

// Outside a request nothing happens.
appsec.setUser({ id: 'nobody' });
appsec.trackUserLoginSuccess('nobody', { id: 'nobody' });
appsec.trackUserLoginFailure('nobody', false);
appsec.trackCustomEvent('nothing');
console.log(`outside ${appsec.isUserBlocked({ id: 'mallory' })} ${appsec.blockRequest()}`);

const ACTIONS = {
  '/user': (user) => appsec.setUser({ id: user, email: `${user}@example.org`, session_id: 's-1' }),
  '/success': (user) =>
    appsec.trackUserLoginSuccess(user, { id: `id-${user}` }, { device: { kind: 'phone' } }),
  '/failure': (user) => appsec.trackUserLoginFailure(user, true, { attempt: 3 }),
  '/custom': (user) => appsec.trackCustomEvent('order.placed', { user, total: 12.5, nothing: null }),
  '/blocked-user': (user, req, res) => {
    if (appsec.isUserBlocked({ id: user })) appsec.blockRequest(req, res);
  },
  '/user-then-blocked': (user) => {
    appsec.setUser({ id: user });
    if (appsec.isUserBlocked({ id: user })) appsec.blockRequest();
  },
  '/nonsense': () => {
    appsec.setUser(undefined);
    appsec.setUser({ id: {} });
    appsec.trackUserLoginSuccess(undefined);
    appsec.trackUserLoginFailure(null, undefined, 'no object');
    appsec.trackCustomEvent('');
    appsec.isUserBlocked(null);
  },
};
const server = http.createServer(async (req, res) => {
  const url = new URL(req.url, 'http://localhost');
  await Promise.resolve();
  ACTIONS[url.pathname](url.searchParams.get('user'), req, res);
  res.end('answered');
});
server.listen(0, '127.0.0.1', () => console.log(`listening on ${server.address().port}`));
