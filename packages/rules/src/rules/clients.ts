import type { RuleDefinition } from '@wardline/waf';
import { AUTOMATIC_CLIENTS } from '../data/user-agents.ts';

const ATTRIBUTE = 'wardline.appsec.client.kind';

/**
 * What kind of automatic client a request says it is from. That is no attack, so there is no event: a trace is told by
 * an attribute, `wardline.appsec.client.kind`, the first kind that the user agent names.
 */
export const CLIENTS: readonly RuleDefinition[] = Object.entries(AUTOMATIC_CLIENTS).map(
  ([kind, list]): RuleDefinition => ({
    id: `client-${kind.replaceAll('_', '-')}`,
    name: `Automatic client: ${kind.replaceAll('_', ' ')}`,
    tags: { type: 'automatic_client', category: 'client', module: 'waf' },
    conditions: [
      {
        operator: 'phrase_match',
        parameters: {
          inputs: [{ address: 'server.request.headers.no_cookies', key_path: ['user-agent'] }],
          list: [...list],
        },
      },
    ],
    transformers: ['lowercase'],
    on_match: [],
    output: { event: false, keep: false, attributes: { [ATTRIBUTE]: { value: kind } } },
  }),
);
