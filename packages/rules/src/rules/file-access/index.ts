import type { RuleSource } from '../../rule.ts';
import { FILES } from './files.ts';
import { INCLUSION } from './inclusion.ts';
import { TRAVERSAL } from './traversal.ts';

export const FILE_ACCESS: readonly RuleSource[] = [...TRAVERSAL, ...FILES, ...INCLUSION];
