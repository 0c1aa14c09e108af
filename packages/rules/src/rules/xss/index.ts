import type { RuleSource } from '../../rule.ts';
import { ATTRIBUTES } from './attributes.ts';
import { CONTEXTS } from './contexts.ts';
import { ELEMENTS } from './elements.ts';
import { ENCODINGS } from './encodings.ts';
import { SCRIPTS } from './scripts.ts';
import { STYLES } from './styles.ts';
import { TEMPLATES } from './templates.ts';

export const XSS: readonly RuleSource[] = [
  ...ELEMENTS,
  ...ATTRIBUTES,
  ...CONTEXTS,
  ...SCRIPTS,
  ...TEMPLATES,
  ...STYLES,
  ...ENCODINGS,
];
