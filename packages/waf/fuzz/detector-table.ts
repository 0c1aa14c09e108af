/** In what findings at sinks are meant to differ from libddwaf's, each as it is said at its detector in `detect/`. */

import { posix } from 'node:path';

/** An input of the request that one of the two finds in a sink's argument and the other doesn't. */
export interface Finding {
  readonly ruleId: string;
  readonly detector: string;
  readonly by: 'us' | 'libddwaf';
  readonly argument: string | readonly string[];
  /** Of a database. */
  readonly system: string;
  readonly input: string;
  readonly highlight: string;
  /** Whether libddwaf, or this engine, finds another input in another argument of the same sink. */
  theyFind(argument: Finding['argument'], input: string, system?: string): boolean;
  weFind(argument: Finding['argument'], input: string, system?: string): boolean;
}

export interface DetectorDifference {
  readonly name: string;
  readonly detectors: readonly string[];
  readonly by: Finding['by'];
  /** Whether it accounts for a finding, wherever possible by trying what happens without it. */
  accountsFor(finding: Finding): boolean;
}

const SHELLS = ['shi_detector', 'cmdi_detector'];

/** RFC 3986: what a path, and a registered name, may be made of, and all of a URL. */
const PATH = String.raw`(?:[\w\-.~!$&'()*+,;=:@/]|%[0-9a-f]{2})*`;
const NAME = PATH.replace(':@/', '');
const AUTHORITY = String.raw`(?:${NAME}(?::${NAME})?@)?(?:\[[0-9a-f:.]+\]|${NAME})(?::\d*)?`;
const QUERY = PATH.replace('@/', '@/?');
const URL = new RegExp(
  String.raw`^[a-z][a-z0-9+.-]*:(?://${AUTHORITY}(?:/${PATH})?|(?!//)${PATH})(?:\?${QUERY})?(?:#${QUERY})?$`,
  'i',
);
/** A host that resolvers take for an IPv4 address and that has no four decimal parts. */
const NUMERIC_HOST =
  /^[a-z+.-]+:\/\/(?:[^/?#]*@)?(?:0x[\da-f]*|\d+)(?:\.(?:0x[\da-f]*|\d+))*\.?(?:[:/?#]|$)/i;
const WINDOWS = /\\|^[a-z]:|\.(?:bat|cmd|exe)\b|%\w*%|\^|powershell|cmd/i;
/** `a/b=c`. */
const ASSIGNED_TO_NO_NAME = /[^\w\s=;|&(){}<>]\w*=/;
const CONTROL = 'or 1=1 or 2=2';
const LEAST_LENGTHS: Record<string, number> = {
  sqli_detector: 3,
  ssrf_detector: 4,
  lfi_detector: 5,
  shi_detector: 2,
  cmdi_detector: 2,
};
/** libddwaf wants four tokens; these are rough. */
const FEW_TOKENS = 6;

const SQL: DetectorDifference[] = [
  {
    name: 'an SQL statement that libddwaf reads no further',
    detectors: ['sqli_detector'],
    by: 'us',
    // It finds nothing behind the statement either.
    accountsFor: ({ argument, theyFind }) =>
      !['', "'", '"', '`', '*/', ']'].some((end) => theyFind(`${argument}${end}\n ${CONTROL}`, CONTROL)),
  },
  {
    name: 'an SQL dialect that libddwaf has not',
    detectors: ['sqli_detector'],
    by: 'us',
    accountsFor: ({ argument, input, system, weFind }) =>
      isOtherDialect(system) && !weFind(argument, input, 'generic'),
  },
  {
    name: 'an SQL dialect that libddwaf takes for generic SQL',
    detectors: ['sqli_detector'],
    by: 'libddwaf',
    accountsFor: ({ argument, input, system, weFind }) =>
      isOtherDialect(system) && weFind(argument, input, 'generic'),
  },
  {
    name: 'an SQL injection of few tokens',
    detectors: ['sqli_detector'],
    by: 'us',
    accountsFor: ({ input }) => roughTokens(input) <= FEW_TOKENS,
  },
  {
    name: 'an SQL string that is not closed',
    detectors: ['sqli_detector'],
    by: 'libddwaf',
    accountsFor: ({ argument }) =>
      ["'", '"', '`'].some((quote) => String(argument).split(quote).length % 2 === 0),
  },
  {
    name: 'an SQL string after a slash',
    detectors: ['sqli_detector'],
    by: 'libddwaf',
    accountsFor: ({ argument, input, theyFind }) =>
      /\/["']/.test(String(argument)) && !theyFind(String(argument).replace(/\/(?=["'])/g, ''), input),
  },
  {
    name: 'an SQL slash that libddwaf takes the next character with',
    detectors: ['sqli_detector'],
    by: 'us',
    accountsFor: ({ argument, input, system, weFind }) => {
      const slashes = (text: string) => text.replace(/\/[^*]/g, '/');
      const statement = slashes(String(argument));
      const dialect = isOtherDialect(system) ? 'generic' : system;
      return statement !== argument && !weFind(statement, slashes(input), dialect);
    },
  },
  {
    name: 'a benign ORDER BY',
    detectors: ['sqli_detector'],
    by: 'libddwaf',
    accountsFor: ({ argument, input }) =>
      /\border\s+by\b/i.test(String(argument).split(input)[0]!) &&
      /^(?:[\w$.,()\s]|[^\x00-\x7f])*$/.test(input),
  },
  {
    name: 'an SQL operator, number or name that libddwaf takes for several',
    detectors: ['sqli_detector'],
    by: 'libddwaf',
    accountsFor: (finding) => !theyFindWith(finding, withPlainTokens),
  },
  {
    name: 'an SQL sign that libddwaf takes for a part of a number',
    detectors: ['sqli_detector'],
    by: 'us',
    accountsFor: ({ input }) => /^[\s\d.'",()+-]*$/.test(input),
  },
  {
    name: 'an SQL name beyond ASCII',
    detectors: ['sqli_detector'],
    by: 'us',
    accountsFor: (finding) => /[^\x00-\x7f]/.test(finding.input) && theyFindWith(finding, withPlainTokens),
  },
];

const URLS: DetectorDifference[] = [
  {
    name: 'a URL that RFC 3986 forbids',
    detectors: ['ssrf_detector'],
    by: 'us',
    accountsFor: ({ argument }) => !URL.test(String(argument)),
  },
  {
    name: 'a forbidden destination of which the input brought the scheme',
    detectors: ['ssrf_detector'],
    by: 'us',
    accountsFor: ({ argument, input }) => String(argument).startsWith(input) && /^[a-z+.-]+:/i.test(input),
  },
  {
    name: 'a part that climbs at the end of a URL, or encoded',
    detectors: ['ssrf_detector'],
    by: 'us',
    accountsFor: ({ input }) => /(?:^|\/)\.\.$|%2e/i.test(input),
  },
  {
    name: 'an address in another form',
    detectors: ['ssrf_detector'],
    by: 'us',
    accountsFor: ({ argument }) => NUMERIC_HOST.test(String(argument)),
  },
];

const PATHS: DetectorDifference[] = [
  {
    name: 'a Windows path',
    detectors: ['lfi_detector', 'cmdi_detector'],
    by: 'us',
    accountsFor: ({ argument }) => WINDOWS.test(typeof argument === 'string' ? argument : argument[0]!),
  },
  {
    name: 'a path that is the input, resolved',
    detectors: ['lfi_detector'],
    by: 'us',
    accountsFor: ({ argument, input }) =>
      argument !== input && posix.normalize(`/${input}`) === posix.normalize(String(argument)),
  },
  {
    name: 'a path that goes on after the input',
    detectors: ['lfi_detector'],
    by: 'us',
    accountsFor: ({ argument, input, theyFind }) =>
      theyFind(String(argument).slice(0, String(argument).indexOf(input) + input.length), input),
  },
  {
    name: 'a program of which the input leads the path elsewhere',
    detectors: ['cmdi_detector'],
    by: 'us',
    accountsFor: ({ argument, input }) =>
      /(?:^|[\\/])\.\./.test(input) && argument[0]!.includes(input.trim()),
  },
];

const COMMANDS: DetectorDifference[] = [
  {
    name: 'a command line that is handed on to another shell',
    detectors: SHELLS,
    by: 'us',
    accountsFor: ({ argument, input, weFind }) => {
      const other = mapArgument(argument, (text) => text.replace(/\b\w*sh -c /g, 'xx -y '));
      return String(other) !== String(argument) && !weFind(other, input);
    },
  },
  {
    name: 'an assignment to what has no name',
    detectors: SHELLS,
    by: 'us',
    accountsFor: (finding) =>
      theyFindWith(finding, (text) => text.replaceAll('=', ' ')) ||
      (ASSIGNED_TO_NO_NAME.test(String(finding.argument)) &&
        !findWith(finding.weFind, finding, (text) => text.replaceAll('=', '_'))),
  },
  {
    name: 'what a function does',
    detectors: SHELLS,
    by: 'us',
    accountsFor: (finding) => theyFindWith(finding, (text) => text.replaceAll(/\(\s*\)/g, ';')),
  },
  {
    name: 'parentheses after a value',
    detectors: SHELLS,
    by: 'libddwaf',
    accountsFor: (finding) =>
      /\(\s*\)/.test(finding.input) &&
      findWith(finding.weFind, finding, (text) => text.replaceAll(/\(\s*\)/g, ';')),
  },
  {
    name: 'a path that is run',
    detectors: SHELLS,
    by: 'us',
    accountsFor: ({ input, theyFind }) => input.includes('/') && theyFind(input, input),
  },
  {
    name: 'an expansion that is not closed',
    detectors: SHELLS,
    by: 'us',
    accountsFor: ({ input }) => /\$\{[^}]*$|^[^`]*`[^`]*$/.test(input),
  },
  {
    name: 'an expansion in an expansion',
    detectors: SHELLS,
    by: 'libddwaf',
    accountsFor: ({ argument }) => /\$\{[^}]*\$\{/.test(String(argument)),
  },
  {
    name: 'quotes that open no string',
    detectors: SHELLS,
    by: 'us',
    accountsFor: (finding) =>
      theyFindWith(finding, withoutQuotes) ||
      finding.theyFind(mapArgument(finding.argument, withoutQuotes), withoutQuotes(finding.input)) ||
      theyFindWith(finding, (text) => withoutQuotes(text).replaceAll('=', ' ')),
  },
  {
    name: 'quotes that open a string',
    detectors: SHELLS,
    by: 'libddwaf',
    accountsFor: ({ argument, input, weFind }) =>
      [withoutQuotes, (text: string) => text.replaceAll('\\', '')].some(
        (change) => change(input) !== input && weFind(mapArgument(argument, change), change(input)),
      ),
  },
  {
    name: 'a part of a word of a command line',
    detectors: SHELLS,
    by: 'libddwaf',
    accountsFor: ({ argument, input }) => {
      const parts = String(argument).split(input);
      const joins = (before: string, after: string) =>
        /[^\s;|&(){}<>]$|\$\{$/.test(before) || /^[^\s;|&(){}<>]/.test(after);
      return parts.slice(1).some((after, index) => joins(parts[index]!, after));
    },
  },
];

/** In the order in which they are tried. */
export const DIFFERENCES: readonly DetectorDifference[] = [
  {
    name: 'an input that the application trimmed, decoded or changed in case',
    detectors: ['sqli_detector', 'ssrf_detector', 'lfi_detector', ...SHELLS],
    by: 'us',
    accountsFor: ({ input, highlight }) => highlight !== input,
  },
  {
    name: 'the least length in bytes',
    detectors: Object.keys(LEAST_LENGTHS),
    by: 'libddwaf',
    accountsFor: ({ detector, input }) =>
      input.length < LEAST_LENGTHS[detector]! && Buffer.byteLength(input) >= LEAST_LENGTHS[detector]!,
  },
  ...SQL,
  ...URLS,
  ...PATHS,
  ...COMMANDS,
];

function isOtherDialect(system: string): boolean {
  return /mssql|oracle/.test(system);
}

/** Words, strings, comments and signs, without parentheses, which libddwaf leaves out. */
function roughTokens(text: string): number {
  const tokens =
    /(?:\w|[^\x00-\x7f])+|'[^']*'?|"[^"]*"?|`[^`]*`?|--.*|#.*|\/\*.*|[^\s\w()'"`/#\x80-\uffff-]+|[/#-]/gs;
  return (text.match(tokens) ?? []).length;
}

function mapArgument(argument: Finding['argument'], change: (text: string) => string): Finding['argument'] {
  return typeof argument === 'string' ? change(argument) : argument.map(change);
}

/** Whether libddwaf finds the input once it is changed, there and in the argument. */
function theyFindWith(finding: Finding, change: (text: string) => string): boolean {
  return findWith(finding.theyFind, finding, change);
}

function findWith(
  find: Finding['theyFind'],
  { argument, input }: Finding,
  change: (text: string) => string,
): boolean {
  const changed = change(input);
  return find(
    mapArgument(argument, (text) => text.split(input).join(changed)),
    changed,
  );
}

function withoutQuotes(text: string): string {
  return text.replace(/["'`\\]/g, '');
}

function withPlainTokens(text: string): string {
  return text
    .replace(/=+/g, '=')
    .replace(/(\d)\.(?=\d)/g, '$1')
    .replace(/[^\x00-\x7f]+/g, 'z');
}
