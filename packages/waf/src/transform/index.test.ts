import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compileRegex } from '../regex/index.ts';
import { transformerByName } from './index.ts';

const EXAMPLES: Record<string, [input: string, output: string][]> = {
  base64_decode: [
    ['PHNjcmlwdD4=', '<script>'],
    ['PHNjcmlwdD4', '<script>'],
    ['4pyT', '✓'],
    ['not base64', 'not base64'],
    ['PHNj=mlw', 'PHNj=mlw'],
    ['', ''],
  ],
  base64_encode: [
    ['<script>', 'PHNjcmlwdD4='],
    ['✓', '4pyT'],
    ['a', 'YQ=='],
    ['', ''],
  ],
  base64url_decode: [
    ['PDw_Pz4-', '<<??>>'],
    ['PDw/Pz4+', 'PDw/Pz4+'],
  ],
  compress_whitespace: [
    ['union   select', 'union select'],
    ['a\t\tb', 'a\t\tb'],
  ],
  css_decode: [
    ['ja\\76 ascript', 'javascript'],
    ['\\000041b', 'Ab'],
    ['\\110000', '\ufffd'],
    ['a\\\nb\\', 'ab'],
  ],
  html_entity_decode: [
    ['&lt;img onerror&#61;alert&#x28;1)&GT;', '<img onerror=alert(1)>'],
    ['&#65&#x42', 'AB'],
    ['&#xD800;&#99999999999999999999;', '\ufffd\ufffd'],
    ['&nope; & &#;', '&nope; & &#;'],
  ],
  js_decode: [
    ['\\x61lert\\u0028\\n', 'alert(\n'],
    ['\\ud83d\\ude00', '😀'],
    ['\\ud83d!', '\ufffd!'],
    ['\\x4\\', '4\\'],
  ],
  lowercase: [
    ['SeLeCt', 'select'],
    ['ÄB', 'Äb'],
  ],
  normalize_path: [
    ['/var/www/./html/../../etc', '/var/etc'],
    ['../a', '../a'],
    ['../../a', '/a'],
    ['/../../a', '/a'],
    ['a.b/.c/..d', 'a.b/.c/..d'],
  ],
  normalize_path_win: [['C:\\temp\\..\\windows', 'C:/windows']],
  remove_comments: [
    ['un<!-- -->ion select 1 -- x', 'union select 1 '],
    ['a/*b*/c#d', 'ac'],
    ['a/*b', 'a'],
    ['a/*/b', 'a'],
  ],
  remove_nulls: [['<scr\0ipt>\0', '<script>']],
  shell_unescape: [
    ['C^A"T"   /etc;,LS', 'cat/etc ls'],
    ['a (b', 'a(b'],
  ],
  unicode_normalize: [
    ['é\ud83dx\ude00', 'e\ufffdx\ufffd'],
    ['é😀', 'e😀'],
    ['ｓéｌｅｃｔ ﬁ ß', 'select fi ss'],
    ['‘＜script＞’', "'<script>'"],
    ['ÉＳ', 'ES'],
    ['a\u{e0041}', 'aA'],
  ],
  url_basename: [
    ['/a/b/shell.php?x=1', 'shell.php'],
    ['shell.php', 'shell.php'],
    ['/a/?b/c', ''],
  ],
  url_decode: [
    ['a%3Db+c', 'a=b c'],
    ['%E2%9C%93%C0%AF', '✓\u00c0\u00af'],
    ['%2527%', '%27%'],
  ],
  url_decode_iis: [
    ['%2527%u0020or', "' or"],
    ['%u00e9%u12', 'é%u12'],
  ],
  url_path: [['/a/b.php?x=1#top', '/a/b.php']],
  url_querystring: [
    ['/a/b.php?x=1#top', 'x=1'],
    ['/a#?x', ''],
  ],
};

for (const [name, examples] of Object.entries(EXAMPLES)) {
  test(name, () => {
    const transformer = transformerByName(name)!;
    for (const [input, output] of examples)
      assert.equal(transformer.apply(input), output, JSON.stringify(input));
  });
}

test('aliases name the same transformers', () => {
  const aliases = { urlDecodeUni: 'url_decode_iis', cmdLine: 'shell_unescape', _sqr_filename: 'url_path' };
  for (const [alias, name] of Object.entries(aliases)) {
    assert.equal(transformerByName(alias), transformerByName(name));
  }
  assert.equal(transformerByName('constructor'), undefined);
});

test('transformers take any string and never make it much longer', () => {
  const hostile = fc.string({
    unit: fc.constantFrom(...'%25u00eE9+\\x&#;lt<!-/*./ =AZ', '\ud800', 'ﷺ', '\0'),
    maxLength: 200,
  });
  for (const name of Object.keys(EXAMPLES)) {
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: 'binary' })), (text) => {
        // The longest decomposition of a character has 18.
        assert.ok(transformerByName(name)!.apply(text).length <= 18 * text.length);
      }),
    );
  }
});

test('unicode_normalize knows all that becomes a character of which it names the sources', () => {
  const { apply, sources } = transformerByName('unicode_normalize')!;
  for (let codePoint = 0x80; codePoint <= 0x10ffff; codePoint++) {
    const character = String.fromCodePoint(codePoint);
    for (const made of apply(character)) {
      const others = sources!(made);
      if (others !== undefined) assert.ok(others.includes(character), `${codePoint.toString(16)} → ${made}`);
    }
  }
});

/** Text with much of what transformers look for. */
const telling = fc
  .array(
    fc.constantFrom(
      ...'aAzZ09 \t\n\0\\"\'^,;/.()?#-*<!>&%+=uxé😀\u2028＄'.split(''),
      '..',
      '%41',
      '&lt;',
      '//',
      '  ',
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));

for (const transformer of new Set(Object.keys(EXAMPLES).map((name) => transformerByName(name)!))) {
  const { name, changes, letterCase, addsNothing, sources, apply } = transformer;
  const lower = (text: string) => transformerByName('lowercase')!.apply(text);

  if (changes !== undefined) {
    test(`${name} changes only what it says that it does`, () => {
      const regex = changes === '' ? undefined : compileRegex(changes);
      fc.assert(
        fc.property(telling, (text) => {
          if (regex?.test(text)) return;
          const same = letterCase === 'lowered' ? lower(text) : text;
          assert.equal(apply(text), same);
        }),
        { numRuns: 3000 },
      );
    });
  }

  if (addsNothing === true || sources !== undefined) {
    test(`${name} makes characters only of what it says that it does`, () => {
      fc.assert(
        fc.property(telling, (text) => {
          const before = new Set(text.toLowerCase());
          for (const character of new Set(apply(text))) {
            // Nobody asks for the halves of a surrogate pair that come together.
            if (/\s|[^\0-\uffff]/u.test(character) || before.has(character.toLowerCase())) continue;
            const others = addsNothing === true ? '' : sources!(character);
            if (others === undefined) continue;
            assert.ok(
              [...others].some((other) => text.includes(other)),
              JSON.stringify([text, character]),
            );
          }
        }),
        { numRuns: 3000 },
      );
    });
  }

  if (letterCase !== undefined) {
    test(`${name} goes by no case`, () => {
      fc.assert(
        fc.property(telling, (text) => {
          assert.equal(apply(lower(text)), lower(apply(text)));
          if (letterCase === 'lowered') assert.equal(apply(text), lower(apply(text)));
        }),
        { numRuns: 1000 },
      );
    });
  }
}
