import { isUnary, PAIRS, type Rules, TRIPLES } from './fold-rules.ts';
import type { Token } from './token.ts';
import type { Tokenizer } from './tokenizer.ts';

/** Tokens that a fingerprint has at most. */
export const MAX_TOKENS = 5;

/** What begins a text and says nothing. */
const LEADING = 'c(t';

/** A list or a sum may go on for as long as it likes: what matters comes after it. */
const REPEATABLE = /^(?:1[o,]\(1\)|no\([n1]\)|1\),\(1|n\)o\(n)/;

/**
 * Reads tokens and simplifies them until it is settled what the first five are: `1 + 2` is as good as `1`, `((` as
 * `(`, `- 1` as `1`, and words that make a phrase are one token. Comments are left out, but for one at the end.
 *
 * A window of two, then three tokens goes over them from the left; where a rule applies it goes back. Linear in the
 * text: at most six tokens are held, and each rule takes one away or settles a type.
 */
export function foldTokens(tokenizer: Tokenizer): Token[] {
  const tokens: Token[] = [];
  let comment: Token | undefined;
  let ended = false;

  const fill = (length: number): boolean => {
    while (!ended && tokens.length <= MAX_TOKENS && tokens.length < length) {
      const next = tokenizer.next();
      if (!next) ended = true;
      else if (next.type === 'c') comment = next;
      else {
        comment = undefined;
        tokens.push(next);
      }
    }
    return tokens.length >= length;
  };

  let first = tokenizer.next();
  while (first && (LEADING.includes(first.type) || isUnary(first))) first = tokenizer.next();
  if (!first) return tokens;
  tokens.push(first);

  let left = 0;
  for (;;) {
    if (tokens.length >= MAX_TOKENS && REPEATABLE.test(typesOf(tokens))) {
      tokens.splice(1, MAX_TOKENS - 1);
      left = 0;
    }
    if (ended || left >= MAX_TOKENS) break;
    if (!fill(left + 2)) left = tokens.length;
    else {
      const next =
        apply(PAIRS, tokens, left) ?? (fill(left + 3) ? apply(TRIPLES, tokens, left) : tokens.length);
      left = next ?? left + 1;
    }
  }
  tokens.length = Math.min(tokens.length, MAX_TOKENS);
  if (tokens.length < MAX_TOKENS && comment) tokens.push(comment);
  return tokens;
}

/** Applies the first of the rules that does; returns where the window goes, or undefined if none does. */
function apply(rules: Rules, tokens: Token[], left: number): number | undefined {
  const second = tokens[left + 1]!.type;
  const third = tokens[left + 2]?.type;
  for (const [fold, , seconds, thirds] of rules.get(tokens[left]!.type) ?? []) {
    if (!seconds.includes(second) || (thirds && !thirds.includes(third!))) continue;
    const next = fold(tokens, left);
    if (next !== undefined) return next;
  }
  return undefined;
}

/** The types of tokens, in a row. */
export function typesOf(tokens: readonly Token[]): string {
  let types = '';
  for (const { type } of tokens) types += type;
  return types;
}
