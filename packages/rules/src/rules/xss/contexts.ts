import { DEEPLY_DECODED, type RuleSource } from '../../rule.ts';
import { BEGINNING, CALL, DIALOG, PROOF, REFLECTED, SINK, xss } from './fragments.ts';

const CLOSED = '(?:title|textarea|style|script|noscript|xmp|noembed|noframes|iframe|template|select|option)';

export const CONTEXTS: readonly RuleSource[] = [
  xss({
    id: 'xss-tag-breakout',
    name: 'XSS: a value that ends the attribute, element or comment that it stands in, and opens an element',
    confidence: 'high',
    about:
      'The value has no white space before a quote and `>`, the end of a comment or of an element that was never opened, and then markup. Rich text begins with its own element, and prose has words first.',
    inputs: REFLECTED,
    alsoDecoded: [DEEPLY_DECODED],
    regex: [
      // A quote first, and any element.
      String.raw`^\s*(?:\\?["'\x60][\s/);,\]}"'\x60]*>[\s"'>]*<\s*[/!?a-z]|["'\x60]?[\s"'\x60)};,]*(?:--!?>|\]\]>|\*/|%>|\?>)[\s"'>]*<\s*[/!?a-z])`,
      // A word before the quote; pieces of templates and texts cut out of pages have a class next.
      String.raw`${BEGINNING}\\?["'\x60][\s/);,\]}"'\x60]*>[\s"'>]*<\s*(?:[/!?]|[a-z][a-z0-9]*(?:[\s/]+(?:[^c\s/]|c[^l])|>))`,
      String.raw`${BEGINNING}["'\x60]?[\s>"']*<\s*/\s*${CLOSED}[\s/]*>.*<`,
      String.raw`(?:"'|'"|["']\x60)\x60?\s*-->|["'\x60][\s>]*-->\]`,
    ].join('|'),
  }),
  xss({
    id: 'xss-script-breakout',
    name: 'XSS: a value that ends the string of a script, and calls',
    confidence: 'high',
    about:
      "A value of which the first quote is followed by an operator or a separator and a call that proves or sends something: `'-alert(1)-'`, `\";fetch(…)//`. Prose has white space before, code has a name.",
    inputs: REFLECTED,
    alsoDecoded: [DEEPLY_DECODED],
    regex: [
      String.raw`${BEGINNING}["'\x60]+[\s)\]}]*[\s;+*/%^|&,<>?:=!~(){}\[\]-]+(?:(?:var|let|const|void|typeof|return|throw|if|new)\b[\s(]*)?(?:\w+\s*=\s*)?${SINK}`,
      String.raw`\$\{\s*(?:${DIALOG}${CALL}|(?:alert|eval)\s*\})`,
      String.raw`["'\x60][)\]}]*[;+*/%^|&-](?:fetch|import)${CALL}\s*["'\x60](?:https?:)?//`,
      String.raw`["'\x60][)\]}]*[;+*/%^|&,-]${PROOF}[^)\n]*\)?[;)\]}]*(?://|[-+*|&^]["'\x60])`,
      String.raw`^\s*[\w.]*[;)\]}*/%|&^\s-]*[;)\]}*/%|&^-][\s;)\]}*/%|&^(-]*${PROOF}`,
    ].join('|'),
  }),
  xss({
    id: 'xss-dangling-markup',
    name: 'XSS: an attribute that is left open at the end',
    confidence: 'medium',
    severity: 'medium',
    about:
      'A value that ends within an attribute with an URL of another site: the page behind it becomes part of the URL and is sent there, without script.',
    regex: String.raw`<\s*(?:img|image|input|video|audio|source|table|body|td|base|form|button|link|iframe|embed|object|meta|a|svg)\b[^<>]*=\s*(?:"[^"<>]*(?:https?:)?//[^"<>\s]*|'[^'<>]*(?:https?:)?//[^'<>\s]*)$|<\s*base\b[^<>]*target\s*=\s*["'][^"'<>]*$`,
  }),
];
