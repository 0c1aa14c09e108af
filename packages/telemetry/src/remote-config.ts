/**
 * Remote config: `GET /api/agent/v1/config?version=V&service=S&env=E` with the API key. The platform answers at once
 * when its version differs from V, and otherwise holds the request until it changes or 25 s have passed (then 204).
 */
export const REMOTE_CONFIG_PATH = '/api/agent/v1/config';

export interface RemoteConfig {
  /** Opaque; sent back with the next request. */
  version: string;
  /** Overrides the mode that the service was started with, where set. */
  mode?: 'monitor' | 'block';
  /** Configurations for the WAF by path, in the ruleset format. The set is complete: a path that is missing is removed. */
  configurations: Record<string, unknown>;
}

/** The path under which the platform sends the list of blocked IPs, as `rules_data` with id `blocked_ips`. */
export const BLOCK_LIST_PATH = 'wardline/block-list';
