export { detectCommandInjection, type ExecCommand, execCommand } from './command.ts';
export type { Finding } from './finding.ts';
export { detectPathTraversal } from './path.ts';
export { detectShellInjection, type ShellCommand, shellCommand } from './shell.ts';
export { detectSqlInjection, type SqlStatement, sqlStatement } from './sql.ts';
export { type SqlDialect, sqlDialect } from './sql-dialects.ts';
export { DEFAULT_SSRF_OPTIONS, readSsrfOptions, type SsrfOptions } from './ssrf-options.ts';
export { detectSsrf, findPolicyViolation, type OutgoingUrl, outgoingUrl } from './url.ts';
