import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { detectShellInjection, shellCommand } from './shell.ts';
import { readCommandLine } from './shell-readings.ts';
import type { ShellLanguage } from './shells.ts';
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
    'sh -c ',
    'cmd /c ',
    'powershell -c ',
    '^',
    '%x:~1%',
    "@'\n",
    '\u2019',
    '\u201d',
    '<#',
  ],
];
const shellLike = fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 40 }).map((parts) => parts.join(''));
const anyText = fc.oneof(shellLike, fc.string({ unit: 'binary' }));

const LANGUAGES: (ShellLanguage | undefined)[] = [undefined, 'posix', 'cmd', 'powershell'];
const anyLanguage = fc.constantFrom(...LANGUAGES);

function isFound(command: string | string[], input: string, language?: ShellLanguage): boolean {
  return detectShellInjection(shellCommand(command, language), input) !== null;
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
      fc.property(anyText, anyText, anyLanguage, (command, input, language) => {
        isFound(command + input, input, language);
        isFound([command, input, command], input, language);
      }),
      { numRuns: 3000 },
    );
  });

  test('finds no input that does not occur', () => {
    fc.assert(
      fc.property(anyText, anyText, (command, input) => {
        const trimmed = input.trim();
        fc.pre(!input.includes('%'));
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

  test('finds no input in the quotes of cmd.exe and PowerShell that escape it', () => {
    fc.assert(
      fc.property(anyText, (input) => {
        fc.pre(!'convert -size 10 '.includes(input.trim().toLowerCase()));
        const inSingle = `convert -size 10 '${input.replace(/['\u2018-\u201b]/g, '$&$&')}' out.png`;
        assert.equal(isFound(inSingle, input, 'powershell'), false);
        const inDouble = `convert -size 10 "${input.replace(/[`$"\u201c-\u201e]/g, '`$&')}" out.png`;
        assert.equal(isFound(inDouble, input, 'powershell'), false);
        if (/["%\n]/.test(input)) return;
        assert.equal(isFound(`convert -size 10 "${input}" out.png`, input, 'cmd'), false);
      }),
      { numRuns: 2000 },
    );
  });

  test('reads a command line and its inputs in linear time', () => {
    const more = [
      'a;',
      '"$(',
      "\\'",
      '"`',
      `"$${'{'}`,
      '{ a;',
      'sh ',
      'sh -c "',
      "sh -c '",
      'sh -c a;',
      '$(sh "',
    ];
    const windows = ['C:\\a ', 'cmd /c "', '%x:~', '%', '^', "@'\n", '<#', '`"', '\u2018', 'powershell -c {'];
    for (const language of LANGUAGES) {
      for (const fragment of [...FRAGMENTS, ...more, ...windows]) {
        const reads = (count: number) => {
          const command = `sh -c ${fragment.repeat(count)}`;
          return countReads(() => {
            for (let length = 2; length < 6; length++) isFound(command, fragment.repeat(length), language);
            isFound(command, fragment.repeat(count / 2), language);
          });
        };
        const small = reads(2000);
        assert.ok(reads(4000) <= small * 2.5, `${language} ${JSON.stringify(fragment)}: ${small}`);
      }
    }
  });

  test('reads a bounded number of command lines within a command line', () => {
    const command = 'bash -c "ls"; '.repeat(1000);
    assert.ok(readCommandLine(command, 'posix').length <= 17);
  });
});

describe('readCommandLine', () => {
  test('gives tokens that follow each other within the text', () => {
    fc.assert(
      fc.property(anyText, anyLanguage, (text, language) => {
        for (const { tokens } of readCommandLine(text, language)) {
          const { starts, ends } = tokens;
          let position = 0;
          for (let index = 0; index < starts.length; index++) {
            assert.ok(starts[index]! >= position && ends[index]! > starts[index]!);
            position = ends[index]!;
          }
          assert.ok(position <= text.length);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
