/** Compiles a query to a condition over `security_events`. Values go to the server as parameters, never into the SQL. */

import { formatAddress } from './address.ts';
import type { AddressRange, FieldReference, Query, ValueTest } from './ast.ts';
import { numberBound, timeBound, timeTestError } from './bounds.ts';
import { EVENT_TEXT_COLUMNS, eventField } from './event-fields.ts';
import { anywhere, likePattern } from './pattern.ts';
import { NUMBER_PATTERN } from './quantity.ts';

type ParameterType = 'String' | 'Int64' | 'Float64' | 'IPv6';

/** Collects the parameters of one statement, so that several conditions can stand in it. */
export class ClickHouseParameters {
  readonly values: Record<string, unknown> = {};
  #count = 0;

  /** Adds a value and returns its placeholder, such as `{p0:String}`. */
  add(value: string | number, type: ParameterType): string {
    const name = `p${this.#count++}`;
    this.values[name] = value;
    return `{${name}:${type}}`;
  }

  /** A point in time, in milliseconds since the epoch. */
  time(milliseconds: number): string {
    return `fromUnixTimestamp64Milli(${this.add(String(Math.round(milliseconds)), 'Int64')}, 'UTC')`;
  }
}

/**
 * A SQL condition that is 1 for the rows that the query matches, and 0 (never NULL) for the others. `now` in
 * milliseconds since the epoch, for date math on `timestamp`. Throws QuerySyntaxError for a bound that the field's type
 * can't be compared with.
 */
export function toClickHouse(query: Query, parameters: ClickHouseParameters, now: number): string {
  const compile = (node: Query): string => {
    switch (node.kind) {
      case 'all':
        return '1';
      case 'and':
        return `(${node.operands.map(compile).join(' AND ')})`;
      case 'or':
        return `(${node.operands.map(compile).join(' OR ')})`;
      case 'not':
        return `NOT ${compile(node.operand)}`;
      case 'text': {
        const like = parameters.add(likePattern(anywhere(node.pattern)), 'String');
        return `arrayExists(text -> lower(text) LIKE ${like}, ${EVENT_TEXT})`;
      }
      case 'cidr':
        return inRanges(textOf(node.field, parameters), node.ranges, parameters);
      case 'field':
        return fieldTest(node.field, node.test, parameters, now);
    }
  };
  return compile(query);
}

const EVENT_TEXT = `arrayConcat([${EVENT_TEXT_COLUMNS.join(', ')}], mapValues(attributes))`;

/** The expression of a field's value as text, '' if it has none; as detection groups by it, too. */
export function textOf(field: FieldReference, parameters: ClickHouseParameters): string {
  const target = eventField(field);
  if ('attribute' in target) return `attributes[${parameters.add(target.attribute, 'String')}]`;
  switch (target.type) {
    case 'string':
      return target.column;
    case 'number':
      return `if(${target.column} = 0, '', toString(${target.column}))`;
    case 'boolean':
      return `if(${target.column} = 1, 'true', 'false')`;
    case 'time':
      return `toString(${target.column})`;
  }
}

function fieldTest(
  field: FieldReference,
  test: ValueTest,
  parameters: ClickHouseParameters,
  now: number,
): string {
  const target = eventField(field);
  if ('column' in target && target.type === 'time') {
    if (test.kind === 'exists') return '1';
    if (test.kind !== 'range') throw timeTestError(field);
    return bounds(target.column, test, (bound) => parameters.time(timeBound(bound, now)));
  }
  if (test.kind === 'range') {
    const isNumber = 'column' in target && target.type === 'number';
    const text = isNumber ? '' : textOf(field, parameters);
    const value = isNumber ? target.column : `toFloat64OrZero(${text})`;
    const guard = isNumber ? `${value} != 0` : `match(${text}, ${parameters.add(NUMBER_PATTERN, 'String')})`;
    return `(${guard} AND ${bounds(value, test, (bound) => parameters.add(numberBound(bound), 'Float64'))})`;
  }
  const text = textOf(field, parameters);
  if (test.kind === 'exists') return `${text} != ''`;
  if (test.kind === 'equals')
    return test.value === '' ? '0' : `${text} = ${parameters.add(test.value, 'String')}`;
  return `(${text} != '' AND ${text} LIKE ${parameters.add(likePattern(test.pattern), 'String')})`;
}

type Range = ValueTest & { kind: 'range' };

function bounds(
  value: string,
  { low, high }: Range,
  compile: (bound: NonNullable<Range['low']>) => string,
): string {
  const parts = [
    ...(low ? [`${value} ${low.inclusive ? '>=' : '>'} ${compile(low)}`] : []),
    ...(high ? [`${value} ${high.inclusive ? '<=' : '<'} ${compile(high)}`] : []),
  ];
  return parts.length === 1 ? parts[0]! : `(${parts.join(' AND ')})`;
}

/** IPv4 is compared in its IPv6-mapped form, so that one comparison serves both. */
function inRanges(text: string, ranges: readonly AddressRange[], parameters: ClickHouseParameters): string {
  const address = `toIPv6OrNull(toString(${text}))`;
  const parts = ranges
    .flatMap(({ intervals }) => intervals)
    .map(
      ({ first, last }) =>
        `ifNull(${address} BETWEEN ${parameters.add(formatAddress(first), 'IPv6')} AND ${parameters.add(formatAddress(last), 'IPv6')}, 0)`,
    );
  return `(${parts.join(' OR ')})`;
}
