// Prints what can be seen of the functions that the agent hooks.
const childProcess = require('node:child_process');
const fs = require('node:fs');
const http = require('node:http');
const https = require('node:https');
const path = require('node:path');
const { promisify } = require('node:util');

const holders = {
  childProcess,
  fs,
  promises: fs.promises,
  http,
  https,
  path,
  posix: path.posix,
  response: http.ServerResponse.prototype,
  globals: { fetch },
};
const surface = {};
for (const [holder, functions] of Object.entries(holders)) {
  for (const [name, value] of Object.entries(functions)) {
    if (typeof value !== 'function') continue;
    const custom = value[promisify.custom];
    surface[`${holder}.${name}`] = {
      name: value.name,
      length: value.length,
      keys: Object.keys(value),
      ...(custom && { custom: [custom.name, custom.length] }),
    };
  }
}
console.log(`surface ${JSON.stringify(surface)}`);
console.log(`same ${path === path.posix} ${fs.promises === require('node:fs/promises')}`);
const promise = promisify(childProcess.exec)('echo promised');
console.log(`child ${promise.child.pid > 0}`);
promise.then(({ stdout, stderr }) => console.log(`output ${JSON.stringify({ stdout, stderr })}`));
