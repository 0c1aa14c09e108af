/** The syntax tree of a search query. Nested ANDs and ORs are flat: an operand is never of its parent's kind. */
export type Query =
  /** Matches everything: the empty query, `*` and `*:*`. */
  | { kind: 'all' }
  | { kind: 'and'; operands: readonly Query[] }
  | { kind: 'or'; operands: readonly Query[] }
  | { kind: 'not'; operand: Query }
  /** A term without a field, or `*:term`: looked for anywhere in the text, without regard to ASCII case. */
  | { kind: 'text'; pattern: Pattern }
  | { kind: 'field'; field: FieldReference; test: ValueTest }
  | { kind: 'cidr'; field: FieldReference; ranges: readonly AddressRange[] };

/** `@http.client_ip` is an attribute; `service` (no @) a reserved attribute or the key of a tag. */
export interface FieldReference {
  attribute: boolean;
  /** Without the `@`. */
  name: string;
  position: number;
}

/**
 * What is asked of a field. A field with several values passes if one of them does. An empty string is the same as no
 * value, so nothing but a negation matches it.
 */
export type ValueTest =
  | { kind: 'exists' }
  | { kind: 'equals'; value: string }
  | { kind: 'wildcard'; pattern: Pattern }
  /** Open at an end whose bound is missing, never at both. */
  | { kind: 'range'; low?: Bound; high?: Bound };

export interface Bound {
  inclusive: boolean;
  /** As written. */
  text: string;
  /** The number that it names (durations in nanoseconds), or undefined if it names none. */
  number: number | undefined;
  position: number;
}

/** Literal stretches and wildcards in turn. Two literals never stand side by side, nor two `many`. */
export type Pattern = readonly PatternPart[];
export type PatternPart =
  | { kind: 'literal'; text: string }
  /** `*`: any number of characters. */
  | { kind: 'many' }
  /** `?`: exactly one code point. */
  | { kind: 'one' };

/** A range of addresses as written, and as 128-bit numbers (IPv4 mapped to ::ffff:0:0/96), both ends included. */
export interface AddressRange {
  text: string;
  /** Two where an IPv6 range lies around the IPv4 addresses, which don't belong to it. */
  intervals: readonly { first: bigint; last: bigint }[];
}
