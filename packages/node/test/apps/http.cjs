// A server of node:http without a framework, from CommonJS.
const childProcess = require('node:child_process');
const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const { createHandler } = require('./http-app.cjs');
const sinks = require('./sinks.cjs');

const optional = (name) => {
  try {
    return require(name);
  } catch {
    return undefined;
  }
};
const sqlite = optional('node:sqlite');
const Database = process.versions.node.startsWith('20.') ? undefined : require('better-sqlite3');
const undici = process.versions.node.startsWith('20.') ? undefined : require('undici');

const handler = createHandler({
  ...sinks.commandSinks(childProcess),
  ...sinks.fileSinks(fs, fs.promises, path),
  ...sinks.httpSinks(http, fetch, undici),
  ...(sqlite && sinks.nodeSqliteSinks(sqlite)),
  ...(Database && sinks.betterSqliteSinks(Database)),
});
const server = http.createServer(handler);
server.on('upgrade', (req, socket) => {
  console.log(`upgraded ${req.url}`);
  socket.end('HTTP/1.1 101 Switching Protocols\r\nupgrade: test\r\nconnection: upgrade\r\n\r\n');
});
server.listen(0, '127.0.0.1', () => console.log(`listening on ${server.address().port}`));
