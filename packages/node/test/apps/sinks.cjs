// One deliberately vulnerable function for each sink and each way to call it. Each takes the visitor's input and
// resolves to text. A comment marks the line where the sink is called.
const { promisify } = require('node:util');
const { once } = require('node:events');
const os = require('node:os');

/** The text of a stream, or its error. */
async function textOf(stream) {
  let text = '';
  for await (const chunk of stream) text += chunk;
  return text;
}

/** The output of a child process, or its error. */
async function outputOf(child) {
  const [text] = await Promise.all([textOf(child.stdout), once(child, 'close')]);
  return text;
}

const rows = (result) => JSON.stringify(result.rows ?? result);

exports.commandSinks = ({ exec, execFile, spawn, fork, execSync, execFileSync, spawnSync }) => ({
  exec: (input) =>
    new Promise((resolve, reject) => {
      const done = (error, stdout) => (error ? reject(error) : resolve(stdout));
      exec(`echo ${input}`, done); // sink: exec
    }),
  execWithOptions: (input) =>
    new Promise((resolve, reject) => {
      const done = (error, stdout) => (error ? reject(error) : resolve(stdout));
      exec(`echo ${input}`, { timeout: 5000 }, done); // sink: execWithOptions
    }),
  execPromise: async (input) => {
    const { stdout } = await promisify(exec)(`echo ${input}`); // sink: execPromise
    return stdout;
  },
  execEvents: (input) => outputOf(exec(`echo ${input}`)), // sink: execEvents
  execSync: async (input) => String(execSync(`echo ${input}`)), // sink: execSync
  spawnShell: (input) => outputOf(spawn('echo', [input], { shell: true })), // sink: spawnShell
  spawnSyncShell: async (input) => {
    const { error, stdout } = spawnSync('echo', [input], { shell: true }); // sink: spawnSyncShell
    if (error) throw error;
    return String(stdout);
  },
  execFile: (input) =>
    new Promise((resolve, reject) => {
      const done = (error, stdout) => (error ? reject(error) : resolve(stdout));
      execFile(input, ['ran'], done); // sink: execFile
    }),
  execFilePromise: async (input) => {
    const { stdout } = await promisify(execFile)(input, ['ran']); // sink: execFilePromise
    return stdout;
  },
  execFileSync: async (input) => String(execFileSync(input, ['ran'])), // sink: execFileSync
  spawn: (input) => outputOf(spawn(input, ['ran'])), // sink: spawn
  spawnSync: async (input) => {
    const { error, stdout } = spawnSync(input, ['ran']); // sink: spawnSync
    if (error) throw error;
    return String(stdout);
  },
  fork: async (input) => {
    const child = fork(input, [], { silent: true }); // sink: fork
    await once(child, 'close');
    return 'forked';
  },
});

exports.pgSinks = (pool, Query) => {
  const withClient = async (use) => {
    const client = await pool.connect();
    try {
      return await use(client);
    } finally {
      client.release();
    }
  };
  return {
    poolPromise: async (input) => {
      const sql = `SELECT * FROM users WHERE name = '${input}'`;
      return rows(await pool.query(sql)); // sink: poolPromise
    },
    poolCallback: (input) =>
      new Promise((resolve, reject) => {
        const sql = `SELECT * FROM users WHERE name = '${input}'`;
        pool.query(sql, (error, result) => (error ? reject(error) : resolve(rows(result)))); // sink: poolCallback
      }),
    clientPromise: (input) =>
      withClient(async (client) => {
        const sql = `SELECT * FROM users WHERE name = '${input}'`;
        return rows(await client.query(sql)); // sink: clientPromise
      }),
    clientCallback: (input) =>
      withClient(
        (client) =>
          new Promise((resolve, reject) => {
            const sql = `SELECT * FROM users WHERE name = '${input}'`;
            client.query(sql, (error, result) => (error ? reject(error) : resolve(rows(result)))); // sink: clientCallback
          }),
      ),
    clientConfig: (input) =>
      withClient(async (client) => {
        const text = `SELECT * FROM users WHERE name = '${input}' AND id > $1`;
        return rows(await client.query({ text, values: [0] })); // sink: clientConfig
      }),
    clientPrepared: (input) =>
      withClient(async (client) => {
        const text = `SELECT * FROM users WHERE id > $1 AND name = '${input}'`;
        return rows(await client.query({ name: `${process.pid} ${input}`, text, values: [0] })); // sink: clientPrepared
      }),
    clientSubmittable: (input) =>
      withClient(
        (client) =>
          new Promise((resolve, reject) => {
            const query = new Query(`SELECT * FROM users WHERE name = '${input}'`);
            const found = [];
            query.on('row', (row) => found.push(row));
            query.on('error', reject);
            query.on('end', () => resolve(rows(found)));
            client.query(query); // sink: clientSubmittable
          }),
      ),
  };
};

const FILES = `${__dirname}/files`;

exports.fileSinks = (fs, promises, path) => ({
  readFile: (input) =>
    new Promise((resolve, reject) => {
      const done = (error, text) => (error ? reject(error) : resolve(text));
      fs.readFile(`${FILES}/${input}`, 'utf8', done); // sink: readFile
    }),
  readFileSync: async (input) => fs.readFileSync(`${FILES}/${input}`, 'utf8'), // sink: readFileSync
  readFilePromise: async (input) => {
    return await promises.readFile(`${FILES}/${input}`, 'utf8'); // sink: readFilePromise
  },
  readFileJoined: async (input) => {
    return fs.readFileSync(path.join(FILES, input), 'utf8'); // sink: readFileJoined
  },
  readFileResolved: async (input) => {
    return await promises.readFile(path.resolve(path.join(FILES, input)), 'utf8'); // sink: readFileResolved
  },
  readFileUrl: async (input) => {
    const url = new URL(`file://${FILES}/hello.txt`);
    return fs.readFileSync(input.startsWith('/') ? input : url, 'utf8'); // sink: readFileUrl
  },
  readFileUrlLike: async (input) => {
    // What an object of a parsed JSON body can be; Node takes it for a URL.
    const like = { href: 'file:', protocol: 'file:', hostname: '', pathname: input };
    const path = input.startsWith('/') ? like : `${FILES}/${input}`;
    return fs.readFileSync(path, 'utf8'); // sink: readFileUrlLike
  },
  readFileBytes: async (input) => {
    const bytes = new Uint8Array(Buffer.from(`${FILES}/${input}`));
    return fs.readFileSync(bytes, 'utf8'); // sink: readFileBytes
  },
  open: async (input) => {
    const file = await promises.open(`${FILES}/${input}`); // sink: open
    const text = await file.readFile('utf8');
    await file.close();
    return text;
  },
  createReadStream: (input) => textOf(fs.createReadStream(`${FILES}/${input}`)), // sink: createReadStream
  copyFile: async (input) => {
    const target = path.join(os.tmpdir(), `wardline-copy-${process.pid}`);
    await promises.copyFile(`${FILES}/${input}`, target); // sink: copyFile
    await promises.rm(target);
    return 'copied';
  },
  readdir: (input) =>
    new Promise((resolve, reject) => {
      const done = (error, names) => (error ? reject(error) : resolve(names.join()));
      fs.readdir(`${FILES}/${input}`, done); // sink: readdir
    }),
  writeFile: async (input) => {
    fs.writeFileSync(`${FILES}/${input}`, 'text'); // sink: writeFile
    return 'written';
  },
  createWriteStream: (input) =>
    new Promise((resolve, reject) => {
      const stream = fs.createWriteStream(`${FILES}/${input}`); // sink: createWriteStream
      stream.on('error', reject);
      stream.end('text', (error) => (error ? reject(error) : resolve('written')));
    }),
});

/** The service that the HTTP sinks are meant to ask. */
const PORT = process.env.TARGET_PORT;

exports.httpSinks = (http, fetch, undici) => ({
  httpGet: (input) =>
    new Promise((resolve, reject) => {
      const answered = (response) => textOf(response).then(resolve, reject);
      http.get(`http://${input}:${PORT}/`, answered).on('error', reject); // sink: httpGet
    }),
  httpRequest: (input) =>
    new Promise((resolve, reject) => {
      const answered = (response) => textOf(response).then(resolve, reject);
      const request = http.request({ host: input, port: PORT, path: '/', method: 'POST' }, answered); // sink: httpRequest
      request.on('error', reject);
      request.end('body');
    }),
  httpWithoutOptions: (input) =>
    new Promise((resolve, reject) => {
      const answered = (response) => textOf(response).then(resolve, reject);
      http.get(`http://${input}:${PORT}/`, undefined, answered).on('error', reject); // sink: httpWithoutOptions
    }),
  httpRerouted: (input) =>
    new Promise((resolve, reject) => {
      const answered = (response) => textOf(response).then(resolve, reject);
      http.get('http://127.0.0.9/', { hostname: input, port: PORT }, answered).on('error', reject); // sink: httpRerouted
    }),
  httpUrlLike: (input) =>
    new Promise((resolve, reject) => {
      const answered = (response) => textOf(response).then(resolve, reject);
      // As of another realm, or of the package whatwg-url: all its properties are getters of its class.
      const url = new URL(`http://${input}:${PORT}/`);
      const like = Object.create({
        get href() {
          return url.href;
        },
        get protocol() {
          return url.protocol;
        },
        get hostname() {
          return url.hostname;
        },
        get port() {
          return url.port;
        },
        get pathname() {
          return url.pathname;
        },
        get search() {
          return url.search;
        },
      });
      http.get(like, answered).on('error', reject); // sink: httpUrlLike
    }),
  httpHeaderList: (input) =>
    new Promise((resolve, reject) => {
      const options = { host: input, port: PORT, headers: ['host', 'target', 'x-one', '1'] };
      const answered = (response) => textOf(response).then(resolve, reject);
      http.get(options, answered).on('error', reject); // sink: httpHeaderList
    }),
  fetch: async (input) => {
    const response = await fetch(`http://${input}:${PORT}/`); // sink: fetch
    return await response.text();
  },
  fetchRequest: async (input) => {
    const response = await fetch(new Request(`http://${input}:${PORT}/`, { headers: { a: 'b' } })); // sink: fetchRequest
    return await response.text();
  },
  fetchRedirected: async (input) => {
    const response = await fetch(`http://127.0.0.1:${PORT}/redirect?to=${input}`);
    return await response.text();
  },
  ...(undici && {
    undiciFetchRedirected: async (input) => {
      const response = await undici.fetch(`http://127.0.0.1:${PORT}/redirect?to=${input}`);
      return await response.text();
    },
    undiciFetch: async (input) => {
      const response = await undici.fetch(`http://${input}:${PORT}/`); // sink: undiciFetch
      return await response.text();
    },
    undiciRequest: async (input) => {
      const { body } = await undici.request(`http://${input}:${PORT}/`, { method: 'PUT' }); // sink: undiciRequest
      return await body.text();
    },
    undiciStream: async (input) => {
      const { PassThrough } = require('node:stream');
      const out = new PassThrough();
      await undici.stream(`http://${input}:${PORT}/`, { method: 'GET' }, () => out); // sink: undiciStream
      return await textOf(out);
    },
  }),
});

exports.nodeSqliteSinks = ({ DatabaseSync }) => {
  const db = new DatabaseSync(':memory:');
  db.exec(
    "CREATE TABLE users (name text, secret text); INSERT INTO users VALUES ('ada', 'engine'), ('grace', 'compiler')",
  );
  return {
    nodeSqliteAll: async (input) => {
      const statement = db.prepare(`SELECT * FROM users WHERE name = '${input}'`); // sink: nodeSqliteAll
      return rows(statement.all());
    },
    nodeSqliteExec: async (input) => {
      db.exec(`SELECT * FROM users WHERE name = '${input}'`); // sink: nodeSqliteExec
      return 'executed';
    },
  };
};

exports.betterSqliteSinks = (Database) => {
  const db = new Database(':memory:');
  db.exec(
    "CREATE TABLE users (name text, secret text); INSERT INTO users VALUES ('ada', 'engine'), ('grace', 'compiler')",
  );
  return {
    betterSqliteAll: async (input) => {
      const statement = db.prepare(`SELECT * FROM users WHERE name = '${input}'`); // sink: betterSqliteAll
      return rows(statement.all());
    },
    betterSqliteExec: async (input) => {
      db.exec(`SELECT * FROM users WHERE name = '${input}'`); // sink: betterSqliteExec
      return 'executed';
    },
  };
};
