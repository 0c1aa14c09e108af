import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { PAGE_POLICY } from '../http/security-headers.ts';

/** Vite's folder for files whose names hold a hash of their content. */
const HASHED = /[/\\]assets[/\\]/;
const IMMUTABLE = 'public, max-age=31536000, immutable';

const NOT_BUILT = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Wardline</title></head>
<body>
<h1>The UI is not built</h1>
<p>The platform is up: its API and its intake work. To see the UI, run <code>make build</code> in the repository and start
the platform again.</p>
</body>
</html>
`;

/** Where the UI's files are: in the package `@wardline/web`, if that is installed and built. */
export function findUi(): string | undefined {
  try {
    const directory = join(
      dirname(createRequire(import.meta.url).resolve('@wardline/web/package.json')),
      'dist',
    );
    return existsSync(join(directory, 'index.html')) ? directory : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Serves the UI's files to everyone: they hold no data. Returns what sends the index page, in which the UI's own routes
 * begin; without a directory it is one that says how to build the UI.
 */
export function serveUi(app: FastifyInstance, directory: string | undefined): (reply: FastifyReply) => void {
  const config = { access: 'public' } as const;
  if (directory === undefined) {
    const sendNotBuilt = (reply: FastifyReply): void => {
      reply.type('text/html; charset=utf-8').header('content-security-policy', PAGE_POLICY).send(NOT_BUILT);
    };
    app.get('/', { config }, (_request, reply) => sendNotBuilt(reply));
    return sendNotBuilt;
  }
  app.register(fastifyStatic, {
    root: directory,
    serve: false,
    cacheControl: false,
    dotfiles: 'ignore',
    index: false,
    setHeaders(reply, path) {
      reply.header('cache-control', HASHED.test(path) ? IMMUTABLE : 'no-cache');
      if (path.endsWith('.html')) reply.header('content-security-policy', PAGE_POLICY);
    },
  });
  const sendIndex = (reply: FastifyReply): void => {
    reply.sendFile('index.html');
  };
  app.get('/', { config }, (_request, reply) => sendIndex(reply));
  // A path that is no file goes on to the handler of what is not found.
  app.get<{ Params: { '*': string } }>('/*', { config }, (request, reply) => {
    reply.sendFile(request.params['*']);
  });
  return sendIndex;
}
