// An application that loads its packages before it starts the agent.
const express = require('express');
const childProcess = require('node:child_process');
const pg = require('pg');
require(process.env.WARDLINE_BUNDLE).init();
const cookieParser = require('cookie-parser');
const { createApp } = require('./express-app.cjs');
const { commandSinks, pgSinks } = require('./sinks.cjs');

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 1 });
const app = createApp(express, cookieParser, { ...commandSinks(childProcess), ...pgSinks(pool, pg.Query) });
const server = app.listen(0, '127.0.0.1', () => console.log(`listening on ${server.address().port}`));
