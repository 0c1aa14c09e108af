import { createToken, MAX_TOKEN_LENGTH, type Token } from './token.ts';
import { typeOfPhrase } from './words.ts';

/**
 * What two or three tokens side by side are simplified to, those from `left`. May change them, and drops some from the
 * end. Returns where the window goes on, or undefined if the rule doesn't apply.
 */
type Fold = (tokens: Token[], left: number) => number | undefined;

/** The types that each token of the window may have, the third's empty for a window of two; and what to do. */
type Rule = readonly [first: string, second: string, third: string, fold: Fold];

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
function replaceBy(
  next: (left: number) => number,
  count: number,
  applies: (token: Token) => boolean = () => true,
): Fold {
  return (tokens, left) => {
    const at = next(left);
    if (!applies(tokens[at]!)) return undefined;
    tokens[at] = tokens[at + 1]!;
    return drop(count)(tokens, left);
  };
}

const first = (left: number) => left;
const second = (left: number) => left + 1;

/** Changes a token's type where its text is such, and looks again if `again`. */
function change(at: (left: number) => number, text: RegExp, type: string, again = true): Fold {
  return (tokens, left) => {
    const token = tokens[at(left)]!;
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
  ['s', 's', '', dropLast],
  [';', ';', '', dropLast],
  ['o&', 't', '', drop(1)],
  ['o&', 'o', '', (tokens, left) => (isUnary(tokens[left + 1]!) ? drop(1)(tokens, left) : undefined)],
  [
    '(',
    'o',
    '',
    (tokens, left) => (isUnary(tokens[left + 1]!) ? dropLast(tokens, Math.max(left - 1, 0)) : undefined),
  ],
  [WORDS, `${WORDS}&`, '', mergeWords],
  // Transact-SQL's statement, not MySQL's function.
  [';', 'f', '', change(second, /^if/, 'T')],
  ['nv', '(', '', change(first, CALLABLE, 'f')],
  // `in (1, 2)`, or `in boolean mode`.
  ['k', '(', '', change(first, /^(?:not )?in$/, 'o')],
  ['k', ANY, '', change(first, /^(?:not )?in$/, 'n')],
  ['o', '(', '', change(first, /^(?:not )?like$/, 'f', false)],
  ['t', 'n1t(fvs', '', replaceBy(first, 1)],
  // There are too many collations to list; they have an underscore.
  ['A', 'n', '', change(second, /_/, 't')],
  // Transact-SQL reads `\%1` as `0 % 1`, and `\1` as `1`.
  [
    '\\',
    'o',
    '',
    (tokens, left) => {
      if (!/^[*/\-+%]$/.test(tokens[left + 1]!.text)) return undefined;
      tokens[left]!.type = '1';
      return 0;
    },
  ],
  ['\\', ANY, '', replaceBy(first, 1)],
  ['(', '(', '', drop(1)],
  [')', ')', '', drop(1)],
  // ODBC's `{ts '2000-01-01'}`. MySQL takes an empty name, which only evasions have.
  [
    '{',
    'n',
    '',
    (tokens, left) => {
      if (tokens[left + 1]!.text !== '') return drop(2)(tokens, left);
      tokens[left + 1]!.type = 'X';
      return DONE;
    },
  ],
  [ANY, '}', '', drop(1)],
]);

export const TRIPLES = rules([
  ['1', 'o', '1', drop(2)],
  ['o', ANY.replace('(', ''), 'o', drop(2)],
  ['&', ANY, '&', drop(2)],
  ['v', 'o', 'v1n', drop(2)],
  ['n1', 'o', '1n', drop(2)],
  [VALUES, 'o', 't', (tokens, left) => (tokens[left + 1]!.text === '::' ? drop(2)(tokens, left) : undefined)],
  [VALUES, ',', VALUES, drop(2)],
  ['EB,', 'o', '(', replaceBy(second, 1, isUnary)],
  ['kEB', 'o', `${VALUES}f`, replaceBy(second, 1, isUnary)],
  [',', 'o', VALUES, replaceBy(second, 3, isUnary)],
  [',', 'o', 'f', replaceBy(second, 1, isUnary)],
  ['n', '.', 'n', drop(2)],
  ['E', '.', 'n', replaceBy(second, 1)],
  // `user(foo)` calls another function than `user()`.
  ['f', '(', ANY.replace(')', ''), change(first, /^user$/, 'n', false)],
]);

function rules(table: readonly Rule[]): Rules {
  return new Map([...ANY].map((type) => [type, table.filter(([types]) => types.includes(type))]));
}
