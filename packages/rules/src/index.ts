import type { Ruleset } from '@wardline/waf';
import { defineRule, type RuleSource } from './rule.ts';
import { CLIENTS } from './rules/clients.ts';
import { CODE_INJECTION } from './rules/code-injection.ts';
import { COMMAND_INJECTION } from './rules/command-injection.ts';
import { CRLF_INJECTION } from './rules/crlf-injection.ts';
import { DISCOVERY } from './rules/discovery/index.ts';
import { EXPLOITS, RESPONSES } from './rules/exploits.ts';
import { FILE_ACCESS } from './rules/file-access/index.ts';
import { GRAPHQL } from './rules/graphql.ts';
import { JWT_ATTACKS, JWT_PROCESSOR } from './rules/jwt.ts';
import { LDAP_INJECTION } from './rules/ldap-injection.ts';
import { MAIL_INJECTION } from './rules/mail-injection.ts';
import { NOSQL_INJECTION } from './rules/nosql-injection.ts';
import { OPEN_REDIRECT } from './rules/open-redirect.ts';
import { PROTOCOL } from './rules/protocol/index.ts';
import { SCANNERS } from './rules/scanners.ts';
import { SQL_INJECTION } from './rules/sql-injection/index.ts';
import { SERVER_SIDE_INCLUDES } from './rules/ssi.ts';
import { SSRF } from './rules/ssrf.ts';
import { TEMPLATE_INJECTION } from './rules/template-injection/index.ts';
import { UPLOADS } from './rules/uploads.ts';
import { XPATH_INJECTION } from './rules/xpath-injection.ts';
import { XSS } from './rules/xss/index.ts';
import { XXE } from './rules/xxe.ts';
import { scanners, schemas } from './scanners/index.ts';
import { scoring } from './scoring.ts';

export { POLICIES, type PolicyName } from './policies.ts';

/** Rules over what comes in at the door. */
const ATTEMPTS: readonly RuleSource[] = [
  ...SQL_INJECTION,
  ...XSS,
  ...COMMAND_INJECTION,
  ...FILE_ACCESS,
  ...SSRF,
  ...NOSQL_INJECTION,
  ...CODE_INJECTION,
  ...LDAP_INJECTION,
  ...XPATH_INJECTION,
  ...MAIL_INJECTION,
  ...CRLF_INJECTION,
  ...SERVER_SIDE_INCLUDES,
  ...TEMPLATE_INJECTION,
  ...XXE,
  ...GRAPHQL,
  ...JWT_ATTACKS,
  ...PROTOCOL,
  ...SCANNERS,
  ...OPEN_REDIRECT,
  ...UPLOADS,
  ...DISCOVERY,
];

const scores = scoring(ATTEMPTS);

/** The curated ruleset, in Datadog's format 2.2. All rules monitor; a policy decides what blocks. */
export const ruleset: Ruleset = {
  version: '2.2',
  metadata: { rules_version: '0.2.0' },
  rules: [...RESPONSES, ...EXPLOITS, ...ATTEMPTS.map(defineRule), ...(scores.rules ?? []), ...CLIENTS],
  processors: [JWT_PROCESSOR, ...(scores.processors ?? []), schemas],
  scanners: [...scanners],
};

export type { RuleSource } from './rule.ts';
/** What the rules over requests are written as, for who documents or tests them. */
export { ATTEMPTS as ruleSources };
