// One deliberately vulnerable function for each sink and each way to call it. Each takes the visitor's input and
// resolves to text. A comment marks the line where the sink is called.
const { promisify } = require('node:util');
const { once } = require('node:events');

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
