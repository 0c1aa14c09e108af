import assert from 'node:assert/strict';
import test from 'node:test';
import { createLogger, createThrottle } from './log.ts';

test('writes what its level allows, one line a message', () => {
  const lines: string[] = [];
  const log = createLogger('warn', (line) => lines.push(line));
  log.error('broken');
  log.warn('two\nlines\r');
  log.info('not this');
  log.debug('nor this');
  assert.deepEqual(lines, ['wardline: error: broken\n', 'wardline: warn: two\\nlines\\r\n']);
});

test('off is silent', () => {
  const lines: string[] = [];
  createLogger('off', (line) => lines.push(line)).error('broken');
  assert.deepEqual(lines, []);
});

test('a throttle lets one message through in its interval', () => {
  let time = 0;
  let logged = 0;
  const throttle = createThrottle(1000, () => time);
  for (time of [0, 1, 999, 1000, 1500, 2000]) throttle(() => logged++);
  assert.equal(logged, 3);
});
