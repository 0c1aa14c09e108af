/** A pure function over a string. Returns its very argument when it changes nothing. Linear in the input. */
export interface Transformer {
  /** Canonical name, as rules write it. */
  readonly name: string;
  /** Other names of the same transformer, from ModSecurity and older rulesets. */
  readonly aliases: readonly string[];
  apply(text: string): string;
}
