import { ATTRIBUTE, type Attributes } from '@wardline/telemetry';
import { firstText } from './attribute-text.ts';

/** Columns that spans and security events take from the resource. */
export interface ResourceColumns {
  service: string;
  env: string;
  version: string;
  host: string;
}

/** What OpenTelemetry's specification says for a service that did not name itself. */
const UNKNOWN_SERVICE = 'unknown_service';

const SERVICE = [ATTRIBUTE.serviceName];
/** The second is the name before semantic conventions 1.27. */
const ENV = [ATTRIBUTE.environment, 'deployment.environment'];
const VERSION = [ATTRIBUTE.serviceVersion];
const HOST = [ATTRIBUTE.hostName];

export function resourceColumns(resource: Attributes): ResourceColumns {
  return {
    service: firstText(resource, SERVICE) || UNKNOWN_SERVICE,
    env: firstText(resource, ENV),
    version: firstText(resource, VERSION),
    host: firstText(resource, HOST),
  };
}
