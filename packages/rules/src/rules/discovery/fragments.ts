import type { RuleSource } from '../../rule.ts';
import { DECODED, RAW_URI } from '../../rule.ts';

type Discovery = Omit<RuleSource, 'type' | 'inputs' | 'transformers' | 'capec'>;

/** Rules over the address, decoded: what is asked for, by the names that scanners go through. */
export const discovery = (rule: Discovery): RuleSource => ({
  ...rule,
  type: 'security_scanner',
  capec: '1000/118/116/54/87',
  inputs: RAW_URI,
  transformers: DECODED,
});

/** Any folders before a name. */
export const ANY_FOLDER = String.raw`^/(?:[^?#]*/)?`;
/** At most a few, so that pages of a site that shows code, `/owner/project/blob/main/.env`, are left alone. */
export const FEW_FOLDERS = String.raw`^/+(?:[^?#/]+/+){0,3}`;
export const END = String.raw`(?:[?#]|/?$)`;

/** One of the expressions, each by the product or kind that it belongs to. */
export function anyOf(patterns: Readonly<Record<string, string>>): string {
  return `(?:${Object.values(patterns).join('|')})`;
}
