CREATE TABLE IF NOT EXISTS spans
(
    trace_id String CODEC(ZSTD(1)),
    span_id String CODEC(ZSTD(1)),
    parent_span_id String CODEC(ZSTD(1)),
    trace_state String CODEC(ZSTD(1)),
    name LowCardinality(String),
    kind LowCardinality(String),
    service LowCardinality(String),
    env LowCardinality(String),
    version LowCardinality(String),
    host LowCardinality(String),
    start_time DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1)),
    duration_ns UInt64 CODEC(ZSTD(1)),
    status LowCardinality(String),
    status_message String CODEC(ZSTD(1)),
    scope LowCardinality(String),
    resource Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    attributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    events String CODEC(ZSTD(1)),
    has_appsec_event UInt8,
    INDEX idx_trace_id trace_id TYPE bloom_filter(0.001) GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY toDate(start_time)
ORDER BY (service, name, toDateTime(start_time))
TTL toDateTime(start_time) + INTERVAL 15 DAY
SETTINGS ttl_only_drop_parts = 1, fsync_after_insert = 1
