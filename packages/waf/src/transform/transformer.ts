/** A pure function over a string. Returns its very argument when it changes nothing. Linear in the input. */
export interface Transformer {
  /** Canonical name, as rules write it. */
  readonly name: string;
  /**
   * What a text must contain for the transformer to change more of it than the case of letters, in RE2's syntax; any
   * text may be changed if it isn't given, none if it is empty. Most values contain nothing of the kind and needn't be
   * transformed.
   */
  readonly changes?: string;
  /**
   * What it has to do with the case of ASCII letters. `kept`: it goes by none and changes none, so that lower-casing
   * before it is as good as after it. `lowered`: the same, and its result is in lower case.
   */
  readonly letterCase?: 'kept' | 'lowered';
  /** Whether its result has no character that the text hasn't, but for white space and lower case. */
  readonly addsNothing?: true;
  /**
   * Where it adds something: the characters, beside the very same, of which a text must have one for a character to be in
   * the result; undefined if there is no telling. Decoding `%3c` gives `<` only to a text with a percent sign.
   */
  readonly sources?: (character: string) => string | undefined;
  apply(text: string): string;
}

/** What transformers have in common that take characters away, whatever their case. */
export const REMOVES_ONLY = { letterCase: 'kept', addsNothing: true } as const;

/** What transformers have in common that decode escapes which begin with a backslash. */
export const DECODES_BACKSLASH = { changes: '\\\\', sources: () => '\\' } as const;
