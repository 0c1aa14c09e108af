/**
 * What decoding one request may take. A byte on the wire can cost a hundred in memory (an empty span is two bytes), so
 * a limit on the body's size is not enough.
 */
export interface DecodeLimits {
  /** Resources, scopes, spans, events, attributes and array items together. Default 1,000,000. */
  messages: number;
  /** Levels of arrays and maps inside an attribute's value. Default 32. */
  depth: number;
}

export const DECODE_LIMITS: DecodeLimits = { messages: 1_000_000, depth: 32 };

export const tooManyMessages = (limit: number) =>
  `more than ${limit} spans, events, attributes and array items in one request; send smaller batches`;

export const tooDeep = (limit: number) => `attribute value nested deeper than ${limit} levels`;
