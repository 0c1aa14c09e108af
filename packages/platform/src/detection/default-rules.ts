/** The detection rules that come with the platform. */
import type { RuleDefinitionInput } from './rule.ts';

export interface DefaultRule {
  id: string;
  /** Grows with each change of the rule. */
  version: number;
  definition: RuleDefinitionInput;
}

const SCANNERS = '@appsec.type:(security_scanner OR attack_tool OR commercial_scanner)';
const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** What a rule's message says, in the order in which it is read. */
function message(goal: string, strategy: string, triage: readonly string[]): string {
  const steps = triage.map((step, index) => `${index + 1}. ${step}`).join('\n');
  return `## Goal\n${goal}\n\n## Strategy\n${strategy}\n\n## Triage and response\n${steps}`;
}

/** What differs between the rules about inputs that reached a sink. */
interface Exploit {
  id: string;
  name: string;
  /** The event's type. */
  type: string;
  /** What the attacker's input became part of. */
  sink: string;
  /** What to look for in what the attack did, and how to close the hole. */
  impact: string;
  fix: string;
  tags: readonly string[];
}

const EXPLOITS: readonly Exploit[] = [
  {
    id: 'wrd-sql-exp',
    name: 'SQL injection exploited',
    type: 'sql_injection',
    sink: 'a SQL statement, outside a bound value',
    impact:
      'Read the statement in the trace: which tables it touched, and how many rows it returned or changed.',
    fix: 'Bind values as parameters instead of joining them into the statement.',
    tags: ['tactic:TA0001-initial-access', 'technique:T1190-exploit-public-facing-application', 'cwe:89'],
  },
  {
    id: 'wrd-cmd-exp',
    name: 'Command injection exploited',
    type: 'command_injection',
    sink: 'a command line that the service ran',
    impact:
      'Treat the host or container as taken: look for new processes, files and outgoing connections, and change the secrets that it holds.',
    fix: 'Start programs without a shell, with their arguments as a list, and accept only values from a known set.',
    tags: ['tactic:TA0002-execution', 'technique:T1059-command-and-scripting-interpreter', 'cwe:78'],
  },
  {
    id: 'wrd-lfi-exp',
    name: 'Local file inclusion exploited',
    type: 'lfi',
    sink: 'the path of a file that the service opened',
    impact:
      'See which file was opened, and change every secret that it could have shown (configuration, keys, environment).',
    fix: 'Choose files by an identifier from a list, or resolve the path and refuse what lies outside its folder.',
    tags: ['tactic:TA0009-collection', 'technique:T1005-data-from-local-system', 'cwe:22'],
  },
  {
    id: 'wrd-srf-exp',
    name: 'SSRF exploited',
    type: 'ssrf',
    sink: 'the address of a request that the service sent',
    impact:
      "See where the request went: cloud metadata addresses give away credentials, internal ones what isn't meant to be public.",
    fix: 'Allow a list of destinations, resolve names once, and refuse private and link-local addresses.',
    tags: ['tactic:TA0007-discovery', 'technique:T1190-exploit-public-facing-application', 'cwe:918'],
  },
];

function exploitRule(exploit: Exploit): DefaultRule {
  const activity = `@appsec.security_activity:vulnerability_trigger.${exploit.type}`;
  const groupBy = { groupByFields: ['service', 'env', '@http.route'], hasOptionalGroupByFields: true };
  return {
    id: exploit.id,
    version: 1,
    definition: {
      name: exploit.name,
      type: 'application_security',
      message: message(
        `Find requests whose input became part of ${exploit.sink}: the vulnerability is real, not only probed for.`,
        'The agent saw the value from the request in the argument of the call itself. Critical where the request went through; high where it was blocked or ended in a server error, because the hole is there all the same.',
        [
          'Open a trace of {{service}}, route {{@http.route}}: it has the value, the code path to the call and what the call did. Clients: {{@http.client_ip}}.',
          exploit.impact,
          'If it was not blocked, set the service to block and block the client while you work.',
          `${exploit.fix} The first frame of your own code in the stack is the place.`,
          'If it was a test of your own, archive the signal with that reason.',
        ],
      ),
      queries: [
        {
          name: 'succeeded',
          query: `${activity} -@appsec.blocked:true -@http.status_code:>=500`,
          aggregation: 'count',
          ...groupBy,
        },
        { name: 'exploits', query: activity, aggregation: 'count', ...groupBy },
      ],
      cases: [
        { name: '', condition: 'succeeded > 0', status: 'critical' },
        { name: 'stopped or failed', condition: 'exploits > 0', status: 'high' },
      ],
      options: {
        detectionMethod: 'threshold',
        evaluationWindow: 5 * MINUTE,
        keepAlive: HOUR,
        maxSignalDuration: 24 * HOUR,
      },
      tags: ['security:attack', `category:${exploit.type}`, ...exploit.tags],
    },
  };
}

export const DEFAULT_RULES: readonly DefaultRule[] = [
  ...EXPLOITS.map(exploitRule),
  {
    id: 'wrd-att-oip',
    version: 1,
    definition: {
      name: 'Attack attempts from one IP',
      type: 'application_security',
      message: message(
        'Find an address that keeps attacking, whatever it tries.',
        'Counts the attack attempts of each client address over all services. Scanners and attack tools have a rule of their own.',
        [
          'See what {{@http.client_ip}} tried, and whether it found something: look for signals of exploits on the same services.',
          'Check that the address is the client and not a proxy of your own; if it is a proxy, tell the agents how many they may trust.',
          'Block the address for a few hours. Addresses are shared and change hands, so not for ever.',
          'If the attempts are your own traffic, exclude that path or parameter from the rule that matched.',
        ],
      ),
      queries: [
        {
          name: 'attempts',
          query: `@appsec.category:attack_attempt -${SCANNERS}`,
          aggregation: 'count',
          groupByFields: ['@http.client_ip'],
        },
      ],
      cases: [
        { name: 'over 200 attempts', condition: 'attempts > 200', status: 'high' },
        { name: 'over 50 attempts', condition: 'attempts > 50', status: 'medium' },
        { name: 'over 10 attempts', condition: 'attempts > 10', status: 'low' },
      ],
      options: {
        detectionMethod: 'threshold',
        evaluationWindow: 5 * MINUTE,
        keepAlive: HOUR,
        maxSignalDuration: 24 * HOUR,
      },
      tags: [
        'security:attack',
        'tactic:TA0001-initial-access',
        'technique:T1190-exploit-public-facing-application',
      ],
    },
  },
  {
    id: 'wrd-scn-det',
    version: 1,
    definition: {
      name: 'Security scanner detected',
      type: 'application_security',
      message: message(
        'Know who scans the services, and when a scan finds something.',
        'Counts requests that carry the marks of security scanners and attack tools, by client address. Low where they reach real routes or come with a user, medium where they make the service fail.',
        [
          'Ask whether {{@http.client_ip}} scans on your behalf ({{@http.useragent}}). If so, put it on the pass list or archive the signal.',
          'Look at the requests that ended in a server error: what they sent is a place to look at before others do.',
          'Block the address if nobody knows it. A scan by itself is everyday noise and no reason to be woken.',
        ],
      ),
      queries: [
        { name: 'scans', query: SCANNERS, aggregation: 'count', groupByFields: ['@http.client_ip'] },
        {
          name: 'reached',
          query: `${SCANNERS} ((@http.route:* -@http.status_code:404) OR @usr.id:*)`,
          aggregation: 'count',
          groupByFields: ['@http.client_ip'],
        },
        {
          name: 'errors',
          query: `${SCANNERS} @http.status_code:>=500`,
          aggregation: 'count',
          groupByFields: ['@http.client_ip'],
        },
      ],
      cases: [
        { name: 'server errors', condition: 'errors > 0', status: 'medium' },
        { name: 'real routes', condition: 'reached > 0', status: 'low' },
        { name: '', condition: 'scans > 0', status: 'info' },
      ],
      options: {
        detectionMethod: 'threshold',
        evaluationWindow: 10 * MINUTE,
        keepAlive: HOUR,
        maxSignalDuration: 24 * HOUR,
      },
      tags: ['security:attack', 'tactic:TA0043-reconnaissance', 'technique:T1595-active-scanning'],
    },
  },
  {
    id: 'wrd-bru-acc',
    version: 1,
    definition: {
      name: 'Brute force on one account',
      type: 'application_security',
      message: message(
        'Find guessing at the password of one account, and above all a guess that was right.',
        'Counts the failed logins that name the account. Critical when a login succeeds after them.',
        [
          'If a login succeeded: end the sessions of {{@usr.login}}, reset the password, and read what the account did since in its traces.',
          'If none did: see whether the failures come from few addresses ({{@http.client_ip}}) and block them.',
          'Ask the owner, if it could be a forgotten password in a script or a phone.',
          'Limit attempts for each account and add a second factor.',
        ],
      ),
      queries: [
        {
          name: 'failures',
          query: '@appsec.security_activity:business_logic.users.login.failure',
          aggregation: 'count',
          groupByFields: ['@usr.login'],
        },
        {
          name: 'successes',
          query: '@appsec.security_activity:business_logic.users.login.success',
          aggregation: 'count',
          groupByFields: ['@usr.login'],
        },
      ],
      cases: [
        {
          name: 'login succeeded',
          condition: 'failures > 40 && successes > 0 && last(successes) > first(failures)',
          status: 'critical',
        },
        { name: 'over 500 failures', condition: 'failures > 500', status: 'high' },
        { name: 'over 150 failures', condition: 'failures > 150', status: 'medium' },
        { name: 'over 40 failures', condition: 'failures > 40', status: 'low' },
      ],
      options: {
        detectionMethod: 'threshold',
        evaluationWindow: 15 * MINUTE,
        keepAlive: HOUR,
        maxSignalDuration: 24 * HOUR,
      },
      tags: [
        'security:attack',
        'category:account_takeover',
        'tactic:TA0006-credential-access',
        'technique:T1110-brute-force',
      ],
    },
  },
];
