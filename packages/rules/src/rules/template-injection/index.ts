import type { RuleSource } from '../../rule.ts';
import { JAVA } from './java.ts';
import { JAVASCRIPT } from './javascript.ts';
import { OTHERS } from './others.ts';
import { PHP } from './php.ts';
import { PROBES } from './probes.ts';
import { PYTHON } from './python.ts';

export const TEMPLATE_INJECTION: readonly RuleSource[] = [
  ...PROBES,
  ...PYTHON,
  ...JAVASCRIPT,
  ...JAVA,
  ...PHP,
  ...OTHERS,
];
