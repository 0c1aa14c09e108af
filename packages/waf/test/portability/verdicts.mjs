import { compile } from '../../dist/index.js';

/**
 * Takes rulesets by name and requests, `{ persistent, ephemeral? }`; returns what the engine says of each, without
 * what is random. Uses nothing but ECMAScript, so that every host can run it.
 */
export function verdicts({ rulesets, requests }) {
  return Object.entries(rulesets).map(([name, ruleset]) => {
    const waf = compile(ruleset, { limits: { timeout: 1e9 } });
    const { sections } = waf.diagnostics.default;
    return { name, sections, results: requests.map((request) => verdict(waf.newContext(), request)) };
  });
}

function verdict(context, { persistent, ephemeral = {} }) {
  const { events, actions, attributes, keep, timedOut, error } = context.run(persistent, { ephemeral });
  return {
    events: events.map(({ rule, rule_matches }) => [rule.id, rule_matches]),
    actions: Object.keys(actions),
    attributes,
    keep,
    timedOut,
    error,
  };
}
