-- The newest trace whose id ends like this. No index helps: it reads the column of ids.
SELECT trace_id
FROM spans
WHERE substring(trace_id, 17) IN {suffixes:Array(String)}
ORDER BY start_time DESC
LIMIT 1
