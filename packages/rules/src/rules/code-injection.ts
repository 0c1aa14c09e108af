import type { RuleSource } from '../rule.ts';
import { DOTNET } from './code-injection/dotnet.ts';
import { JAVA } from './code-injection/java.ts';
import { JAVASCRIPT } from './code-injection/javascript.ts';
import { OTHER } from './code-injection/other.ts';
import { PHP } from './code-injection/php.ts';
import { PYTHON } from './code-injection/python.ts';
import { RUBY } from './code-injection/ruby.ts';

/** By language; what more than one has comes last. */
export const CODE_INJECTION: readonly RuleSource[] = [
  ...JAVASCRIPT,
  ...PHP,
  ...JAVA,
  ...PYTHON,
  ...RUBY,
  ...DOTNET,
  ...OTHER,
];
