import { foldTokens, typesOf } from './fold.ts';
import type { Token } from './token.ts';
import { type Context, type Mode, Tokenizer } from './tokenizer.ts';

/** A text as read in one context. */
export interface Reading {
  readonly text: string;
  /** The types of its first tokens, folded: five at most. */
  readonly fingerprint: string;
  readonly tokens: readonly Token[];
  /** How many tokens were read for these. */
  readonly count: number;
  /** Whether the other mode might read it otherwise. */
  readonly differsByMode: boolean;
}

/** Reads a text as SQL. Linear in the text. */
export function readSql(text: string, context: Context, mode: Mode): Reading {
  const tokenizer = new Tokenizer(text, context, mode);
  const tokens = foldTokens(tokenizer);
  const last = tokens[tokens.length - 1];
  // PHP's filters let an unclosed backquote through, which hides what follows as a comment does.
  if (
    tokens.length > 2 &&
    last!.type === 'n' &&
    last!.open === '`' &&
    last!.text === '' &&
    last!.close === ''
  )
    last!.type = 'c';
  const types = typesOf(tokens);
  const { count, differsByMode } = tokenizer;
  return { text, fingerprint: types.includes('X') ? 'X' : types, tokens, count, differsByMode };
}
