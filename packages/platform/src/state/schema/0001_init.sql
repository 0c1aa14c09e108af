CREATE TABLE users (
  id uuid PRIMARY KEY,
  email text NOT NULL UNIQUE,
  name text NOT NULL DEFAULT '',
  password_hash text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE sessions (
  token_hash text PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users(id) ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL
);

CREATE TABLE keys (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('api', 'application')),
  name text NOT NULL,
  -- sha256 of the key; the last four characters tell keys apart for people
  hash text NOT NULL UNIQUE,
  last4 text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz
);

CREATE TABLE detection_rules (
  id text PRIMARY KEY,
  version integer NOT NULL DEFAULT 1,
  is_default boolean NOT NULL DEFAULT false,
  enabled boolean NOT NULL DEFAULT true,
  -- the rule in Datadog's shape: name, message, queries, cases, options, tags
  definition jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE signals (
  id text PRIMARY KEY,
  rule_id text NOT NULL,
  -- the values that the rule groups by, as a canonical JSON object
  group_key text NOT NULL,
  status text NOT NULL CHECK (status IN ('info', 'low', 'medium', 'high', 'critical')),
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'archived', 'under_review')),
  archive_reason text NOT NULL DEFAULT 'none',
  archive_comment text NOT NULL DEFAULT '',
  assignee uuid,
  first_seen timestamptz NOT NULL,
  last_seen timestamptz NOT NULL,
  -- when events last raised or created it; `timestamp` in the API
  triggered_at timestamptz NOT NULL,
  -- while a signal is active, further events of its group join it
  active boolean NOT NULL DEFAULT true,
  events_matched bigint NOT NULL,
  service text[] NOT NULL DEFAULT '{}',
  env text[] NOT NULL DEFAULT '{}',
  -- the rest of the API's attributes: title, message, tags, queries, samples, rule, triggering case, http, usr, network
  body jsonb NOT NULL
);
CREATE UNIQUE INDEX signals_active ON signals (rule_id, group_key) WHERE active;
CREATE INDEX signals_time ON signals (triggered_at DESC, id DESC);

CREATE TABLE blocked_ips (
  -- an address or a CIDR range
  value text PRIMARY KEY,
  reason text NOT NULL DEFAULT '',
  created_by text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL DEFAULT now(),
  -- null: until unblocked
  expires_at timestamptz
);
