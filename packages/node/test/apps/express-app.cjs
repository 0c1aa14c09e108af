// The application of the Express tests; the same for Express 4 and 5, CommonJS and ES modules.

exports.createApp = (express, cookieParser, sinks) => {
  const app = express();
  app.set('query parser', 'extended');
  app.use(express.json());
  app.use(express.urlencoded({ extended: true }));
  app.use(express.text());
  app.use(express.raw());
  app.use(cookieParser('secret'));

  // Without a catch: in Express 4 a rejection is nobody's, in Express 5 it is the router's.
  app.get('/sinks/:name', async (req, res) => {
    const text = await sinks[req.params.name](req.query.input);
    console.log(`ran ${req.params.name}`);
    res.send(text);
  });

  app.all('/inputs', (req, res) => {
    console.log(`handled ${req.method} ${req.headers.case}`);
    res.json({ body: Buffer.isBuffer(req.body) ? String(req.body) : req.body, query: req.query });
  });

  const tenant = express.Router({ mergeParams: true });
  tenant.param('id', (_req, _res, next, id) => {
    console.log(`param ${id}`);
    next();
  });
  tenant.get('/', (_req, res) => res.send('tenant'));
  tenant.get('/users/:id', (req, res) => {
    console.log(`user ${req.params.id}`);
    res.json(req.params);
  });
  app.use('/tenants/:tenant', tenant);
  app.get(/^\/pattern\/([^/]+)$/, (req, res) => res.json(req.params));

  app.get('/status/:code', (req, res) => {
    res.status(Number(req.params.code)).set('x-answer', String(req.query.header)).send('answered');
  });
  app.get('/late', async (req, res) => {
    res.write('begun');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await sinks.exec(req.query.input);
    res.end('done');
  });
  app.get('/fails', () => {
    throw new Error('of the application');
  });

  app.use((error, _req, res, _next) => {
    console.log(`error handler: ${error.message}`);
    res.status(500).send('application error');
  });
  return app;
};
