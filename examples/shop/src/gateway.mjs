// The shop's front door: an ES module on Express 5, protected by `node --import @wardline/node/register`.
import cookieParser from 'cookie-parser';
import express from 'express';

const { PORT, ORDERS_URL, ACCOUNTS_URL } = process.env;

const app = express();
app.use(express.json());
app.use(express.urlencoded({ extended: true }));
app.use(cookieParser());

/** Answers with what another service answered. */
async function relay(res, url, options) {
  const answer = await fetch(url, options);
  res.status(answer.status).type(answer.headers.get('content-type') ?? 'text/plain');
  res.send(await answer.text());
}

app.get('/', (_req, res) => {
  res
    .type('html')
    .send('<!doctype html><title>Shop</title><h1>Shop</h1><p>Try <a href="/search?q=tea">tea</a>.</p>');
});

app.get('/search', (req, res) =>
  relay(res, `${ORDERS_URL}/products?q=${encodeURIComponent(req.query.q ?? '')}`),
);

app.get('/products/:id', (req, res) =>
  relay(res, `${ORDERS_URL}/products/${encodeURIComponent(req.params.id)}`),
);

app.get('/invoices', (req, res) =>
  relay(res, `${ORDERS_URL}/invoices?file=${encodeURIComponent(req.query.file ?? '')}`),
);

app.post('/orders', (req, res) =>
  relay(res, `${ORDERS_URL}/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(req.body),
  }),
);

app.post('/login', (req, res) =>
  relay(res, `${ACCOUNTS_URL}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: req.body?.email, password: req.body?.password }),
  }),
);

app.get('/lookup', (req, res) =>
  relay(res, `${ACCOUNTS_URL}/lookup?host=${encodeURIComponent(req.query.host ?? '')}`),
);

app.get('/tool', (req, res) =>
  relay(res, `${ACCOUNTS_URL}/tool?name=${encodeURIComponent(req.query.name ?? '')}`),
);

// Deliberately vulnerable: meant for the shop's own pages, it fetches whatever address the visitor names.
async function preview(address) {
  const answer = await fetch(new URL(String(address), ORDERS_URL));
  console.log('sink ran: fetch');
  return (await answer.text()).slice(0, 1000);
}

app.get('/preview', async (req, res) => {
  res.type('text').send(await preview(req.query.url));
});

app.get('/healthz', (_req, res) => {
  res.send('ok');
});

app.use((error, _req, res, _next) => {
  console.error(`gateway: ${error.message}`);
  res.status(500).json({ error: 'Something went wrong' });
});

const server = app.listen(Number(PORT), '127.0.0.1', (error) => {
  if (error) throw error;
  console.log(`gateway listens on ${PORT}`);
});
process.on('SIGTERM', () => server.close(() => process.exit(0)));
