import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takeStack } from './stack.ts';

test('a stack leaves out the agent, and leaves Error as it was', () => {
  const { prepareStackTrace, stackTraceLimit } = Error;
  const stack = takeStack('an-id');
  assert.equal(stack.id, 'an-id');
  assert.equal(stack.language, 'nodejs');
  assert.ok(stack.frames.length > 0);
  assert.ok(stack.frames.every(({ file, in_app }) => !file.includes('guard/stack') && !in_app));
  assert.deepEqual(
    stack.frames.map((frame) => frame.id),
    stack.frames.map((_, index) => index),
  );
  assert.equal(Error.prepareStackTrace, prepareStackTrace);
  assert.equal(Error.stackTraceLimit, stackTraceLimit);
});

test('a stack has at most 32 frames', () => {
  const nest = (depth: number): ReturnType<typeof takeStack> =>
    depth === 0 ? takeStack('an-id') : [0].map(() => nest(depth - 1))[0]!;
  assert.ok(nest(200).frames.length <= 32);
});
