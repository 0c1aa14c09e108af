-- the definition as it was last shipped: a rule whose definition differs from it has been edited, and is left alone
ALTER TABLE detection_rules ADD COLUMN default_version integer;
ALTER TABLE detection_rules ADD COLUMN default_definition jsonb;

-- maxSignalDuration counts from here
ALTER TABLE signals ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
-- how many of events_matched lie before the rule's counted_until, and are not counted again
ALTER TABLE signals ADD COLUMN events_counted bigint NOT NULL DEFAULT 0;
-- grows with each change by a person; a change that names an older version is refused
ALTER TABLE signals ADD COLUMN triage_version integer NOT NULL DEFAULT 0;
ALTER TABLE signals ADD COLUMN state_updated_at timestamptz;
ALTER TABLE signals ADD COLUMN state_updated_by uuid;

-- group keys hold values from requests, which may be longer than an index takes
DROP INDEX signals_active;
CREATE UNIQUE INDEX signals_active ON signals (rule_id, md5(group_key)) WHERE active;
CREATE INDEX signals_group ON signals (rule_id, md5(group_key), last_seen DESC);

-- how far each rule has been evaluated, written together with its signals
CREATE TABLE detection_progress (
  rule_id text PRIMARY KEY,
  -- by the events' own time: events up to here are in their signals' events_counted
  counted_until timestamptz NOT NULL,
  -- by time of arrival: events that arrived later have not been seen
  evaluated_until timestamptz NOT NULL
);
