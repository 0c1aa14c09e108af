import { approximateSearch, type Matcher, type MatcherParser, stringMatcher } from './matcher.ts';
import { detectsXss } from './xss/detect-xss.ts';
import { ATTRIBUTES, type AttributeKind, DANGEROUS_TAGS } from './xss/names.ts';

/**
 * is_xss: the value, inserted into a document, could make a browser run a script, by the way of libinjection: it is
 * taken apart as HTML as it were between elements, in a tag, or in an attribute's value in any quotes.
 *
 * Parameters: none.
 *
 * Example: `x" onfocus=alert(1) autofocus` matches.
 */
export const isXss: MatcherParser<Matcher> = {
  operator: 'is_xss',
  negatable: false,
  parse: () =>
    stringMatcher(
      'is_xss',
      '',
      (text) => (detectsXss(text) ? '' : undefined),
      approximateSearch('is_xss', `${MARKUP}|${ATTRIBUTE}`, detectsXss),
    ),
};

/** What the tokens that decide look like, wherever they are. A tag's name may hold NULs. */
const MARKUP = String.raw`<(?:/?(?:[a-z]*\x00|${[...DANGEROUS_TAGS].join('|')})|!doctype|(?:!(?:--)?|[?%/])(?:\[if|xml|import|entity))`;
const SPACES = String.raw`[\x00\t-\r ]*`;
/** Of a URL's value the first visible character is looked at too, since most attributes are such and harmless. */
const ATTRIBUTE = String.raw`(?:^|[\x00\t-\r "'/\x60])(?:(?:on[a-z]{3,}|${names((kind) => kind !== 'url')})${SPACES}=|(?:${names((kind) => kind === 'url')})${SPACES}=${SPACES}["'\x60]?(?-i:[^!-~]*)[jvd&])`;

function names(includes: (kind: AttributeKind) => boolean): string {
  return [...ATTRIBUTES].flatMap(([name, kind]) => (includes(kind) ? [name] : [])).join('|');
}
