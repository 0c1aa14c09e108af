import { lowercase } from '../../transform/lowercase.ts';
import { type HtmlContext, type HtmlToken, htmlTokens } from './html-tokens.ts';
import { attributeKind, DANGEROUS_TAGS } from './names.ts';
import { isScriptUrl } from './script-url.ts';

const CONTEXTS: readonly HtmlContext[] = ['data', 'tag', '"', "'", '`'];

/**
 * Whether a text, wherever in a document it were inserted, could make a browser run a script: between elements, in a
 * tag, or in an attribute's value in any quotes. The way of libinjection: what a token is decides, whether the text
 * around it is HTML or not. Linear in the text.
 */
export function detectsXss(text: string): boolean {
  return CONTEXTS.some((context) => {
    for (const token of htmlTokens(text, context)) if (isDangerous(token)) return true;
    return false;
  });
}

function isDangerous(token: HtmlToken): boolean {
  switch (token.type) {
    case 'doctype':
      return true;
    case 'tag':
      return DANGEROUS_TAGS.has(lowercase.apply(token.name.replaceAll('\0', '')));
    case 'comment':
      return DANGEROUS_COMMENT.test(token.text);
    case 'attribute':
      return isDangerousAttribute(token.name, token.value);
  }
}

/** Conditional comments, declarations of XML and entities, and imports of Internet Explorer's. */
const DANGEROUS_COMMENT = /^(?:(?:\[if|xml).|import|entity)/is;

function isDangerousAttribute(name: string, value: string): boolean {
  switch (attributeKind(lowercase.apply(name))) {
    case undefined:
      return false;
    case 'any':
      return true;
    case 'url':
      return isScriptUrl(value);
    case 'style':
      return value.split(':').some((part) => DANGEROUS_STYLE.test(part.replace(STYLE_COMMENT, '')));
    case 'name':
      return attributeKind(lowercase.apply(value)) !== undefined;
  }
}

/** Comments with which keywords are split, and ends of comments alone. */
const STYLE_COMMENT = /\/?\*\/|\/\*.*?(?:\*\/|$)/gs;
const DANGEROUS_STYLE = /javascript|expression|url/i;
