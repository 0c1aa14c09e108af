/** What scanning finds for all rules at once against each rule's matcher on each text, transformed as the rule says. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compile } from '../index.ts';
import { matcherParser } from '../match/index.ts';
import type { Matcher } from '../match/matcher.ts';
import { transformerByName } from '../transform/index.ts';

const TRANSFORMERS = [
  'lowercase',
  'remove_nulls',
  'url_decode',
  'url_decode_iis',
  'shell_unescape',
  'normalize_path',
  'normalize_path_win',
  'remove_comments',
  'compress_whitespace',
  'html_entity_decode',
  'css_decode',
  'js_decode',
  'unicode_normalize',
  'base64_decode',
  'url_path',
  'url_querystring',
  'url_basename',
];

const OPERATORS: [operator: string, parameters: Record<string, unknown>][] = [
  ['match_regex', { regex: 'union\\s+select' }],
  ['match_regex', { regex: 'a[&|]b', options: { case_sensitive: true } }],
  ['match_regex', { regex: '(?-i:AB)|(?i)cd', options: { case_sensitive: false } }],
  ['match_regex', { regex: '\\bcat\\s*/etc', options: { min_length: 8 } }],
  ['match_regex', { regex: '^\\.\\.?/|/\\.\\.$' }],
  ['match_regex', { regex: '[^0-9]' }],
  ['match_regex', { regex: '.*' }],
  ['match_regex', { regex: '<script|é$', options: { case_sensitive: true } }],
  ['phrase_match', { list: ['etc/passwd', 'cat', 'union select', '$ifs'] }],
  ['phrase_match', { list: ['etc/', 'ab', 'Cd'], options: { enforce_word_boundary: true } }],
];

const PIECES = [
  ...'abABcd &|/.\\\'";,+%#-*\0 é1'.split(''),
  'union select',
  'UNION  SELECT',
  'cat /etc/passwd',
  'c^a"t',
  '../',
  '/./',
  '%2f',
  '%41B',
  '&lt;script',
  '&#x3c;',
  '\\x61b',
  'a&b',
  'A|B',
  '$IFS',
  '/*x*/',
  '?ab=cd#',
  'YWI=',
  'ｅtc/',
];

interface Drawn {
  operator: (typeof OPERATORS)[number];
  transformers: string[];
  header: string | undefined;
  keys: boolean;
}

const rule: fc.Arbitrary<Drawn> = fc.record({
  operator: fc.constantFrom(...OPERATORS),
  transformers: fc.array(fc.constantFrom(...TRANSFORMERS), { maxLength: 3 }),
  header: fc.option(fc.constantFrom('x', 'y'), { nil: undefined }),
  keys: fc.boolean(),
});
const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join(''));
const headers = fc.record({ x: text, y: text, "k'/etc/passwd&|A": text });
const ADDRESS = 'server.request.headers.no_cookies';

test('every rule matches just what its matcher matches', () => {
  fc.assert(
    fc.property(
      fc.array(rule, { minLength: 1, maxLength: 6 }),
      fc.array(headers, { maxLength: 4 }),
      (rules, requests) => {
        const waf = compile({
          rules: rules.map(({ operator: [operator, parameters], transformers, header, keys }, index) => ({
            id: `r${index}`,
            name: 'n',
            tags: { type: `t${index}` },
            transformers: keys ? [...transformers, 'keys_only'] : transformers,
            conditions: [
              {
                operator,
                parameters: {
                  ...parameters,
                  inputs: [
                    { address: ADDRESS, ...(header !== undefined && !keys && { key_path: [header] }) },
                  ],
                },
              },
            ],
          })),
        });
        for (const request of requests) {
          const { events } = waf.newContext().run({ [ADDRESS]: request }, { timeout: 1e9 });
          const expected = rules.flatMap((candidate, index) =>
            holds(candidate, request) ? [`r${index}`] : [],
          );
          assert.deepEqual(events.map((event) => event.rule.id).sort(), expected);
        }
      },
    ),
    { numRuns: 1500 },
  );
});

function holds(
  { operator: [operator, parameters], transformers, header, keys }: Drawn,
  request: Record<string, string>,
): boolean {
  const matcher = matcherParser(operator)!.parse(parameters) as Matcher;
  const texts = keys
    ? Object.keys(request)
    : header === undefined
      ? Object.values(request)
      : [request[header]!];
  return texts.some((raw) => {
    const transformed = transformers.reduce((current, name) => transformerByName(name)!.apply(current), raw);
    return transformed !== '' && matcher.match(transformed) !== undefined;
  });
}
