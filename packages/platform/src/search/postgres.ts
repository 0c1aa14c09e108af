/** Compiles a query to a condition over `signals`. Values go to the server as parameters, never into the SQL. */
import type { AddressRange, Bound, FieldReference, Query, ValueTest } from './ast.ts';
import { numberBound, timeBound, timeTestError } from './bounds.ts';
import { anywhere, likePattern } from './pattern.ts';
import { NUMBER_PATTERN } from './quantity.ts';
import { signalField } from './signal-fields.ts';

/** Collects the parameters of one statement, so that several conditions can stand in it. */
export class PostgresParameters {
  readonly values: unknown[] = [];

  /** Adds a value and returns its placeholder, such as `$1`. */
  add(value: unknown): string {
    return `$${this.values.push(value)}`;
  }

  /** A point in time, in milliseconds since the epoch. */
  time(milliseconds: number): string {
    return `to_timestamp(${this.add(milliseconds / 1000)}::double precision)`;
  }
}

/**
 * A SQL condition that is true for the rows that the query matches, and false (never NULL) for the others. `now` in
 * milliseconds since the epoch, for date math. Throws QuerySyntaxError for a bound that the field can't be compared with.
 */
export function toPostgres(query: Query, parameters: PostgresParameters, now: number): string {
  const compile = (node: Query): string => {
    switch (node.kind) {
      case 'all':
        return 'true';
      case 'and':
        return `(${node.operands.map(compile).join(' AND ')})`;
      case 'or':
        return `(${node.operands.map(compile).join(' OR ')})`;
      case 'not':
        return `NOT ${compile(node.operand)}`;
      case 'text': {
        const like = parameters.add(likePattern(anywhere(node.pattern)));
        return `EXISTS (SELECT 1 FROM unnest(${SIGNAL_TEXT}) AS v WHERE lower(v COLLATE "C") LIKE ${like}::text)`;
      }
      case 'cidr':
        return anyValue(node.field, parameters, (value) => inRanges(value, node.ranges, parameters));
      case 'field':
        return fieldTest(node.field, node.test, parameters, now);
    }
  };
  return compile(query);
}

const TAGS = "ARRAY(SELECT jsonb_array_elements_text(body -> 'tags'))";
/** In what a term without a field is looked for. */
const SIGNAL_TEXT = `ARRAY[body #>> '{custom,title}', body ->> 'message'] || service || env || ${TAGS}`;

function fieldTest(
  field: FieldReference,
  test: ValueTest,
  parameters: PostgresParameters,
  now: number,
): string {
  const target = signalField(field);
  if (target.kind === 'time') {
    if (test.kind === 'exists') return 'true';
    if (test.kind !== 'range') throw timeTestError(field);
    return bounds(target.sql, test, (bound) => parameters.time(timeBound(bound, now)));
  }
  return anyValue(field, parameters, (value) => {
    switch (test.kind) {
      case 'exists':
        return `${value} <> ''`;
      case 'equals':
        return test.value === '' ? 'false' : `${value} = ${parameters.add(test.value)}::text`;
      case 'wildcard':
        return `(${value} <> '' AND ${value} LIKE ${parameters.add(likePattern(test.pattern))}::text)`;
      case 'range': {
        const compared = bounds(
          `${value}::double precision`,
          test,
          (bound) => `${parameters.add(numberBound(bound))}::double precision`,
        );
        return `CASE WHEN ${value} ~ ${parameters.add(NUMBER_PATTERN)}::text THEN ${compared} ELSE false END`;
      }
    }
  });
}

/** True where the condition holds for one of the field's values. */
function anyValue(
  field: FieldReference,
  parameters: PostgresParameters,
  condition: (value: string) => string,
): string {
  const target = signalField(field);
  switch (target.kind) {
    case 'text':
      return condition(target.sql);
    case 'number':
    case 'time':
      return condition(`${target.sql}::text`);
    case 'texts':
      return `EXISTS (SELECT 1 FROM unnest(${target.sql}) AS v WHERE ${condition('v')})`;
    case 'tag': {
      const tags = "jsonb_array_elements_text(body -> 'tags') AS tag";
      if (target.key === undefined) return `EXISTS (SELECT 1 FROM ${tags} WHERE ${condition('tag')})`;
      const prefix = `${parameters.add(`${target.key}:`)}::text`;
      const values = `SELECT substr(tag, length(${prefix}) + 1) AS v FROM ${tags} WHERE starts_with(tag, ${prefix})`;
      return `EXISTS (SELECT 1 FROM (${values}) AS found WHERE ${condition('v')})`;
    }
    case 'path': {
      const path = `${parameters.add(jsonPath(target.segments))}::text::jsonpath`;
      const values = `SELECT item #>> '{}' AS v FROM jsonb_path_query(body -> 'custom', ${path}) AS item WHERE jsonb_typeof(item) IN ('string', 'number', 'boolean')`;
      return `EXISTS (SELECT 1 FROM (${values}) AS found WHERE ${condition('v')})`;
    }
  }
}

/** A lax JSON path: each step, and the end, goes through arrays. */
function jsonPath(segments: readonly string[]): string {
  return `$${segments.map((segment) => `.${JSON.stringify(wellFormed(segment))}`).join('')}[*]`;
}

/** With U+FFFD for lone surrogates, which PostgreSQL refuses. */
const wellFormed = (text: string) => Buffer.from(text).toString();

type Range = ValueTest & { kind: 'range' };

function bounds(value: string, { low, high }: Range, compile: (bound: Bound) => string): string {
  const parts = [
    ...(low ? [`${value} ${low.inclusive ? '>=' : '>'} ${compile(low)}`] : []),
    ...(high ? [`${value} ${high.inclusive ? '<=' : '<'} ${compile(high)}`] : []),
  ];
  return parts.length === 1 ? parts[0]! : `(${parts.join(' AND ')})`;
}

/** An address that is mapped into IPv6 counts as the IPv4 address that it is; `inet` would tell them apart. */
function inRanges(value: string, ranges: readonly AddressRange[], parameters: PostgresParameters): string {
  const address = `regexp_replace(${value}, '^::ffff:(?=[0-9]+[.])', '', 'i')`;
  const parts = ranges.map((range) => `${address}::inet <<= ${parameters.add(inet(range))}::text::inet`);
  return `CASE WHEN ${value} !~ '/' AND pg_input_is_valid(${address}, 'inet') THEN ${parts.join(' OR ')} ELSE false END`;
}

function inet({ text }: AddressRange): string {
  const mapped = /^::ffff:([0-9.]+)(?:\/(\d+))?$/i.exec(text);
  return mapped ? `${mapped[1]}/${Math.max(0, Number(mapped[2] ?? 128) - 96)}` : text;
}
