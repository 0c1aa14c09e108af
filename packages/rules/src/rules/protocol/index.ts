import type { RuleSource } from '../../rule.ts';
import { ADDRESS } from './address.ts';
import { FRAMING } from './framing.ts';
import { ORIGIN } from './origin.ts';

export const PROTOCOL: readonly RuleSource[] = [...ADDRESS, ...FRAMING, ...ORIGIN];
