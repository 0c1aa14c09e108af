-- The spans of one trace, oldest first. A batch that an agent sent twice has its spans twice.
SELECT
    trace_id,
    span_id,
    parent_span_id,
    name,
    kind,
    service,
    env,
    version,
    host,
    toUnixTimestamp64Nano(start_time) AS start_ns,
    duration_ns,
    status,
    status_message,
    scope,
    resource,
    attributes,
    events
FROM spans
WHERE trace_id IN {trace_ids:Array(String)}
ORDER BY start_time, span_id
LIMIT 1 BY trace_id, span_id, kind
LIMIT {limit:UInt32}
