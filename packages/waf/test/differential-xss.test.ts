import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { compile } from '../src/index.ts';
import { isXss } from '../src/match/is-xss.ts';
import { transformerByName } from '../src/transform/index.ts';
import { openLibddwaf } from './libddwaf.ts';
import vectors from './vectors/xss.json' with { type: 'json' };
import differences from './vectors/xss-differences.json' with { type: 'json' };

const matcher = isXss.parse({});
const ours = (text: string) => matcher.match(text) !== undefined;

let engine: NonNullable<ReturnType<typeof openLibddwaf>>;

before(() => {
  const condition = { operator: 'is_xss', parameters: { inputs: [{ address: 'text' }] } };
  engine = openLibddwaf({ rules: [{ id: 'r', name: 'r', tags: { type: 't' }, conditions: [condition] }] })!;
});

after(() => engine.close());

function theirs(text: string): boolean {
  return engine.run([{ persistent: { text } }])[0]!.events.length > 0;
}

for (const { technique, attacks, harmless } of vectors) {
  test(`is_xss: ${technique}`, () => {
    for (const [texts, verdict] of [
      [attacks, true],
      [harmless, false],
    ] as const) {
      for (const text of texts) {
        assert.equal(ours(text), verdict, JSON.stringify(text));
        assert.equal(theirs(text), verdict, `libddwaf: ${JSON.stringify(text)}`);
      }
    }
  });
}

for (const { reason, pattern, texts } of differences) {
  test(`is_xss finds more, since ${reason}`, () => {
    for (const text of texts) {
      assert.ok(ours(text), JSON.stringify(text));
      assert.equal(theirs(text), false, `no longer a difference: ${JSON.stringify(text)}`);
      assert.match(text, new RegExp(pattern, 'i'));
    }
  });
}

test('is_xss: random texts differ only in the ways that are known', () => {
  const known = differences.map(({ pattern }) => new RegExp(pattern, 'i'));
  for (const text of randomTexts(1, 6000)) {
    const verdict = ours(text);
    if (verdict === theirs(text)) continue;
    assert.ok(verdict && known.some((pattern) => pattern.test(text)), JSON.stringify(text));
  }
});

test('is_xss: what is searched for is in whatever matches', () => {
  let selected = 0;
  for (const text of randomTexts(2, 20_000)) {
    if (ours(text)) assert.ok(matcher.search!.test(text), JSON.stringify(text));
  }
  const prose = vectors.find(({ technique }) => technique === 'prose and data')!.harmless;
  for (const text of prose) if (matcher.search!.test(text)) selected++;
  assert.equal(selected, 0);
});

test('is_xss: a rule matches what its transformers make of a text', () => {
  for (const transformers of [
    [],
    ['lowercase'],
    ['remove_nulls'],
    ['url_decode', 'lowercase'],
    ['css_decode'],
  ]) {
    const condition = { operator: 'is_xss', parameters: { inputs: [{ address: 'text' }] } };
    const rule = { id: 'r', name: 'r', tags: { type: 't' }, transformers, conditions: [condition] };
    const waf = compile({ rules: [rule] }, { limits: { timeout: 1e7 } });
    for (const text of randomTexts(3, 1000)) {
      const transformed = transformers.reduce((made, name) => transformerByName(name)!.apply(made), text);
      const matches = waf.newContext().run({ text }).events.length > 0;
      assert.equal(matches, ours(transformed), JSON.stringify([transformers, text]));
    }
  }
});

const PIECES = [
  ...[
    '<',
    '>',
    '/',
    '"',
    "'",
    '`',
    '=',
    ' ',
    '\n',
    '\t',
    '\0',
    '!',
    '?',
    '%',
    '-',
    '[',
    ']',
    '&',
    '#',
    ';',
    ':',
  ],
  ...[
    '*',
    'é',
    '\v',
    '\f',
    '\r',
    '\x7f',
    '\x01',
    'a',
    'x',
    'p',
    '1',
    'ſ',
    '</',
    '<!',
    '<?',
    '<!--',
    '-->',
    '-!>',
  ],
  ...[
    '<a',
    '</a',
    '<%',
    '%>',
    '/>',
    '<![CDATA[',
    ']]>',
    '<!doctype',
    '<script',
    'SCRIPT',
    'scr\0ipt',
    '<base',
  ],
  ...[
    'svg',
    'onload',
    'onload=',
    'ONERROR=',
    'onx=',
    'href=',
    'src=',
    'style=',
    'STYLE',
    'filter=',
    'to=',
    'by',
  ],
  ...[
    'values=',
    'attributeName=',
    'xlink:href=',
    'dataformatas=',
    'java',
    'javascript:',
    'data:',
    'vbscript:',
  ],
  ...[
    'view-source:',
    'j&#97;va',
    '&#x6a;ava',
    '&#106ava',
    'expression',
    'url(',
    '/*',
    '*/',
    'import',
    '<?import',
  ],
  ...['entity', '[if ', 'xml ', 'x=', 'y="', "z='", 'w=`', 'ja\nva'],
];

/** Texts put together from pieces of HTML, the same ones for the same seed. */
function* randomTexts(seed: number, count: number): Generator<string> {
  let state = seed;
  const below = (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  for (let i = 0; i < count; i++) {
    yield Array.from({ length: 1 + below(10) }, () => PIECES[below(PIECES.length)]!).join('');
  }
}
