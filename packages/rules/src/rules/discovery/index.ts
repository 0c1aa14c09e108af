import type { RuleSource } from '../../rule.ts';
import { CONSOLES_AND_SHELLS } from './consoles.ts';
import { KNOWN_EXPLOITS } from './exploits.ts';
import { FILES } from './files.ts';

export const DISCOVERY: readonly RuleSource[] = [...FILES, ...CONSOLES_AND_SHELLS, ...KNOWN_EXPLOITS];
