// Fastify 5 from CommonJS.
const fastify = require('fastify');
const { createApp } = require('./fastify-app.cjs');

createApp(fastify);
