import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { before, test } from 'node:test';
import { compile, type RuleDefinition, type Ruleset, type Waf } from '../src/index.ts';
import { openLibddwaf, type Run } from './libddwaf.ts';
import attacks from './vectors/attacks.json' with { type: 'json' };
import benign from './vectors/benign.json' with { type: 'json' };
import sinks from './vectors/sinks.json' with { type: 'json' };
import xssDifferences from './vectors/xss-differences.json' with { type: 'json' };

/** Rules that this engine leaves out, with what the diagnostics say. */
const SKIPPED = {
  'needs a rule format from any to 1.24.9, this is 1.30.1': ['dog-920-001'],
};

const options = { obfuscator: { keyRegex: '', valueRegex: '' }, limits: { timeout: 1e7 } };

let recommended: Ruleset;

before(() => {
  const file = 'dd-trace/packages/dd-trace/src/appsec/recommended.json';
  recommended = JSON.parse(readFileSync(createRequire(import.meta.url).resolve(file), 'utf8'));
});

const IS_XSS_RULE = 'strc-941-100';
/** Texts in which is_xss is meant to find more than libddwaf. */
const MORE_XSS = xssDifferences.map(({ pattern }) => new RegExp(pattern, 'i'));

test("Datadog's rules load", () => {
  const { sections } = compile(recommended).diagnostics.default!;
  assert.deepEqual(sections.rules?.failed, []);
  assert.deepEqual(sections.rules?.errors, {});
  assert.deepEqual(sections.rules?.warnings, SKIPPED);
  assert.deepEqual(sections.rules_compat?.failed, []);
  assert.deepEqual(sections.rules_compat?.skipped, []);
});

test('every rule that matches is one that matches in libddwaf, on the same values', () => {
  const everyRule = eachItsOwnType(recommended);
  const engines = { theirs: openLibddwaf(everyRule)!, ours: compile(everyRule, options) };
  for (const text of [...Object.values(attacks).flat(), ...benign]) {
    const view = (result: Result) =>
      matchesOf(result).filter(
        ({ id }) => id !== IS_XSS_RULE || !MORE_XSS.some((pattern) => pattern.test(text)),
      );
    assert.deepEqual(...sides(engines, [{ persistent: requestWith(text) }], view), text);
  }
});

test('the rules as they are report the same types of attack', () => {
  const engines = { theirs: openLibddwaf(withoutSkipped(recommended))!, ours: compile(recommended, options) };
  for (const text of [...Object.values(attacks).flat(), ...benign]) {
    assert.deepEqual(...sides(engines, [{ persistent: requestWith(text) }], typesOf), text);
  }
});

test('with everything blocking, the same requests are blocked', () => {
  const blocking = {
    ...withoutSkipped(recommended),
    rules_override: [{ rules_target: [{ tags: { category: 'attack_attempt' } }], on_match: ['block'] }],
  };
  const engines = { theirs: openLibddwaf(blocking)!, ours: compile(blocking, options) };
  const actionsOf = ({ actions }: { actions: object }) => Object.keys(actions);
  for (const text of [...Object.values(attacks).flat(), ...benign]) {
    assert.deepEqual(...sides(engines, [{ persistent: requestWith(text) }], actionsOf), text);
  }
});

test('exploits are found at the same sinks', () => {
  const engines = { theirs: openLibddwaf(withoutSkipped(recommended))!, ours: compile(recommended, options) };
  for (const { name, input, ephemeral } of sinks) {
    const runs = [{ persistent: { 'server.request.query': { q: input } } }, { ephemeral }];
    const exploits = ({ events, actions }: Result) => ({
      rules: events.filter(({ rule }) => rule.tags.module === 'rasp').map(({ rule }) => rule.id),
      actions: Object.keys(actions),
    });
    assert.deepEqual(...sides(engines, runs, exploits), name);
  }
});

type Result = Pick<ReturnType<ReturnType<Waf['newContext']>['run']>, 'events' | 'actions'>;

function sides<T>(
  { theirs, ours }: { theirs: NonNullable<ReturnType<typeof openLibddwaf>>; ours: Waf },
  runs: Run[],
  view: (result: Result) => T,
): [T[], T[]] {
  const context = ours.newContext();
  const results = runs.map(({ persistent = {}, ephemeral = {} }) => context.run(persistent, { ephemeral }));
  return [results.map(view), theirs.run(runs).map(view)];
}

/** The addresses that most rules read, with one text in the places where a client can put it. */
function requestWith(text: string): Record<string, unknown> {
  return {
    'server.request.uri.raw': `/search?q=${encodeURIComponent(text)}`,
    'server.request.method': 'POST',
    'server.request.query': { q: [text] },
    'server.request.headers.no_cookies': { 'user-agent': text, referer: text, accept: '*/*' },
    'server.request.cookies': { theme: text },
    'server.request.body': { items: [{ name: text }], [text]: true },
    'server.request.path_params': { id: text },
    'server.response.status': '404',
    'http.client_ip': '203.0.113.7',
  };
}

function withoutSkipped(ruleset: Ruleset): Ruleset {
  const skipped = Object.values(SKIPPED).flat();
  return { ...ruleset, rules: ruleset.rules!.filter(({ id }) => !skipped.includes(id)) };
}

/** All rules in force and each of a type of its own, since which rule of a type reports is left to chance there. */
function eachItsOwnType(ruleset: Ruleset): Ruleset {
  const { rules = [], rules_compat = [] } = withoutSkipped(ruleset);
  const alone = ({ output: _, ...rule }: RuleDefinition) => ({
    ...rule,
    enabled: true,
    tags: { ...rule.tags, type: rule.id, module: 'waf' },
  });
  return { version: '2.2', rules: [...rules, ...rules_compat].map(alone) };
}

function matchesOf({ events }: Result) {
  return events
    .map(({ rule, rule_matches }) => ({
      id: rule.id,
      places: rule_matches.map(({ parameters: [parameter] }) =>
        'address' in parameter! ? [parameter.address, parameter.key_path.map(String), parameter.value] : [],
      ),
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function typesOf({ events }: Result): string[] {
  return events.map(({ rule }) => rule.tags.type!).sort();
}
