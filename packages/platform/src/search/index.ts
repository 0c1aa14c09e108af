/** The one query language of the platform: parsed once, compiled to ClickHouse, to PostgreSQL or to a predicate. */
export type { FieldReference, Query } from './ast.ts';
export { ClickHouseParameters, textOf, toClickHouse } from './clickhouse.ts';
export { type Document, documentReader } from './document-reader.ts';
export { QuerySyntaxError } from './error.ts';
export { eventReader } from './event-reader.ts';
export { parseQuery, reference } from './parser.ts';
export { PostgresParameters, toPostgres } from './postgres.ts';
export { toPredicate } from './predicate.ts';
export { parseTime, parseTimeRange, type TimeRange, TimeSyntaxError } from './time.ts';
