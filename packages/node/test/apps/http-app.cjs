// The handler of the tests without a framework. Nobody catches its errors: they are the process's.

const { createGunzip } = require('node:zlib');

async function textOf(req) {
  const stream = req.headers['content-encoding'] === 'gzip' ? req.pipe(createGunzip()) : req;
  let text = '';
  for await (const chunk of stream) text += chunk;
  return text;
}

/** The value of `input`, in a multipart form or in JSON. */
const inputOf = (text) => /name="input"\r\n\r\n(.*)\r\n/.exec(text)?.[1] ?? JSON.parse(text).input;

exports.createHandler = (sinks) => (req, res) => {
  const url = new URL(req.url, 'http://localhost');
  const [, route, name] = url.pathname.split('/');
  const input = url.searchParams.get('input');
  if (route === 'sinks') {
    return sinks[name](input).then((text) => {
      console.log(`ran ${name}`);
      res.end(text);
    });
  }
  if (route === 'sync') {
    // Thrown out of the request listener.
    const { execSync } = require('node:child_process');
    res.end(execSync(`echo ${input}`)); // sink: sync
    console.log('ran sync');
    return undefined;
  }
  if (route === 'after-response') {
    res.end('answered');
    setTimeout(() => sinks.exec(input).then(() => console.log('ran after-response')), 30);
    return undefined;
  }
  if (route === 'trigger') {
    // The application's own errors must end as they would without the agent.
    if (name === 'throw') throw new Error('of the application');
    return Promise.reject(new Error('of the application'));
  }
  if (route === 'wrapped') {
    return sinks.exec(input).catch((cause) => {
      throw new Error('wrapped', { cause });
    });
  }
  if (route === 'body') {
    const chunks = [];
    req.on('data', (chunk) => chunks.push(chunk));
    req.on('end', () => {
      sinks.exec(url.searchParams.get('input')).then((text) => res.end(text));
    });
    return undefined;
  }
  if (route === 'raw') {
    // Without a framework, nobody but the application itself parses the body.
    return textOf(req).then(async (text) => {
      console.log(`read ${req.headers.case}`);
      const output = name === 'exec' ? await sinks.exec(inputOf(text)) : 'answered';
      console.log(`ran ${req.headers.case}`);
      res.end(output);
    });
  }
  if (route === 'swallow') {
    // An application that takes the error for an ordinary one, and answers.
    return sinks.exec(input).catch((error) => {
      res.statusCode = 500;
      res.setHeader('x-error', error.name);
      res.write('swallowed');
      res.end('!');
    });
  }
  console.log(`handled ${req.url}`);
  res.setHeader('x-answer', 'yes');
  res.writeHead(200, { 'content-type': 'text/plain' });
  res.end('answered');
  return undefined;
};
