CREATE TABLE IF NOT EXISTS security_events
(
    event_id String CODEC(ZSTD(1)),
    timestamp DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1)),
    received_at DateTime64(3, 'UTC') DEFAULT now64(3),
    trace_id String CODEC(ZSTD(1)),
    span_id String CODEC(ZSTD(1)),
    service LowCardinality(String),
    env LowCardinality(String),
    version LowCardinality(String),
    host LowCardinality(String),
    activity LowCardinality(String),
    category LowCardinality(String),
    type LowCardinality(String),
    rule_id LowCardinality(String),
    rule_name LowCardinality(String),
    blocked UInt8,
    client_ip String CODEC(ZSTD(1)),
    user_id String CODEC(ZSTD(1)),
    user_login String CODEC(ZSTD(1)),
    session_id String CODEC(ZSTD(1)),
    user_agent String CODEC(ZSTD(1)),
    method LowCardinality(String),
    route LowCardinality(String),
    path String CODEC(ZSTD(1)),
    status_code UInt16,
    address LowCardinality(String),
    key_path String CODEC(ZSTD(1)),
    value String CODEC(ZSTD(1)),
    highlight String CODEC(ZSTD(1)),
    operator LowCardinality(String),
    trigger String CODEC(ZSTD(1)),
    stack String CODEC(ZSTD(1)),
    attributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    INDEX idx_trace_id trace_id TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX idx_client_ip client_ip TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = ReplacingMergeTree
PARTITION BY toDate(timestamp)
ORDER BY (toStartOfFiveMinutes(toDateTime(timestamp)), service, activity, timestamp, event_id)
TTL toDateTime(timestamp) + INTERVAL 90 DAY
SETTINGS ttl_only_drop_parts = 1, fsync_after_insert = 1
