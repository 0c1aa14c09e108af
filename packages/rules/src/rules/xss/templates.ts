import { DEEPLY_DECODED, type RuleSource } from '../../rule.ts';
import { CALL, xss } from './fragments.ts';

export const TEMPLATES: readonly RuleSource[] = [
  xss({
    id: 'xss-template-expression',
    name: 'XSS: an expression of a template of the page that leaves its sandbox',
    confidence: 'high',
    about:
      'In the braces of AngularJS or Vue, a constructor, a prototype or a call that proves something; in the brackets of Mavo, a call on `self`. Templates that people send name fields and filters.',
    alsoDecoded: [DEEPLY_DECODED],
    regex: String.raw`\{\{(?:[^}]|\}[^}])*(?:\bconstructor\b|\bprototype\b|__proto__|\$eval\b|\$on\b|\$emit\b|\$event\b|\$new\b|\$parent\b|\b_c\b|\b_openblock\b|\borderby\s*:[^}]*(?:\(|constructor)|\b(?:alert|eval|confirm|prompt)${CALL}|fromcharcode|__define|\bcall\s*\.\s*call\b|getownproperty|\$\$\w|\bdocument\s*\.|\bwindow\s*[.\[])|\bself\s*\.\s*(?:alert|confirm|prompt)\s*\([^()\n]*\)[^\[\]\n]*\]|\[\[[^\]]*\bconstructor\b|:\[\w+\.constructor`,
  }),
];
