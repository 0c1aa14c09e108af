import assert from 'node:assert/strict';
import test from 'node:test';
import { type Config, type Environment, resolveConfig } from './config.ts';
import { type InitOptions, OPTIONS } from './options.ts';

const resolve = (options: InitOptions, env: Environment = {}) =>
  resolveConfig(options, env, () => 'from-package');

test('without options and variables the defaults hold', () => {
  assert.deepEqual(resolve({}), {
    config: {
      enabled: true,
      service: 'from-package',
      env: '',
      version: '',
      url: 'http://127.0.0.1:7070',
      apiKey: '',
      tracesUrl: 'http://127.0.0.1:7070/v1/traces',
      tracesHeaders: {},
      resourceAttributes: {},
      appsec: 'off',
      appsecPinnedOff: false,
      rules: '',
      trustedProxies: 0,
      sampleRate: 1,
      remoteConfig: true,
      logLevel: 'warn',
    },
    warnings: [],
  });
});

const ALL = {
  WARDLINE_SERVICE: 'wardline',
  OTEL_SERVICE_NAME: 'otel-name',
  OTEL_RESOURCE_ATTRIBUTES:
    'service.name=otel-resource,deployment.environment.name=otel-env,service.version=2',
  DD_SERVICE: 'datadog',
  DD_ENV: 'datadog-env',
  DD_VERSION: '3',
};
const without = (...names: string[]): Environment =>
  Object.fromEntries(Object.entries(ALL).filter(([name]) => !names.includes(name)));

const CASES: [string, InitOptions, Environment, Partial<Config>][] = [
  ['the argument wins', { service: 'argument' }, ALL, { service: 'argument' }],
  ['then WARDLINE_*', {}, ALL, { service: 'wardline', env: 'otel-env', version: '2' }],
  ['then OTEL_SERVICE_NAME', {}, without('WARDLINE_SERVICE'), { service: 'otel-name' }],
  [
    'then OTEL_RESOURCE_ATTRIBUTES',
    {},
    without('WARDLINE_SERVICE', 'OTEL_SERVICE_NAME'),
    { service: 'otel-resource' },
  ],
  [
    'then DD_*',
    {},
    { DD_SERVICE: 'datadog', DD_ENV: 'datadog-env', DD_VERSION: '3' },
    { service: 'datadog', env: 'datadog-env', version: '3' },
  ],
  ['an empty variable is unset', {}, { WARDLINE_SERVICE: '', DD_SERVICE: 'datadog' }, { service: 'datadog' }],
  [
    'the older name of the environment attribute',
    {},
    { OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment=old' },
    { env: 'old' },
  ],
  ['appsec: true monitors', { appsec: true }, {}, { appsec: 'monitor' }],
  [
    'appsec: true in the mode of a variable',
    { appsec: true },
    { WARDLINE_APPSEC_MODE: 'block' },
    { appsec: 'block' },
  ],
  ['appsec: block', { appsec: 'block' }, { WARDLINE_APPSEC_MODE: 'monitor' }, { appsec: 'block' }],
  ['WARDLINE_APPSEC_ENABLED=true', {}, { WARDLINE_APPSEC_ENABLED: 'true' }, { appsec: 'monitor' }],
  ['WARDLINE_APPSEC_ENABLED=block', {}, { WARDLINE_APPSEC_ENABLED: 'block' }, { appsec: 'block' }],
  ['DD_APPSEC_ENABLED=1', {}, { DD_APPSEC_ENABLED: '1' }, { appsec: 'monitor' }],
  [
    'a mode alone enables nothing',
    {},
    { WARDLINE_APPSEC_MODE: 'block' },
    { appsec: 'off', appsecPinnedOff: false },
  ],
  [
    'an explicit false is kept',
    {},
    { WARDLINE_APPSEC_ENABLED: 'false' },
    { appsec: 'off', appsecPinnedOff: true },
  ],
  [
    'numbers from text',
    {},
    { WARDLINE_TRUSTED_PROXIES: '2', WARDLINE_TRACE_SAMPLE_RATE: '0.25' },
    { trustedProxies: 2, sampleRate: 0.25 },
  ],
  [
    "spans go where OpenTelemetry's endpoint says",
    {},
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/' },
    { url: 'http://127.0.0.1:7070', tracesUrl: 'http://collector:4318/v1/traces' },
  ],
  [
    'the traces endpoint is used as it is',
    {},
    {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://collector/x',
    },
    { tracesUrl: 'http://collector/x' },
  ],
  [
    "our address wins over OpenTelemetry's endpoint",
    {},
    { WARDLINE_URL: 'https://wardline/base/', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' },
    { url: 'https://wardline/base', tracesUrl: 'https://wardline/base/v1/traces' },
  ],
  [
    "OpenTelemetry's endpoint wins over Datadog's",
    {},
    { DD_TRACE_AGENT_URL: 'http://agent:8126', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' },
    { url: 'http://agent:8126', tracesUrl: 'http://collector:4318/v1/traces' },
  ],
  [
    'headers and resource attributes are percent-decoded',
    {},
    { OTEL_EXPORTER_OTLP_HEADERS: 'X-Tenant=a%20b', OTEL_RESOURCE_ATTRIBUTES: 'team=a%2Cb' },
    { tracesHeaders: { 'x-tenant': 'a b' }, resourceAttributes: { team: 'a,b' } },
  ],
];

for (const [name, options, env, expected] of CASES) {
  test(name, () => {
    const { config, warnings } = resolve(options, env);
    assert.deepEqual({ ...config, ...expected }, config);
    assert.deepEqual(warnings, []);
  });
}

const REJECTED: [string, InitOptions, Environment, RegExp][] = [
  [
    'a rate',
    {},
    { WARDLINE_TRACE_SAMPLE_RATE: '7' },
    /^WARDLINE_TRACE_SAMPLE_RATE is "7", which is not a number from 0 to 1; using the default "1"$/,
  ],
  ['a count', {}, { WARDLINE_TRUSTED_PROXIES: '-1' }, /^WARDLINE_TRUSTED_PROXIES is "-1".*whole number/],
  ['a URL', {}, { WARDLINE_URL: 'localhost:7070' }, /^WARDLINE_URL is "localhost:7070".*http:\/\//],
  ['a socket of the Datadog agent', {}, { DD_TRACE_AGENT_URL: 'unix:///var/run/x' }, /^DD_TRACE_AGENT_URL/],
  [
    'a mode',
    {},
    { WARDLINE_APPSEC_ENABLED: 'on' },
    /^WARDLINE_APPSEC_ENABLED is "on".*true, false, monitor or block/,
  ],
  [
    'an argument',
    { logLevel: 'loud' as 'warn' },
    {},
    /^init\(\{ logLevel \}\) is "loud".*off, error, warn, info, debug/,
  ],
  ['an argument of another type', { service: Object.create(null) }, {}, /^init\(\{ service \}\)/],
  ['an unknown argument', { servise: 'x' } as InitOptions, {}, /"servise".*takes enabled, service/],
  [
    'an endpoint',
    {},
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector' },
    /^OTEL_EXPORTER_OTLP_ENDPOINT is "collector"/,
  ],
  [
    'a list',
    {},
    { OTEL_RESOURCE_ATTRIBUTES: 'team' },
    /^OTEL_RESOURCE_ATTRIBUTES has entries that are not key=value.*"team"/,
  ],
];

for (const [name, options, env, expected] of REJECTED) {
  test(`not accepted, and said so: ${name}`, () => {
    const { config, warnings } = resolve(options, env);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0]!, expected);
    assert.equal(config.tracesUrl, 'http://127.0.0.1:7070/v1/traces');
  });
}

test('an API key that is not accepted is not repeated in the warning', () => {
  const { warnings } = resolve({}, { WARDLINE_API_KEY: 'secret key\n' });
  assert.equal(warnings.length, 1);
  assert.doesNotMatch(warnings[0]!, /secret/);
});

test('each default is accepted by its own parser, or is empty', () => {
  for (const [key, option] of Object.entries(OPTIONS)) {
    if (option.default !== '') assert.equal(option.parse(option.default), option.default, key);
  }
});
