import type { DataReference } from '../ruleset/specification.ts';
import { equals } from './equals.ts';
import { exactMatch } from './exact-match.ts';
import { greaterThan } from './greater-than.ts';
import { hiddenAsciiMatch } from './hidden-ascii-match.ts';
import { ipMatch } from './ip-match.ts';
import { isSqli } from './is-sqli.ts';
import { isXss } from './is-xss.ts';
import { lowerThan } from './lower-than.ts';
import { matchRegex } from './match-regex.ts';
import { matchRegexWithChecksum } from './match-regex-with-checksum.ts';
import type { Matcher, MatcherParser } from './matcher.ts';
import { phraseMatch } from './phrase-match.ts';

const PARSERS: readonly MatcherParser<Matcher | DataReference>[] = [
  equals,
  exactMatch,
  greaterThan,
  hiddenAsciiMatch,
  ipMatch,
  isSqli,
  isXss,
  lowerThan,
  matchRegex,
  matchRegexWithChecksum,
  phraseMatch,
];

const byOperator = new Map(PARSERS.map((parser) => [parser.operator, parser]));

/** The parser of a scalar operator, if there is one of that name. */
export function matcherParser(operator: string): MatcherParser<Matcher | DataReference> | undefined {
  return byOperator.get(operator);
}
