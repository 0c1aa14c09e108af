/** The traces that a text may name: by whole ids (32 lower-case hex digits), or by the lower halves of ids (16). */
export interface TraceIdCandidates {
  whole: string[];
  lowerHalves: string[];
}

const MAX_128 = (1n << 128n) - 1n;

/**
 * Reads a trace id as OpenTelemetry writes it (32 hex digits), or Datadog: decimal, of 64 or 128 bits, or the lower 64
 * bits as 16 hex digits. Sixteen decimal digits may be either. Undefined if it is none of them.
 */
export function parseTraceId(text: string): TraceIdCandidates | undefined {
  if (/^[0-9a-f]{32}$/i.test(text)) return { whole: [text.toLowerCase()], lowerHalves: [] };
  const lowerHalves: string[] = [];
  const whole: string[] = [];
  if (/^[0-9a-f]{16}$/i.test(text)) lowerHalves.push(text.toLowerCase());
  if (/^[0-9]{1,39}$/.test(text)) {
    const id = BigInt(text);
    if (id > MAX_128) return undefined;
    const hex = id.toString(16);
    if (hex.length <= 16) lowerHalves.push(hex.padStart(16, '0'));
    else whole.push(hex.padStart(32, '0'));
  }
  // Tracers with 64-bit ids send them with zeros in front, and those are found by the index.
  whole.push(...lowerHalves.map((half) => half.padStart(32, '0')));
  return whole.length > 0 ? { whole, lowerHalves } : undefined;
}
