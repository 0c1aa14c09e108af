// Express from an ES module, with named imports. `EXPRESS` names the version.
import { exec, execFile, execFileSync, execSync, fork, spawn, spawnSync } from 'node:child_process';
import cookieParser from 'cookie-parser';
import { Pool, Query } from 'pg';
import expressApp from './express-app.cjs';
import sinks from './sinks.cjs';

const { default: express } = await import(process.env.EXPRESS);
const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 1 });
pool.on('error', () => {});
const app = expressApp.createApp(express, cookieParser, {
  ...sinks.commandSinks({ exec, execFile, execFileSync, execSync, fork, spawn, spawnSync }),
  ...sinks.pgSinks(pool, Query),
});
const server = app.listen(0, '127.0.0.1', () => console.log(`listening on ${server.address().port}`));
