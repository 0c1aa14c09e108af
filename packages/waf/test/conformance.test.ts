/**
 * Cases that any engine for these rules should pass, here and in libddwaf. Many are after the cases of OWASP Coraza
 * (Apache-2.0), which are ModSecurity's; where libddwaf means something else by the same name, the case says what.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compile } from '../src/index.ts';
import { openLibddwaf } from './libddwaf.ts';
import networks from './vectors/conformance-ip-match.json' with { type: 'json' };
import operators from './vectors/conformance-operators.json' with { type: 'json' };
import transformers from './vectors/conformance-transformers.json' with { type: 'json' };

const OPTIONS = { obfuscator: { keyRegex: '', valueRegex: '' }, limits: { timeout: 1e7 } };

type Value = string | number;

interface Engine {
  name: 'wardline' | 'libddwaf';
  /** Whether a condition holds for a value. */
  matches(value: Value): boolean;
  close(): void;
}

for (const { transformer, cases, differences } of transformers) {
  test(`${transformer} gives what it should`, () => {
    const { ours, theirs } = transformed(transformer);
    for (const { input, output } of cases) {
      assert.equal(ours(input), output, JSON.stringify(input));
      assert.equal(theirs(input), output, `libddwaf: ${JSON.stringify(input)}`);
    }
  });
  for (const { from, reason, cases } of differences) {
    test(`${transformer} is not ${from}'s: ${reason}`, () => {
      const { ours, theirs } = transformed(transformer);
      for (const { input, output, theirs: other } of cases) {
        assert.notEqual(output, other);
        assert.equal(ours(input), output, JSON.stringify(input));
        assert.equal(
          theirs(input),
          from === 'libddwaf' ? other : output,
          `libddwaf: ${JSON.stringify(input)}`,
        );
      }
    });
  }
}

for (const { operator, parameters, matches, passes } of operators.conditions) {
  test(`${operator} ${JSON.stringify(parameters)}`, () => {
    for (const engine of engines(operator, parameters)) {
      for (const value of matches) assert.ok(engine.matches(value), `${engine.name}: ${value}`);
      for (const value of passes) assert.ok(!engine.matches(value), `${engine.name}: ${value}`);
      engine.close();
    }
  });
}

for (const { from, reason, cases } of operators.differences) {
  test(`operators are not ${from}'s: ${reason}`, () => {
    for (const { operator, parameters, value, matches } of cases) {
      for (const engine of engines(operator, parameters)) {
        const expected = engine.name === from ? !matches : matches;
        assert.equal(engine.matches(value), expected, `${engine.name}: ${operator} ${value}`);
        engine.close();
      }
    }
  });
}

test('ip_match knows what is in a network', () => {
  for (const { network, inside, outside } of networks) {
    for (const engine of engines('ip_match', { list: [network] })) {
      for (const ip of inside) assert.ok(engine.matches(ip), `${engine.name}: ${ip} in ${network}`);
      for (const ip of outside) assert.ok(!engine.matches(ip), `${engine.name}: ${ip} not in ${network}`);
      engine.close();
    }
  }
});

/** Both engines with one condition. */
function engines(operator: string, parameters: object): Engine[] {
  const ruleset = rulesetOf({
    conditions: [{ operator, parameters: { ...parameters, inputs: [{ address: 'value' }] } }],
  });
  const waf = compile(ruleset, OPTIONS);
  const oracle = openLibddwaf(ruleset)!;
  return [
    {
      name: 'wardline',
      matches: (value) => waf.newContext().run({ value }).events.length > 0,
      close: () => {},
    },
    {
      name: 'libddwaf',
      matches: (value) => oracle.run([{ persistent: { value } }])[0]!.events.length > 0,
      close: () => oracle.close(),
    },
  ];
}

/** What a transformer makes of texts, seen through the value that an event reports. */
function transformed(transformer: string) {
  const ruleset = rulesetOf({
    transformers: [transformer],
    conditions: [
      // What becomes empty is not looked at, so that the rule must match without it.
      { operator: '!exact_match', parameters: { inputs: [{ address: 'always' }], list: ['never'] } },
      { operator: 'match_regex', parameters: { inputs: [{ address: 'text' }], regex: '(?s).*' } },
    ],
  });
  const waf = compile(ruleset, OPTIONS);
  const oracle = openLibddwaf(ruleset)!;
  const reported = ({
    events,
  }: {
    events: ReturnType<ReturnType<typeof waf.newContext>['run']>['events'];
  }) => {
    const parameter = events[0]?.rule_matches[1]?.parameters[0];
    return parameter !== undefined && 'value' in parameter ? parameter.value : '';
  };
  return {
    ours: (text: string) => reported(waf.newContext().run({ always: 'yes', text })),
    theirs: (text: string) => reported(oracle.run([{ persistent: { always: 'yes', text } }])[0]!),
  };
}

function rulesetOf(rule: object) {
  return { version: '2.2', rules: [{ id: 'r', name: 'r', tags: { type: 't' }, ...rule }] };
}
