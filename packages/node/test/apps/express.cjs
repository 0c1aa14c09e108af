// Express from CommonJS. `EXPRESS` names the version.
const childProcess = require('node:child_process');
const { createApp } = require('./express-app.cjs');
const express = require(process.env.EXPRESS);
const cookieParser = require('cookie-parser');
const pg = require('pg');
const { commandSinks, pgSinks } = require('./sinks.cjs');

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 1 });
pool.on('error', () => {});
const app = createApp(express, cookieParser, { ...commandSinks(childProcess), ...pgSinks(pool, pg.Query) });
const server = app.listen(0, '127.0.0.1', () => console.log(`listening on ${server.address().port}`));
