import type { Reading } from './fingerprint.ts';

/**
 * Whether what has the fingerprint of an injection is more likely none. The shorter a fingerprint, the more harmless
 * texts share it: `1 and 2`, `rock 'n' roll --`.
 */
export function isExcluded(reading: Reading): boolean {
  const { fingerprint, text } = reading;
  // What hides the change of a password from SQL Server's log.
  if (fingerprint.length > 1 && fingerprint.endsWith('c') && text.includes('sp_password')) return false;
  if (fingerprint === 's&nos') return !COMPARISON.test(reading.tokens[3]!.text);
  return (
    (fingerprint.length === 2 && isExcludedPair(reading)) ||
    (fingerprint.length === 3 && isExcludedTriple(reading))
  );
}

/** `' and name='x` logs in; `cats' and dogs - 'pets` does not. */
const COMPARISON = /[=<>]|like|regexp/;

function isExcludedPair({ fingerprint, tokens, count }: Reading): boolean {
  if (fingerprint[1] === 'U') return count === 2;
  // Only an attack ends with `--`; who writes on has written a dash. `#` is all over.
  const comment = tokens[1]!.text;
  return comment[0] === '#' || (comment[0] === '-' && comment.length > 2);
}

/** Two strings of which neither is whole, as in `a' or 'b`, and nothing else. */
function isSplitString({ tokens: [first, , last] }: Reading): boolean {
  return first!.open === '' && last!.close === '' && first!.close === last!.open;
}

const COMMON = /^(?:s&n|n&1|1&[1vs])$/;

function isExcludedTriple(reading: Reading): boolean {
  const { fingerprint, tokens, count } = reading;
  if (fingerprint === 's&s' || fingerprint === 'sos') return !isSplitString(reading);
  if (COMMON.test(fingerprint)) return count === 3;
  // Of keywords only `into outfile` and `into dumpfile` say enough.
  return fingerprint[1] === 'k' && !tokens[1]!.text.startsWith('into ');
}
