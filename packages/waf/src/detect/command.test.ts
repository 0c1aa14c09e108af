import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { detectCommandInjection, execCommand } from './command.ts';
import { COMMAND_VECTORS, type CommandVector, readVectors } from './test-support.ts';

describe('detectCommandInjection', () => {
  for (const { argv, input, detect } of readVectors<CommandVector>(...COMMAND_VECTORS)) {
    test(`${detect ? 'finds' : 'passes'} ${JSON.stringify(input)} in ${JSON.stringify(argv)}`, () => {
      assert.equal(detectCommandInjection(execCommand(argv), input) !== null, detect);
    });
  }

  test('reports the arguments in quotes and the input as it stands there', () => {
    assert.deepEqual(detectCommandInjection(execCommand(['sh', '-c', 'ls; id']), '; id'), {
      resource: 'sh "-c" "ls; id"',
      highlight: '; id',
    });
  });

  test('never throws, and finds no input that does not occur', () => {
    const argument = fc.oneof(
      fc.constantFrom('sh', 'bash', 'env', 'cmd', 'powershell', '-c', '/c', '--', '-', '+', '', '/'),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(argument), argument, (argv, input) => {
        const found = detectCommandInjection(execCommand(argv), input) !== null;
        const occurs = argv.some((part) => part.toLowerCase().includes(input.trim().toLowerCase()));
        if (!occurs && !argv.some((part) => part.includes(input.trim().toUpperCase()))) {
          assert.equal(found, false);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
