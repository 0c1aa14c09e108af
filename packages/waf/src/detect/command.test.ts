import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { detectCommandInjection, execCommand } from './command.ts';
import { COMMAND_VECTORS, type CommandVector, countReads, readVectors } from './test-support.ts';

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
      fc.constantFrom(
        'sh',
        'bash',
        'env',
        'cmd',
        'powershell',
        'ssh',
        'su',
        'x.bat',
        'C:x',
        '-enc',
        'YQBiAA==',
      ),
      fc.constantFrom('-c', '/c', '/d/c', '--', '-', '-o', '+', '', '/', '"', '" & "', 'x;y'),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(argument), argument, (argv, input) => {
        const found = detectCommandInjection(execCommand(argv), input) !== null;
        const occurs = argv.some((part) => part.toLowerCase().includes(input.trim().toLowerCase()));
        const isMade = argv.some((part) => /^(?:c:|-e)/i.test(part)) || input.includes('%');
        if (!occurs && !isMade && !argv.some((part) => part.includes(input.trim().toUpperCase()))) {
          assert.equal(found, false);
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('reads arguments and an input in linear time', () => {
    for (const program of [
      ['sh', '-c'],
      ['cmd', '/c'],
      ['pwsh', '-c'],
      ['pwsh', '-enc'],
      ['x.bat'],
      ['ssh', 'h'],
      ['/'],
    ]) {
      for (const fragment of ['a', 'a ', '/', '\\', '-', '"', ';', '../', 'AAAA', 'sh -c ', 'C:']) {
        const reads = (count: number) => {
          const many = Array.from({ length: count / 10 }, () => fragment);
          return countReads(() => {
            detectCommandInjection(
              execCommand([...program, fragment.repeat(count)]),
              fragment.repeat(count / 2),
            );
            detectCommandInjection(execCommand([...program, ...many]), fragment.repeat(3));
            detectCommandInjection(execCommand([fragment.repeat(count), ...many]), fragment.repeat(5));
          });
        };
        const small = reads(2000);
        assert.ok(reads(4000) <= small * 2.5, `${program.join(' ')} ${JSON.stringify(fragment)}: ${small}`);
      }
    }
  });
});
