import type { RuleSource } from '../../rule.ts';
import { REFLECTED, xss } from './fragments.ts';

const ACTIVE =
  '(?:script|img|image|svg|iframe|body|math|object|embed|style|meta|link|video|audio|details|input|a\\s|x\\s)';

export const ENCODINGS: readonly RuleSource[] = [
  xss({
    id: 'xss-escaped-markup',
    name: 'XSS: markup in escapes of JavaScript',
    confidence: 'high',
    about:
      'An active element whose bracket is an escape of a script (`\\x3c`, `\\u003c`, `\\74`), followed by a handler, an address or code. Pages that carry data as JSON have escaped brackets of ordinary elements.',
    inputs: REFLECTED,
    regex: String.raw`(?:\\x3c|\\u003c|\\u\{0*3c\}|\\0?74)\s*/?(?:${ACTIVE})[^\n]*(?:on\w+\s*(?:=|\\x3d|\\u003d)|(?:src|href)\s*(?:=|\\x3d|\\u003d)|\\(?:x3e|u003e|u\{0*3e\}|0?76)\s*\w+\s*[(=.\\\x60])`,
  }),
  xss({
    id: 'xss-other-charset',
    name: 'XSS: brackets in UTF-7, as overlong UTF-8 or with the high bit set',
    confidence: 'high',
    about:
      'A bracket in a spelling that only a wrong charset turns into one, before the name of an element: UTF-7, two and three bytes where UTF-8 has one, and the high bit of ASCII.',
    inputs: REFLECTED,
    regex: String.raw`(?:\+|&|%2b|\s)ad[wz][-8&]?-?\s*/?(?:script|img|svg|iframe|body|h1|b\b|&agn|&ahm|acw)|\+ad4[-&]|\+aciapga8|(?:\xc0\xbc|\xe0\x80\xbc|\xf0\x80\x80\xbc|[^\w\s]?¼|%c0%bc|%e0%80%bc|%bc)\s*/?(?:script|img|svg|iframe|body)`,
  }),
];
