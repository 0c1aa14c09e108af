/**
 * The rule engine: compiles a ruleset in Datadog's format and runs it over a request's addresses.
 *
 *     const waf = compile(ruleset);
 *     const context = waf.newContext();                                    // one a request
 *     const result = context.run({ 'server.request.query': { q: "1' or 1=1 --" } });
 *     if (result.actions.block_request) …                                  // answer 403
 */
export { RulesetError, type RulesetErrorCode } from './ruleset/fault.ts';
export { FORMAT_VERSION } from './ruleset/version.ts';
export { DEFAULT_LIMITS } from './run/limits.ts';
export { DEFAULT_KEY_REGEX, DEFAULT_VALUE_REGEX, REDACTED } from './run/obfuscator.ts';
export { compile } from './run/waf.ts';
export type * from './types.ts';
