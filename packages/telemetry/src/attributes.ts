/** Names of span and resource attributes that agent and platform share. Where OpenTelemetry has a name, it is that one. */
export const ATTRIBUTE = {
  // resource
  serviceName: 'service.name',
  serviceVersion: 'service.version',
  environment: 'deployment.environment.name',
  hostName: 'host.name',
  processPid: 'process.pid',
  runtimeName: 'process.runtime.name',
  runtimeVersion: 'process.runtime.version',
  sdkName: 'telemetry.sdk.name',
  sdkLanguage: 'telemetry.sdk.language',
  sdkVersion: 'telemetry.sdk.version',
  // HTTP server and client
  httpMethod: 'http.request.method',
  httpStatus: 'http.response.status_code',
  httpRoute: 'http.route',
  urlPath: 'url.path',
  urlQuery: 'url.query',
  urlScheme: 'url.scheme',
  urlFull: 'url.full',
  serverAddress: 'server.address',
  serverPort: 'server.port',
  clientAddress: 'client.address',
  peerAddress: 'network.peer.address',
  userAgent: 'user_agent.original',
  // database
  dbSystem: 'db.system.name',
  dbNamespace: 'db.namespace',
  dbQuery: 'db.query.text',
  dbOperation: 'db.operation.name',
  // code
  codeFile: 'code.file.path',
  codeLine: 'code.line.number',
  codeFunction: 'code.function.name',
  // error
  errorType: 'error.type',
  exceptionMessage: 'exception.message',
  // process and files
  processCommand: 'process.command_line',
  filePath: 'file.path',
  // user
  userId: 'user.id',
  userEmail: 'user.email',
  sessionId: 'session.id',
  // application security, all on the service-entry span
  /** `true` on a span with triggers. */
  appsecEvent: 'wardline.appsec.event',
  /** JSON, `{"triggers":[…]}`, Datadog's shape (`WafEvent` of `@wardline/waf`). */
  appsecTriggers: 'wardline.appsec.triggers',
  /** `true` where the request, or a sink in it, was stopped. */
  appsecBlocked: 'wardline.appsec.blocked',
  /** JSON, `StackTrace[]`: the code path at each sink that was reached. */
  appsecStack: 'wardline.appsec.stack',
  /** `true` on every service-entry span of a protected service. */
  appsecEnabled: 'wardline.appsec.enabled',
  appsecMode: 'wardline.appsec.mode',
  appsecRulesVersion: 'wardline.appsec.rules_version',
  /** Microseconds spent in the WAF for this request. */
  appsecWafDuration: 'wardline.appsec.waf.duration_us',
  appsecWafTimeouts: 'wardline.appsec.waf.timeouts',
  /** JSON, which limits cut the input short. */
  appsecTruncated: 'wardline.appsec.truncated',
  appsecBlockFailed: 'wardline.appsec.block_failed',
} as const;

/**
 * Business-logic events (logins and the like), in Datadog's form on the service-entry span:
 * `appsec.events.<name>.track = true`, and `appsec.events.<name>.<key> = value` for its metadata. For logins the keys are
 * `usr.login`, `usr.id`, `usr.exists`.
 */
export const BUSINESS_EVENT_PREFIX = 'appsec.events.';
export const LOGIN_SUCCESS = 'users.login.success';
export const LOGIN_FAILURE = 'users.login.failure';

/** One call path, the innermost frame first. `file` is relative to the application's root where it lies below it. */
export interface StackTrace {
  /** The `stack_id` of the trigger that it belongs to. */
  id: string;
  language: 'nodejs' | 'jvm' | 'python';
  frames: StackFrame[];
}

export interface StackFrame {
  id: number;
  file: string;
  line: number;
  column: number;
  function: string;
  class_name?: string;
  /** Whether the frame is the application's own code: neither a dependency's, nor the runtime's, nor the agent's. */
  in_app: boolean;
}
