import os from 'node:os';
import { ATTRIBUTE, type Attributes } from '@wardline/telemetry';
import type { Config } from '../init/config.ts';
import { VERSION } from '../init/version.ts';

/** Who sends: the resource that all spans of this process share. The named options win over `OTEL_RESOURCE_ATTRIBUTES`. */
export function resourceOf(config: Config): Attributes {
  const resource: Attributes = {
    [ATTRIBUTE.hostName]: os.hostname(),
    [ATTRIBUTE.processPid]: process.pid,
    [ATTRIBUTE.runtimeName]: 'nodejs',
    [ATTRIBUTE.runtimeVersion]: process.versions.node,
    ...config.resourceAttributes,
    [ATTRIBUTE.sdkName]: 'wardline',
    [ATTRIBUTE.sdkLanguage]: 'nodejs',
    [ATTRIBUTE.sdkVersion]: VERSION,
    [ATTRIBUTE.serviceName]: config.service,
  };
  if (config.env !== '') resource[ATTRIBUTE.environment] = config.env;
  if (config.version !== '') resource[ATTRIBUTE.serviceVersion] = config.version;
  return resource;
}
