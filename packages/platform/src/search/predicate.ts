/** Compiles a query to a test of one row in memory, with the same answer as the SQL would give. */

import { parseAddress } from './address.ts';
import type { AddressRange, FieldReference, Query, ValueTest } from './ast.ts';
import { numberBound, timeBound, timeTestError } from './bounds.ts';
import { anywhere, asciiLower, patternMatcher } from './pattern.ts';
import { numberOf } from './quantity.ts';

/** How the fields of a kind of row are read. */
export interface RowReader<Row> {
  field(field: FieldReference): FieldReader<Row>;
  /** In what a term without a field is looked for. */
  text(row: Row): readonly string[];
}

export type FieldReader<Row> =
  /** The values as text; none, or '', for "no value". */
  | { kind: 'texts'; read(row: Row): readonly string[] }
  /** Milliseconds since the epoch. */
  | { kind: 'time'; read(row: Row): number };

/** `now` in milliseconds since the epoch, for date math. Throws QuerySyntaxError as the compilers to SQL do. */
export function toPredicate<Row>(query: Query, reader: RowReader<Row>, now: number): (row: Row) => boolean {
  switch (query.kind) {
    case 'all':
      return () => true;
    case 'and': {
      const operands = query.operands.map((operand) => toPredicate(operand, reader, now));
      return (row) => operands.every((operand) => operand(row));
    }
    case 'or': {
      const operands = query.operands.map((operand) => toPredicate(operand, reader, now));
      return (row) => operands.some((operand) => operand(row));
    }
    case 'not': {
      const operand = toPredicate(query.operand, reader, now);
      return (row) => !operand(row);
    }
    case 'text': {
      const matches = patternMatcher(anywhere(query.pattern));
      return (row) => reader.text(row).some((text) => matches(asciiLower(text)));
    }
    case 'cidr':
      return anyValue(reader.field(query.field), (text) => isInRanges(text, query.ranges));
    case 'field':
      return fieldTest(reader.field(query.field), query.field, query.test, now);
  }
}

function fieldTest<Row>(
  reader: FieldReader<Row>,
  field: FieldReference,
  test: ValueTest,
  now: number,
): (row: Row) => boolean {
  if (reader.kind === 'time') {
    if (test.kind === 'exists') return () => true;
    if (test.kind !== 'range') throw timeTestError(field);
    const within = bounds(test, (bound) => timeBound(bound, now));
    return (row) => within(reader.read(row));
  }
  switch (test.kind) {
    case 'exists':
      return anyValue(reader, () => true);
    case 'equals':
      return anyValue(reader, (text) => text === test.value);
    case 'wildcard':
      return anyValue(reader, patternMatcher(test.pattern));
    case 'range': {
      const within = bounds(test, numberBound);
      return anyValue(reader, (text) => {
        const number = numberOf(text);
        return number !== undefined && within(number);
      });
    }
  }
}

function anyValue<Row>(reader: FieldReader<Row>, test: (text: string) => boolean): (row: Row) => boolean {
  if (reader.kind === 'time') return (row) => test(new Date(reader.read(row)).toISOString());
  return (row) => reader.read(row).some((text) => text !== '' && test(text));
}

type Range = ValueTest & { kind: 'range' };

function bounds({ low, high }: Range, read: (bound: NonNullable<Range['low']>) => number) {
  const least = low ? read(low) : -Infinity;
  const most = high ? read(high) : Infinity;
  const withLeast = low?.inclusive ?? true;
  const withMost = high?.inclusive ?? true;
  return (value: number) =>
    (withLeast ? value >= least : value > least) && (withMost ? value <= most : value < most);
}

function isInRanges(text: string, ranges: readonly AddressRange[]): boolean {
  const address = parseAddress(text);
  return (
    address !== undefined &&
    ranges.some(({ intervals }) => intervals.some(({ first, last }) => address >= first && address <= last))
  );
}
