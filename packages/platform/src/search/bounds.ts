import type { Bound, FieldReference } from './ast.ts';
import { QuerySyntaxError } from './error.ts';
import { parseTime, TimeSyntaxError } from './time.ts';

/** The number that a bound names, for a field that isn't a time. Throws QuerySyntaxError. */
export function numberBound(bound: Bound): number {
  if (bound.number === undefined)
    throw new QuerySyntaxError(bound.position, 'a number or a duration', JSON.stringify(bound.text));
  return bound.number;
}

/** The time that a bound names, in milliseconds since the epoch. Throws QuerySyntaxError. */
export function timeBound(bound: Bound, now: number): number {
  try {
    return parseTime(bound.text, now);
  } catch (error) {
    if (!(error instanceof TimeSyntaxError)) throw error;
    throw new QuerySyntaxError(
      bound.position,
      'a time (ISO 8601, milliseconds, now-15m)',
      JSON.stringify(bound.text),
    );
  }
}
/** A field that is a time can be compared, not matched as text: its precision differs from store to store. */
export function timeTestError(field: FieldReference): QuerySyntaxError {
  const name = `${field.attribute ? '@' : ''}${field.name}`;
  return new QuerySyntaxError(field.position, `a range such as ${name}:[now-1h TO now] for a time`, 'a text');
}
