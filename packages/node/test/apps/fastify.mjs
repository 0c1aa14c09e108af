// Fastify 5 from an ES module.
import fastify from 'fastify';
import fastifyApp from './fastify-app.cjs';

fastifyApp.createApp(fastify);
