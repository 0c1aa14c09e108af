import { createToken, MAX_TOKEN_LENGTH, type Token } from './token.ts';
import { typeOfPhrase } from './words.ts';

/**
 * What two or three tokens side by side are simplified to, those from `left`. May change them, and drops some from the
 * end. Returns where the window goes on, or undefined if the rule doesn't apply.
 */
type Fold = (tokens: Token[], left: number) => number | undefined;

/** What to do, and the types that each token of a window of two or three may have. */
type Rule = readonly [fold: Fold, first: string, second: string, third?: string];

/** By the type of the first token, those that may apply, in order. */
export type Rules = ReadonlyMap<string, readonly Rule[]>;

const ANY = '1svnfEUBTkot&Ac(){}.,;:\\?X';
const VALUES = '1nsv';
/** Types of the words that phrases are made of. */
const WORDS = 'knoUfETt';
/** Where the window is past all that a fingerprint holds. */
const DONE = Number.POSITIVE_INFINITY;

const UNARY = /^(?:[+\-!~]|!!|not)$/;

export function isUnary({ type, text }: Token): boolean {
  return type === 'o' && UNARY.test(text);
}

/** Drops the last tokens and begins anew. */
function drop(count: number): Fold {
  return (tokens) => {
    tokens.length -= count;
    return 0;
  };
}

/** Drops the last token. */
const dropLast: Fold = (tokens, left) => {
  tokens.length--;
  return left;
};

/** Puts what is after a token in its place, drops so many tokens from the end, and begins anew. */
function replaceBy(place: number, count: number, applies: (token: Token) => boolean = () => true): Fold {
  return (tokens, left) => {
    const at = left + place;
    if (!applies(tokens[at]!)) return undefined;
    tokens[at] = tokens[at + 1]!;
    return drop(count)(tokens, left);
  };
}

/** Places in the window. */
const FIRST = 0;
const SECOND = 1;

/** Changes a token's type where its text is such, and looks again if `again`. */
function change(place: number, text: RegExp, type: string, again = true): Fold {
  return (tokens, left) => {
    const token = tokens[left + place]!;
    if (!text.test(token.text)) return undefined;
    token.type = type;
    return again ? left : undefined;
  };
}

/** Names that are functions where arguments follow. */
const CALLABLE =
  /^(?:user(?:_id|_name)?|database|password|current_(?:user|date|time|timestamp)|localtime(?:stamp)?)$/;

const mergeWords: Fold = (tokens, left) => {
  const beginning = tokens[left]!.text;
  const last = tokens[left + 1]!.text;
  const type = typeOfPhrase(beginning, last);
  if (type === undefined || beginning.length + last.length >= MAX_TOKEN_LENGTH) return undefined;
  tokens[left] = createToken(type, `${beginning} ${last}`);
  tokens.length--;
  return Math.max(left - 1, 0);
};

export const PAIRS = rules([
  [dropLast, 's', 's'],
  [dropLast, ';', ';'],
  [drop(1), 'o&', 't'],
  [(tokens, left) => (isUnary(tokens[left + 1]!) ? drop(1)(tokens, left) : undefined), 'o&', 'o'],
  [
    (tokens, left) => (isUnary(tokens[left + 1]!) ? dropLast(tokens, Math.max(left - 1, 0)) : undefined),
    '(',
    'o',
  ],
  [mergeWords, WORDS, `${WORDS}&`],
  // Transact-SQL's statement, not MySQL's function.
  [change(SECOND, /^if/, 'T'), ';', 'f'],
  [change(FIRST, CALLABLE, 'f'), 'nv', '('],
  // `in (1, 2)`, or `in boolean mode`.
  [change(FIRST, /^(?:not )?in$/, 'o'), 'k', '('],
  [change(FIRST, /^(?:not )?in$/, 'n'), 'k', ANY],
  [change(FIRST, /^(?:not )?like$/, 'f', false), 'o', '('],
  [replaceBy(FIRST, 1), 't', 'n1t(fvs'],
  // There are too many collations to list; they have an underscore.
  [change(SECOND, /_/, 't'), 'A', 'n'],
  // Transact-SQL reads `\%1` as `0 % 1`, and `\1` as `1`.
  [
    (tokens, left) => {
      if (!/^[*/\-+%]$/.test(tokens[left + 1]!.text)) return undefined;
      tokens[left]!.type = '1';
      return 0;
    },
    '\\',
    'o',
  ],
  [replaceBy(FIRST, 1), '\\', ANY],
  [drop(1), '(', '('],
  [drop(1), ')', ')'],
  // ODBC's `{ts '2000-01-01'}`. MySQL takes an empty name, which only evasions have.
  [
    (tokens, left) => {
      if (tokens[left + 1]!.text !== '') return drop(2)(tokens, left);
      tokens[left + 1]!.type = 'X';
      return DONE;
    },
    '{',
    'n',
  ],
  [drop(1), ANY, '}'],
]);

export const TRIPLES = rules([
  [drop(2), '1', 'o', '1'],
  [drop(2), 'o', ANY.replace('(', ''), 'o'],
  [drop(2), '&', ANY, '&'],
  [drop(2), 'v', 'o', 'v1n'],
  [drop(2), 'n1', 'o', '1n'],
  [(tokens, left) => (tokens[left + 1]!.text === '::' ? drop(2)(tokens, left) : undefined), VALUES, 'o', 't'],
  [drop(2), VALUES, ',', VALUES],
  [replaceBy(SECOND, 1, isUnary), 'EB,', 'o', '('],
  [replaceBy(SECOND, 1, isUnary), 'kEB', 'o', `${VALUES}f`],
  [replaceBy(SECOND, 3, isUnary), ',', 'o', VALUES],
  [replaceBy(SECOND, 1, isUnary), ',', 'o', 'f'],
  [drop(2), 'n', '.', 'n'],
  [replaceBy(SECOND, 1), 'E', '.', 'n'],
  // `user(foo)` calls another function than `user()`.
  [change(FIRST, /^user$/, 'n', false), 'f', '(', ANY.replace(')', '')],
]);

function rules(table: readonly Rule[]): Rules {
  return new Map([...ANY].map((type) => [type, table.filter(([, types]) => types.includes(type))]));
}
