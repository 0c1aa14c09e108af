import assert from 'node:assert/strict';
import { it } from 'node:test';
import { renderTemplate } from './template.ts';

const values: Readonly<Record<string, readonly string[]>> = {
  '@http.client_ip': ['203.0.113.7', '2001:db8::1'],
  service: ['shop'],
  evil: ['](javascript:alert(1))<b>\n# `x`'],
  long: ['x'.repeat(1_000)],
};
const render = (template: string) => renderTemplate(template, (name) => values[name] ?? []);

const cases: readonly (readonly [template: string, text: string])[] = [
  ['no variables', 'no variables'],
  ['from {{@http.client_ip}} to {{ service }}', 'from 203.0.113.7, 2001:db8::1 to shop'],
  ['unknown: {{nothing}}.', 'unknown: .'],
  ['{{evil}}', '\\](javascript:alert(1))\\<b\\> # \\`x\\`'],
  ['{{long}}', `${'x'.repeat(200)}…`],
  ['{{', '{{'],
  ['{{}} {{a b}}', '{{}} {{a b}}'],
];
for (const [template, text] of cases) it(`fills ${template}`, () => assert.equal(render(template), text));
