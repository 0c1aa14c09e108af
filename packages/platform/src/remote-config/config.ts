import { createHash } from 'node:crypto';
import { BLOCK_LIST_PATH, type RemoteConfig } from '@wardline/telemetry';
import type { Ruleset } from '@wardline/waf';
import type { BlockedIp } from './block-list.ts';

/** The configuration of every agent. Its version is a hash of its content: the same content has the same version. */
export function buildConfig(blocked: readonly BlockedIp[]): RemoteConfig {
  const blockList: Ruleset = {
    rules_data: [
      {
        id: 'blocked_ips',
        type: 'ip_with_expiration',
        data: blocked
          .map(({ value, expiresAt }) => ({
            value,
            // Rounded up: a block may outlast its end by a part of a second, but doesn't end before it.
            expiration: expiresAt === null ? 0 : Math.ceil(expiresAt.getTime() / 1000),
          }))
          .sort((a, b) => (a.value < b.value ? -1 : 1)),
      },
    ],
  };
  const configurations = { [BLOCK_LIST_PATH]: blockList };
  const version = createHash('sha256').update(JSON.stringify(configurations)).digest('hex').slice(0, 16);
  return { version, configurations };
}
