// A server of node:http without a framework, from an ES module, with named imports.
import { exec, execFile, execFileSync, execSync, fork, spawn, spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, readdir, readFile, readFileSync, writeFileSync } from 'node:fs';
import { copyFile, open, readFile as readFilePromise, rm } from 'node:fs/promises';
import { createServer, get, request } from 'node:http';
import { join, resolve } from 'node:path';
import httpApp from './http-app.cjs';
import sinks from './sinks.cjs';

const modern = !process.versions.node.startsWith('20.');
const sqlite = modern ? await import('node:sqlite') : undefined;
const Database = modern ? (await import('better-sqlite3')).default : undefined;
const undici = modern ? await import('undici') : undefined;

const handler = httpApp.createHandler({
  ...sinks.commandSinks({ exec, execFile, execFileSync, execSync, fork, spawn, spawnSync }),
  ...sinks.fileSinks(
    { createReadStream, createWriteStream, readdir, readFile, readFileSync, writeFileSync },
    { copyFile, open, readFile: readFilePromise, rm },
    { join, resolve },
  ),
  ...sinks.httpSinks({ get, request }, fetch, undici),
  ...(sqlite && sinks.nodeSqliteSinks(sqlite)),
  ...(Database && sinks.betterSqliteSinks(Database)),
});
const server = createServer(handler);
server.listen(0, '127.0.0.1', () => console.log(`listening on ${server.address().port}`));
