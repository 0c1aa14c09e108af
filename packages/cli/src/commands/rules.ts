import { readFileSync } from 'node:fs';
import { ruleset as curated, POLICIES, type PolicyName } from '@wardline/rules';
import { compile, type WafResult } from '@wardline/waf';
import { type Command, Option } from 'commander';
import { CommandError } from '../api-client.ts';
import { printable } from '../printable.ts';
import { addressesOf, RequestSyntaxError } from '../rules/http-request.ts';
import { type LintFinding, lint } from '../rules/lint.ts';

/** Microseconds: a verdict must not depend on how busy the machine is. */
const UNHURRIED = 10_000_000;
/** UTF-16 code units of a value that is shown. */
const MAX_SHOWN = 200;

/** `wardline rules`: looks at rules before they are installed. Needs no platform. */
export function rulesCommand(program: Command): void {
  const rules = program.command('rules').description('check and try rules before they are installed');
  rules
    .command('lint')
    .description(
      'say what is wrong with a file of rules, and where: exit 1 on errors, 2 when it could not be read',
    )
    .argument('<file>', "rules, exclusions and data in Datadog's format, as JSON; - for standard input")
    .option('--strict', 'exit 1 on warnings too', false)
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .action((file: string, { strict, format }: { strict: boolean; format: string }) => {
      const report = lint(read(file));
      const errors = report.findings.filter(({ severity }) => severity === 'error').length;
      const warnings = report.findings.length - errors;
      if (format === 'json') console.log(JSON.stringify(report, undefined, 2));
      else {
        for (const finding of report.findings) console.log(asLine(file, finding));
        const loaded = Object.entries(report.loaded).map(([section, count]) => `${count} ${section}`);
        console.log(`${loaded.join(', ') || 'nothing'} loaded, ${errors} errors, ${warnings} warnings`);
      }
      process.exitCode = errors > 0 || (strict && warnings > 0) ? 1 : 0;
    });
  rules
    .command('test')
    .description('run rules over a request and say what matches: exit 1 if it is not as expected')
    .argument(
      '<file>',
      "rules in Datadog's format, as JSON; - for standard input; 'curated' for the built-in ones",
    )
    .requiredOption('--request <file>', 'the request as text: request line, headers, an empty line, body')
    .option('--with-curated', 'the built-in rules as well, so that exclusions of theirs show', false)
    .addOption(
      new Option('--policy <policy>', 'what blocks').choices(Object.keys(POLICIES)).default('monitoring'),
    )
    .addOption(new Option('--expect <verdict>', 'what it should be').choices(['match', 'block', 'none']))
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .action((file: string, flags: TestFlags) => {
      const result = verdict(file, flags);
      console.log(flags.format === 'json' ? JSON.stringify(result, undefined, 2) : asText(result));
      const { expect } = flags;
      if (
        expect === undefined ||
        expect === verdictOf(result) ||
        (expect === 'match' && verdictOf(result) === 'block')
      )
        return;
      console.error(`expected '${expect}', got '${verdictOf(result)}'`);
      process.exitCode = 1;
    });
}

interface TestFlags {
  request: string;
  withCurated: boolean;
  policy: PolicyName;
  expect?: 'match' | 'block' | 'none';
  format: 'text' | 'json';
}

function verdict(file: string, { request, withCurated, policy }: TestFlags): WafResult {
  const own = file === 'curated' ? {} : parse(file, read(file));
  const waf = compile(withCurated || file === 'curated' ? curated : own, { limits: { timeout: UNHURRIED } });
  if (withCurated) {
    const { error } = waf.update('own', own);
    if (error !== undefined) throw new CommandError(`${file}: ${error}`, 2);
  }
  waf.update('policy', POLICIES[policy]);
  try {
    return waf.newContext().run(addressesOf(read(request)));
  } catch (error) {
    if (error instanceof RequestSyntaxError) throw new CommandError(`${request}: ${error.message}`, 2);
    throw error;
  }
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandError(
      `${file} is not JSON: ${(error as Error).message}; wardline rules lint says where`,
      2,
    );
  }
}

function read(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    throw new CommandError(`cannot read ${file}: ${(error as Error).message}`, 2);
  }
}

function verdictOf({ events, actions }: WafResult): 'match' | 'block' | 'none' {
  if ('block_request' in actions || 'redirect_request' in actions) return 'block';
  return events.length > 0 ? 'match' : 'none';
}

function asLine(file: string, { severity, line, column, where, message }: LintFinding): string {
  return printable(`${file}:${line}:${column}: ${severity}: ${where === '' ? '' : `${where}: `}${message}`);
}

function asText(result: WafResult): string {
  const lines = result.events.flatMap(({ rule, rule_matches: matches }) => [
    `${rule.id} (${rule.tags.type}): ${rule.name}`,
    ...matches.flatMap(({ operator, parameters }) =>
      parameters.map((part) => {
        const { address, key_path: keyPath, value } = 'resource' in part ? part.params : part;
        const place = [address, ...keyPath].join('.');
        return `  ${operator} at ${place}: ${short(value)}  ← ${part.highlight.map(short).join(', ')}`;
      }),
    ),
  ]);
  const answer = { none: 'nothing matches', match: 'reported, not blocked', block: 'blocked' }[
    verdictOf(result)
  ];
  const signs = Object.entries(result.attributes).filter(([name]) => name.startsWith('wardline.appsec.'));
  return [...lines, ...signs.map(([name, value]) => `${name}: ${String(value)}`), answer]
    .map(printable)
    .join('\n');
}

function short(text: string): string {
  return JSON.stringify(text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);
}
