import { firstWords } from './words.ts';

/**
 * What a text must contain for its fingerprint to be an injection's, as an expression in RE2's syntax, so that one pass
 * for all rules rules out nearly all texts. It over-estimates, but never misses.
 *
 * Reading begins at the text's start or after a quote, with a value; others that operators join with it are folded.
 * Within its five types every injection has a sign that values, names and operators alone don't give: a quote, a
 * parenthesis, a comment, a word such as `and` or `union`. Before it are few values that no operator joins: after a
 * name only a number, which may be its alias, so that prose is out at its second word; after a number or a string up to
 * two. A rule of the grammar that goes beyond this fails the test of `is_sqli`.
 */
export function necessaryExpression(): string {
  const blank = String.raw`\x00- \x7f\xa0`;
  const joining = String.raw`\-*=<>!|&:,.}@`;
  /** Before a word they end the text. */
  const ending = String.raw`+/%^~?\]`;
  const letter = String.raw`a-z_\x80-\x9f\xa1-\x{10ffff}`;
  const digit = String.raw`\d$.`;
  const rest = String.raw`[^${blank}\[\]{}<>:\\?=@!#~+\-*/&|^%(),'";\x60]*`;
  const between = `[${blank}${joining}${ending}]`;
  const name = `[${letter}]${rest}`;
  const value = `[${letter}${digit}]${rest}`;
  const another = `[${blank}]+${value}`;

  const joined = `${between}*(?:(?:[${joining}][${blank}]*|[${ending}][${blank}]+)[${letter}]|[${joining}${ending}][${blank}]*[${digit}])${rest}`;
  const joiningWord = String.raw`[${blank}]+(?:(?:i[sn]|not|mod|div)\b|lik|betw|rege|rlik|soun)${rest}`;
  /** An operator may be followed by unary ones and types, which are words too. */
  const more = `(?:(?:${joined}|${joiningWord})(?:${another})?)*`;

  const quote = String.raw`["'\x60]`;
  const start = `^${between}*(?:not[${blank}]+)*`;
  const one = `(?:true|false|[${digit}]${rest})`;
  const named = `${start}(?:${name}(?:[${blank}]+${one})?)?`;
  const few = `(?:${start}${one}(?:[${blank}]+${name})?|${quote}(?:[a-z]{2}${rest}|\\d${rest})?)${more}(?:${another}${more}(?:${another}${more})?)?`;
  const sign = [
    String.raw`[(;#\\{\[)\x60]|--|&&|\|\||\$[a-z$]`,
    String.raw`[\d${blank}${joining}${ending}](?:[ebx]|n?q|n)?${quote}|(?:[${blank}${joining}${ending}]|\b(?:i[sn]|not|mod|div|r?like|between|regexp|true|false))@`,
    String.raw`\b(?:${words()}|(?:order|group|partition)[${blank}]*(?:[/#-]|by\b))`,
    String.raw`\b\d[\w.]*(?:and|x?or|union|except|intersect|having|limit)\b`,
  ].join('|');
  const call = String.raw`${another}[${blank}]*\(`;
  return `(?:${named}${more}|${few})(?:${between}*(?:${sign})|${call})|${quote}[${blank}]*${value}[${blank}]*\\(|^${between}*(?:${quote}|@)|/\\*|\\{[\\x00-\\x{10ffff}]*\\x60|\\b(?:union|except|intersect)\\b`;
}

/** The words that tell, by their first letters, as the expression should be small. */
function words(): string {
  const whole = [...firstWords('&UETtv'), 'having', 'limit', 'outfile', 'dumpfile', 'join'];
  return [...new Set(whole.map((word) => (word.length > 5 ? word.slice(0, 5) : String.raw`${word}\b`)))].join(
    '|',
  );
}
