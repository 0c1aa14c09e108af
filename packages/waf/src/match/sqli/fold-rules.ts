import { createToken, MAX_TOKEN_LENGTH, type Token } from './token.ts';
import { typeOfWord } from './words.ts';

/**
 * What two or three tokens side by side are simplified to, those from `left`. May change them, and drops some from the
 * end. Returns where the window goes on, or undefined if the rule doesn't apply.
 */
type Fold = (tokens: Token[], left: number) => number | undefined;

interface Rule {
  /** For each token of the window the types that it may have; empty for any. */
  readonly types: readonly string[];
  readonly fold: Fold;
}

/** By the type of the first token, those that may apply, in order. */
export type Rules = ReadonlyMap<string, readonly Rule[]>;

const TYPES = '1svnfEUBTkot&Ac(){}.,;:\\?X';
const VALUES = '1nsv';
/** Types of the words that phrases are made of. */
const WORDS = 'knoUfETt';
/** Where the window is past all that a fingerprint holds. */
const DONE = Number.POSITIVE_INFINITY;

export function isUnary({ type, text }: Token): boolean {
  return type === 'o' && /^(?:[+\-!~]|!!|not)$/i.test(text);
}

function isArithmetic({ type, text }: Token): boolean {
  return type === 'o' && /^[*/\-+%]$/.test(text);
}

/** Drops the last tokens. */
function drop(count: number): Fold {
  return (tokens) => {
    tokens.length -= count;
    return 0;
  };
}

/** Drops the last token and stays. */
const dropSame: Fold = (tokens, left) => {
  tokens.length--;
  return left;
};

/** Drops a unary operator in the middle, and then as many from the end. */
function dropUnary(count: number): Fold {
  return (tokens, left) => {
    if (!isUnary(tokens[left + 1]!)) return undefined;
    tokens[left + 1] = tokens[left + 2]!;
    tokens.length -= count;
    return 0;
  };
}

/** Names that are functions where arguments follow. */
const CALLABLE =
  /^(?:user(?:_id|_name)?|database|password|current_(?:user|date|time|timestamp)|localtime(?:stamp)?)$/i;

const mergeWords: Fold = (tokens, left) => {
  const phrase = `${tokens[left]!.text} ${tokens[left + 1]!.text}`;
  const type = phrase.length > MAX_TOKEN_LENGTH ? undefined : typeOfWord(phrase);
  if (type === undefined) return undefined;
  tokens[left] = createToken(type, phrase);
  tokens.length--;
  return Math.max(left - 1, 0);
};

export const PAIRS = rules([
  [['s', 's'], dropSame],
  [[';', ';'], dropSame],
  [
    ['o&', 'ot'],
    (tokens) => {
      const last = tokens[tokens.length - 1]!;
      return last.type === 't' || isUnary(last) ? drop(1)(tokens, 0) : undefined;
    },
  ],
  [
    ['(', 'o'],
    (tokens, left) => {
      if (!isUnary(tokens[left + 1]!)) return undefined;
      tokens.length--;
      return Math.max(left - 1, 0);
    },
  ],
  [[WORDS, `${WORDS}&`], mergeWords],
  // Transact-SQL's statement, not MySQL's function.
  [[';', 'f'], (tokens, left) => changeIf(/^if/i.test(tokens[left + 1]!.text), tokens, left, 1, 'T')],
  [['nv', '('], (tokens, left) => changeIf(CALLABLE.test(tokens[left]!.text), tokens, left, 0, 'f')],
  // `in (1, 2)`, or `in boolean mode`.
  [
    ['k', ''],
    (tokens, left) =>
      changeIf(
        /^(?:not )?in$/i.test(tokens[left]!.text),
        tokens,
        left,
        0,
        tokens[left + 1]!.type === '(' ? 'o' : 'n',
      ),
  ],
  [
    ['o', '('],
    (tokens, left) => {
      if (/^(?:not )?like$/i.test(tokens[left]!.text)) tokens[left]!.type = 'f';
      return undefined;
    },
  ],
  [
    ['t', 'n1t(fvs'],
    (tokens, left) => {
      tokens[left] = tokens[left + 1]!;
      return drop(1)(tokens, left);
    },
  ],
  // There are too many collations to list; they have an underscore.
  [
    ['A', 'n'],
    (tokens, left) => {
      if (!tokens[left + 1]!.text.includes('_')) return undefined;
      tokens[left + 1]!.type = 't';
      return 0;
    },
  ],
  // Transact-SQL reads `\%1` as `0 % 1`, and `\1` as `1`.
  [
    ['\\', ''],
    (tokens, left) => {
      if (isArithmetic(tokens[left + 1]!)) {
        tokens[left]!.type = '1';
        return 0;
      }
      tokens[left] = tokens[left + 1]!;
      return drop(1)(tokens, left);
    },
  ],
  [['(', '('], drop(1)],
  [[')', ')'], drop(1)],
  // ODBC's `{ts '2000-01-01'}`. MySQL takes an empty name, which only evasions have.
  [
    ['{', 'n'],
    (tokens, left) => {
      if (tokens[left + 1]!.text !== '') return drop(2)(tokens, left);
      tokens[left + 1]!.type = 'X';
      return DONE;
    },
  ],
  [['', '}'], drop(1)],
]);

export const TRIPLES = rules([
  [['1', 'o', '1'], drop(2)],
  [['o', TYPES.replace('(', ''), 'o'], drop(2)],
  [['&', '', '&'], drop(2)],
  [['v', 'o', 'v1n'], drop(2)],
  [['n1', 'o', '1n'], drop(2)],
  [
    [VALUES, 'o', 't'],
    (tokens, left) => (tokens[left + 1]!.text === '::' ? drop(2)(tokens, left) : undefined),
  ],
  [[VALUES, ',', VALUES], drop(2)],
  [['EB,', 'o', '('], dropUnary(1)],
  [['kEB', 'o', `${VALUES}f`], dropUnary(1)],
  [[',', 'o', VALUES], dropUnary(3)],
  [[',', 'o', 'f'], dropUnary(1)],
  [['n', '.', 'n'], drop(2)],
  [
    ['E', '.', 'n'],
    (tokens, left) => {
      tokens[left + 1] = tokens[left + 2]!;
      return drop(1)(tokens, left);
    },
  ],
  // `user(foo)` calls another function than `user()`.
  [
    ['f', '(', TYPES.replace(')', '')],
    (tokens, left) => {
      if (/^user$/i.test(tokens[left]!.text)) tokens[left]!.type = 'n';
      return undefined;
    },
  ],
]);

function changeIf(
  applies: boolean,
  tokens: Token[],
  left: number,
  offset: number,
  type: string,
): number | undefined {
  if (!applies) return undefined;
  tokens[left + offset]!.type = type;
  return left;
}

function rules(table: readonly (readonly [types: readonly string[], fold: Fold])[]): Rules {
  return new Map(
    [...TYPES].map((type) => [
      type,
      table
        .filter(([[first]]) => first === '' || first!.includes(type))
        .map(([types, fold]) => ({ types, fold })),
    ]),
  );
}
