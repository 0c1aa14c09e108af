import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cell, codeSpan, escapeText } from './catalogue/markdown.ts';
import {
  anchor,
  type Catalogue,
  renderCatalogue,
  renderExample,
  renderRule,
  titleOf,
} from './catalogue/page.ts';
import { references } from './catalogue/references.ts';

describe('examples as code', () => {
  for (const [what, text, expected] of [
    ['stand as they are', `1' OR '1'='1`, "`1' OR '1'='1`"],
    ['have a fence longer than their backticks', 'a `id` ``b``', '``` a `id` ``b`` ```'],
    ['keep a backtick at an end', '`id`', '`` `id` ``'],
    ['keep spaces at their ends', ' x ', '`  x  `'],
    ['show line breaks and control characters', 'a\r\nb\0\x1b', '`a\\r\\nb\\x00\\x1b`'],
    ['show what turns the direction of text, or has no width', 'a\u202eb\u200b', '`a\\u{202e}b\\u{200b}`'],
    ['leave markup to the code span', '<script>alert(1)</script>', '`<script>alert(1)</script>`'],
    ['are something if they are empty', '', '` `'],
  ] as const) {
    it(what, () => assert.equal(codeSpan(text), expected));
  }

  it('are cut between characters', () => {
    assert.equal(codeSpan('😀😀😀', 2), '`😀😀…`');
    assert.equal(codeSpan('😀😀', 2), '`😀😀`');
  });

  it('say where they stand, if they are no query value', () => {
    const headers = { 'server.request.headers.no_cookies': { 'user-agent': 'sqlmap/1.8' } };
    assert.equal(renderExample(headers), '`server.request.headers.no_cookies.user-agent`: `sqlmap/1.8`');
    assert.equal(renderExample({ 'server.request.query': { q: [7] } }), '`server.request.query.q.0`: `7`');
    assert.equal(renderExample('x'), '`x`');
  });
});

describe('text', () => {
  it('has no Markdown of its own', () => {
    assert.equal(
      escapeText('a <b> *c* [d](e) `f` __g__ &amp;'),
      'a \\<b\\> \\*c\\* \\[d\\](e) \\`f\\` \\_\\_g\\_\\_ \\&amp;',
    );
  });

  it('does not end a cell of a table', () => {
    assert.equal(cell(codeSpan('a|b')), '`a\\|b`');
    assert.equal(cell('a\nb'), 'a b');
  });
});

describe('references', () => {
  it('are links, of a path of CAPEC its last number', () => {
    assert.deepEqual(references({ owasp: 'A03:2021', cwe: '89', capec: '1000/152/248/66' }), [
      '[OWASP A03:2021](https://owasp.org/Top10/A03_2021-Injection/)',
      '[CWE-89](https://cwe.mitre.org/data/definitions/89.html)',
      '[CAPEC-66](https://capec.mitre.org/data/definitions/66.html)',
    ]);
  });

  it('are left out where a rule has none', () => assert.deepEqual(references({ cwe: '22' }).length, 1));

  it('refuse a category that is not there', () => {
    assert.throws(() => references({ owasp: 'A11:2021' }), /A11:2021/);
  });
});

describe('headings', () => {
  it('are the names of types', () => {
    assert.equal(titleOf('sql_injection'), 'SQL injection');
    assert.equal(titleOf('js_code_injection'), 'JavaScript code injection');
    assert.equal(titleOf('attack_tool'), 'Attack tool');
  });

  it('have the anchors that GitHub gives them', () => {
    assert.equal(anchor('SQL injection'), 'sql-injection');
    assert.equal(anchor('.NET code: a_b'), 'net-code-a_b');
  });
});

describe('a rule', () => {
  const rule = { id: 'x-y', name: 'X: a <tag>', type: 'xss', confidence: 'high' };

  it('is shown with what it has', () => {
    const full = { ...rule, severity: 'critical', about: 'It *does*.', cwe: '79' };
    assert.equal(
      renderRule(full, '<x>'),
      [
        '#### x-y',
        '**X: a \\<tag\\>** · confidence high · severity critical · [CWE-79](https://cwe.mitre.org/data/definitions/79.html)',
        'It *does*.',
        'Example: `<x>`',
      ].join('\n\n'),
    );
    assert.equal(renderRule(rule, undefined), '#### x-y\n\n**X: a \\<tag\\>** · confidence high');
  });

  it('that is a sign says what it weighs', () => {
    assert.match(renderRule({ ...rule, confidence: 'low', weight: 2 }, undefined), /sign of weight 2/);
  });
});

describe('the page', () => {
  const definition = (id: string, tags: object) => ({
    id,
    name: `Name of ${id}`,
    tags: { type: 'xss', confidence: 'high', ...tags },
    conditions: [{ operator: 'sqli_detector@v2', parameters: {} }],
  });
  const catalogue: Catalogue = {
    attempts: [
      { id: 'xss-a', name: 'A', type: 'xss', confidence: 'high' },
      { id: 'tool-b', name: 'B', type: 'attack_tool', confidence: 'medium' },
      { id: 'xss-c', name: 'C', type: 'xss', confidence: 'low', weight: 3 },
    ],
    exploits: [definition('exploit-e', { cwe: '89' })],
    scores: [definition('score-xss-certain', {})],
    responses: [definition('block-ip', {})],
    clients: [definition('client-d', {})],
    scanners: [
      {
        id: 'mail',
        name: 'E-mail',
        tags: { type: 'email', category: 'pii' },
        value: { operator: 'exists', parameters: {} },
      },
    ],
    examples: new Map([['xss-a', '<a|b>']]),
    scannerExamples: new Map([['mail', 'a|b@example.com']]),
  };
  const page = renderCatalogue(catalogue);

  it('counts rules by type and confidence', () => {
    assert.ok(page.includes('| [XSS](#xss) | 2 | 1 | 0 | 1 |'));
    assert.ok(page.includes('| [Attack tool](#attack-tool) | 1 | 0 | 1 | 0 |'));
    assert.ok(page.includes('| **all** | 3 | 1 | 1 | 1 |'));
  });

  it('has every rule and scanner once under a heading or in a table', () => {
    for (const id of ['xss-a', 'tool-b', 'xss-c']) assert.equal(page.split(`#### ${id}\n`).length, 2, id);
    for (const id of ['exploit-e', 'client-d', 'mail'])
      assert.equal(page.split(`| \`${id}\` |`).length, 2, id);
    assert.ok(page.includes('`score-xss-certain` (high)'));
    assert.ok(page.includes('- `block-ip`: '));
  });

  it('keeps bars out of tables, and leaves them elsewhere', () => {
    assert.ok(page.includes('`a\\|b@example.com`'));
    assert.ok(page.includes('Example: `<a|b>`'));
  });
});
