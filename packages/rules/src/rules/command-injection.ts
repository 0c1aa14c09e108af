import type { RuleSource } from '../rule.ts';
import { OBFUSCATED } from './command-injection/obfuscated.ts';
import { UNIX } from './command-injection/unix.ts';
import { WINDOWS } from './command-injection/windows.ts';

export const COMMAND_INJECTION: readonly RuleSource[] = [...UNIX, ...OBFUSCATED, ...WINDOWS];
