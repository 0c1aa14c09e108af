import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Pattern, Query } from './ast.ts';
import { QuerySyntaxError } from './error.ts';
import { MAX_QUERY_LENGTH } from './lexer.ts';
import { MAX_QUERY_DEPTH, MAX_QUERY_TERMS, parseQuery } from './parser.ts';

/** A tree in one line, to compare with. */
function show(query: Query): string {
  switch (query.kind) {
    case 'all':
      return 'ALL';
    case 'and':
    case 'or':
      return `(${query.operands.map(show).join(` ${query.kind.toUpperCase()} `)})`;
    case 'not':
      return `!${show(query.operand)}`;
    case 'text':
      return `~${showPattern(query.pattern)}`;
    case 'cidr':
      return `${query.field.name} in ${query.ranges.map((range) => range.text).join('|')}`;
    case 'field': {
      const name = `${query.field.attribute ? '@' : ''}${query.field.name}`;
      const { test } = query;
      if (test.kind === 'exists') return `${name} exists`;
      if (test.kind === 'equals') return `${name}=<${test.value}>`;
      if (test.kind === 'wildcard') return `${name}~${showPattern(test.pattern)}`;
      const low = test.low ? `${test.low.inclusive ? '[' : '('}${test.low.number ?? test.low.text}` : '(';
      const high = test.high
        ? `${test.high.number ?? test.high.text}${test.high.inclusive ? ']' : ')'}`
        : ')';
      return `${name} in ${low}..${high}`;
    }
  }
}

const showPattern = (pattern: Pattern) =>
  `<${pattern.map((part) => (part.kind === 'literal' ? part.text : part.kind === 'many' ? '%' : '_')).join('')}>`;

const trees: readonly (readonly [query: string, tree: string])[] = [
  ['', 'ALL'],
  ['  ', 'ALL'],
  ['*', 'ALL'],
  ['*:*', 'ALL'],
  ['""', 'ALL'],
  ['sqlmap', '~<sqlmap>'],
  ['"exact phrase"', '~<exact phrase>'],
  ['"a * b"', '~<a * b>'],
  ['"say \\"hi\\" \\\\"', '~<say "hi" \\>'],
  ['*:term', '~<term>'],
  ['*:(a OR b*)', '(~<a> OR ~<b%>)'],
  ['service:shop', 'service=<shop>'],
  ['@http.client_ip:2001:db8::1', '@http.client_ip=<2001:db8::1>'],
  [
    'env:staging service:my-service status:high',
    '(env=<staging> AND service=<my-service> AND status=<high>)',
  ],
  ['a b OR c d', '((~<a> AND ~<b>) OR (~<c> AND ~<d>))'],
  ['a AND b OR c AND d', '((~<a> AND ~<b>) OR (~<c> AND ~<d>))'],
  ['a (b OR c) d', '(~<a> AND (~<b> OR ~<c>) AND ~<d>)'],
  ['(a b) (c d)', '(~<a> AND ~<b> AND ~<c> AND ~<d>)'],
  ['-a b', '(!~<a> AND ~<b>)'],
  ['NOT a b', '(!~<a> AND ~<b>)'],
  ['NOT (a OR b)', '!(~<a> OR ~<b>)'],
  ['a AND NOT b', '(~<a> AND !~<b>)'],
  ['--a', '!!~<a>'],
  ['a-b', '~<a-b>'],
  ['a and b', '(~<a> AND ~<and> AND ~<b>)'],
  ['key:(a OR b)', '(key=<a> OR key=<b>)'],
  ['key:(a AND -b)', '(key=<a> AND !key=<b>)'],
  ['key:(a b)', '(key=<a> AND key=<b>)'],
  ['-key:(a OR (b c)) d', '(!(key=<a> OR (key=<b> AND key=<c>)) AND ~<d>)'],
  ['@x:(>5 OR <2)', '(@x in (5..) OR @x in (..2))'],
  ['@x:(a:b OR c)', '(@x=<a:b> OR @x=<c>)'],
  ['@x:-5', '@x=<-5>'],
  ['@x:*', '@x exists'],
  ['-@x:*', '!@x exists'],
  ['@x:"*"', '@x=<*>'],
  ['@x:\\*', '@x=<*>'],
  ['@x:web*', '@x~<web%>'],
  ['@x:w?b**', '@x~<w_b%>'],
  ['@x:a\\ b\\:c', '@x=<a b:c>'],
  ['odd\\:key:v', 'odd:key=<v>'],
  ['tags:"odd tag"', 'tags=<odd tag>'],
  ['@d:>100', '@d in (100..)'],
  ['@d:>=100', '@d in [100..)'],
  ['@d:<-1.5', '@d in (..-1.5)'],
  ['@d:<=20ms', '@d in (..20000000]'],
  ['@d:>1.5s', '@d in (1500000000..)'],
  ['@d:[400 TO 499]', '@d in [400..499]'],
  ['@d:{400 TO 499}', '@d in (400..499)'],
  ['@d:[400 TO 499}', '@d in [400..499)'],
  ['@d:[* TO 5]', '@d in (..5]'],
  ['@d:[ 5  TO * ]', '@d in [5..)'],
  ['timestamp:[now-15m TO "now"]', 'timestamp in [now-15m..now]'],
  ['CIDR(@http.client_ip,10.0.0.0/8, 2001:db8::/32)', 'http.client_ip in 10.0.0.0/8|2001:db8::/32'],
  ['-CIDR(@a,1.2.3.4) b', '(!a in 1.2.3.4 AND ~<b>)'],
  ['CIDR', '~<CIDR>'],
  ['größe:ßß', 'größe=<ßß>'],
];

const faults: readonly (readonly [query: string, position: number, expected: RegExp])[] = [
  ['status:', 7, /a value right after "status:"/],
  ['status: high', 7, /a value right after "status:"/],
  ['status :high', 7, /AND, OR or a term/],
  ['a AND', 5, /a term/],
  ['OR a', 0, /a term/],
  ['a OR OR b', 5, /a term/],
  ['()', 1, /a term/],
  ['(a', 2, /"\)" for the "\(" at position 0/],
  ['a)', 1, /AND, OR or a term/],
  ['key:(a', 6, /"\)"/],
  ['"a', 2, /a closing quote for the one at position 0/],
  ['a\\', 2, /a character after/],
  ['- a', 1, /right after "-"/],
  ['-', 1, /a term/],
  ['a && b', 2, /AND/],
  ['a || b', 2, /OR/],
  ['fo*:x', 0, /without quotes or wildcards/],
  ['"a":x', 0, /without quotes or wildcards/],
  ['@:x', 0, /name of a field/],
  [':x', 0, /a term/],
  ['@x:[1 2]', 6, /"TO"/],
  ['@x:[1 TO 2', 10, /"\]" or "\}"/],
  ['@x:[* TO *]', 3, /at least one end/],
  ['@x:>', 4, /a number, a duration or a time/],
  ['@x:>*', 3, /a number or a duration/],
  ['@x:>1*', 4, /a number, a duration or a time/],
  ['*:>5', 2, /a term/],
  ['CIDR(@a', 7, /to close CIDR/],
  ['CIDR(@a)', 7, /a range such as/],
  ['CIDR(@a, 10.0.0.0/33)', 9, /a range such as/],
  ['CIDR(,10.0.0.0/8)', 5, /a field such as/],
  ['a\0b', 1, /NUL/],
];

describe('parseQuery', () => {
  for (const [query, tree] of trees)
    it(`reads ${JSON.stringify(query)}`, () => assert.equal(show(parseQuery(query)), tree));

  for (const [query, position, expected] of faults)
    it(`says where ${JSON.stringify(query)} is wrong`, () =>
      assert.throws(
        () => parseQuery(query),
        (error) => {
          assert.ok(error instanceof QuerySyntaxError);
          assert.equal(error.position, position, error.message);
          assert.match(error.expected, expected);
          assert.match(error.message, new RegExp(`position ${position}: expected .+, found .+`));
          return true;
        },
      ));

  it('bounds length, depth and number of terms', () => {
    const refused = (query: string) => assert.throws(() => parseQuery(query), QuerySyntaxError);
    refused('a'.repeat(MAX_QUERY_LENGTH + 1));
    refused(`${'('.repeat(MAX_QUERY_DEPTH + 1)}a${')'.repeat(MAX_QUERY_DEPTH + 1)}`);
    refused(`${'-'.repeat(MAX_QUERY_DEPTH + 1)}a`);
    refused('a '.repeat(MAX_QUERY_TERMS + 1));
    parseQuery('a'.repeat(MAX_QUERY_LENGTH));
    parseQuery(`${'('.repeat(MAX_QUERY_DEPTH)}a${')'.repeat(MAX_QUERY_DEPTH)}`);
    parseQuery('a '.repeat(MAX_QUERY_TERMS));
  });

  it('throws nothing but QuerySyntaxError', () => {
    const fragment = fc.constantFrom(
      ...[
        '(',
        ')',
        ':',
        '"',
        '-',
        '@a',
        'b',
        '*',
        '?',
        '\\',
        '[',
        ']',
        '{',
        '}',
        '>',
        '<',
        '=',
        ' ',
        'AND',
        'OR',
      ],
      ...['NOT', 'TO', 'CIDR(', ',', '1', '20ms', '10.0.0.0/8', '::1', '\0', '\ud800', '😀', '&&', '||', '!'],
    );
    const query = fc.oneof(
      fc.array(fragment, { maxLength: 40 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary', maxLength: 60 }),
    );
    fc.assert(
      fc.property(query, (text) => {
        try {
          parseQuery(text);
        } catch (error) {
          if (!(error instanceof QuerySyntaxError)) throw error;
          assert.ok(error.position >= 0 && error.position <= text.length);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});
