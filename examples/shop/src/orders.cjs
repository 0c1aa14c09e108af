// Products and orders: CommonJS on Express 4, protected by one line at the top.
require('@wardline/node').init();

const fs = require('node:fs');
const path = require('node:path');
const express = require('express4');
const { Pool } = require('pg');

const { PORT, DATABASE_URL, ACCOUNTS_URL } = process.env;
const pool = new Pool({ connectionString: DATABASE_URL, max: 1 });

const app = express();
app.use(express.json());

/** What accounts knows of the visitor's discount, as a factor. */
async function discount() {
  const answer = await fetch(`${ACCOUNTS_URL}/discounts/guest`);
  return (await answer.json()).factor;
}

// Deliberately vulnerable: the search term is pasted into the statement.
async function searchProducts(term) {
  const sql = `SELECT id, name, price FROM products WHERE name ILIKE '%${term}%' AND NOT hidden ORDER BY id`;
  const found = await pool.query(sql);
  console.log('sink ran: sql');
  return Array.isArray(found) ? found.flatMap((result) => result.rows) : found.rows;
}

app.get('/products', async (req, res, next) => {
  try {
    const [products, factor] = await Promise.all([searchProducts(req.query.q), discount()]);
    res.json({ products, factor });
  } catch (error) {
    next(error);
  }
});

app.get('/products/:id', async (req, res, next) => {
  try {
    const { rows } = await pool.query('SELECT id, name, price FROM products WHERE id = $1 AND NOT hidden', [
      Number.parseInt(req.params.id, 10) || 0,
    ]);
    if (rows.length === 0) return res.status(404).json({ error: 'No such product' });
    res.json(rows[0]);
  } catch (error) {
    next(error);
  }
});

// Deliberately vulnerable: the file's name may lead anywhere.
function readInvoice(file, done) {
  fs.readFile(path.join(__dirname, 'invoices') + path.sep + file, 'utf8', done);
}

app.get('/invoices', (req, res, next) => {
  readInvoice(req.query.file, (error, text) => {
    if (error)
      return error.code === 'ENOENT' ? res.status(404).json({ error: 'No such invoice' }) : next(error);
    console.log('sink ran: file');
    res.type('text').send(text);
  });
});

app.post('/orders', async (req, res, next) => {
  try {
    const { product, quantity, note } = req.body;
    const { rows } = await pool.query(
      'INSERT INTO orders (product, quantity, note) VALUES ($1, $2, $3) RETURNING id',
      [product, quantity, note ?? ''],
    );
    res.status(201).json({ id: rows[0].id });
  } catch (error) {
    next(error);
  }
});

app.get('/healthz', (_req, res) => {
  res.send('ok');
});

app.use((error, _req, res, _next) => {
  console.error(`orders: ${error.message}`);
  res.status(500).json({ error: 'Something went wrong' });
});

const server = app.listen(Number(PORT), '127.0.0.1', () =>
  console.log(`orders listens on ${server.address().port}`),
);
process.on('SIGTERM', () => server.close(() => process.exit(0)));
