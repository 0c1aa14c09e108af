import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { detectShellInjection, shellCommand } from './shell.ts';
import { tokenizeShell } from './shell-tokenizer.ts';
import { countReads, readVectors, SHELL_VECTORS, type ShellVector } from './test-support.ts';

const FRAGMENTS = [
  ...[
    "'",
    '"',
    '`',
    '\\',
    '$',
    '$(',
    '$((',
    '))',
    ')',
    '(',
    '{ ',
    '}',
    '$' + '{',
    '$[',
    ']',
    "$'",
    ';',
    '&',
    '|',
  ],
  ...[
    'a',
    'id',
    '-x',
    '/',
    '1',
    '=',
    'x=',
    '<',
    '>',
    '2>&1',
    '&>',
    '<<<',
    '#',
    '!',
    '\n',
    ' ',
    '\t',
    'é',
    '\u0000',
  ],
];
const shellLike = fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 40 }).map((parts) => parts.join(''));
const anyText = fc.oneof(shellLike, fc.string({ unit: 'binary' }));

function isFound(command: string | string[], input: string): boolean {
  return detectShellInjection(shellCommand(command), input) !== null;
}

describe('detectShellInjection', () => {
  for (const { command, input, detect } of readVectors<ShellVector>(...SHELL_VECTORS)) {
    test(`${detect ? 'finds' : 'passes'} ${JSON.stringify(input)} in ${JSON.stringify(command)}`, () => {
      assert.equal(isFound(command, input), detect);
    });
  }

  test('reports the command line and the input as it stands there', () => {
    assert.deepEqual(detectShellInjection(shellCommand(['ls', '', 'a; id']), ' A; ID '), {
      resource: 'ls a; id',
      highlight: 'a; id',
    });
  });

  test('never throws', () => {
    fc.assert(
      fc.property(anyText, anyText, (command, input) => {
        isFound(command + input, input);
        isFound([command, input, command], input);
      }),
      { numRuns: 3000 },
    );
  });

  test('finds no input that does not occur', () => {
    fc.assert(
      fc.property(anyText, anyText, (command, input) => {
        const trimmed = input.trim();
        fc.pre(!command.toLowerCase().includes(trimmed.toLowerCase()));
        fc.pre(!command.includes(trimmed.toUpperCase()));
        assert.equal(isFound(command, input), false);
      }),
    );
  });

  test('finds no input in single quotes that escape it', () => {
    fc.assert(
      fc.property(anyText, (input) => {
        fc.pre(!input.includes("'") && !'convert -size 10 '.includes(input.trim().toLowerCase()));
        assert.equal(isFound(`convert -size 10 '${input}' out.png`, input), false);
      }),
      { numRuns: 2000 },
    );
  });

  test('reads a command line and its inputs in linear time', () => {
    for (const fragment of [...FRAGMENTS, 'a;', '"$(', "\\'", '"`', `"$${'{'}`, '{ a;']) {
      const reads = (count: number) => {
        const command = fragment.repeat(count);
        return countReads(() => {
          for (let length = 2; length < 6; length++) isFound(command, fragment.repeat(length));
        });
      };
      const small = reads(2000);
      assert.ok(reads(4000) <= small * 2.5, `${JSON.stringify(fragment)}: ${small}`);
    }
  });
});

describe('tokenizeShell', () => {
  test('gives tokens that follow each other within the text', () => {
    fc.assert(
      fc.property(anyText, fc.boolean(), (text, ansiQuotes) => {
        const { starts, ends } = tokenizeShell(text, { ansiQuotes });
        let position = 0;
        for (let index = 0; index < starts.length; index++) {
          assert.ok(starts[index]! >= position && ends[index]! > starts[index]!);
          position = ends[index]!;
        }
        assert.ok(position <= text.length);
      }),
      { numRuns: 3000 },
    );
  });
});
