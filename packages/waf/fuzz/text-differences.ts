import { readSql } from '../src/match/sqli/fingerprint.ts';
import { transformerByName } from '../src/transform/index.ts';
import isSqliVectors from '../test/vectors/is-sqli.json' with { type: 'json' };
import xssDifferences from '../test/vectors/xss-differences.json' with { type: 'json' };
import type { KnownDifference } from './known-differences.ts';
import { openOurs, openTheirs, type Peer, type Result } from './peers.ts';
import type { Input } from './requests.ts';
import { inputHasText, withValues } from './rewriting.ts';

/** A text about which is_sqli or is_xss alone says one thing here and another there. */
interface DisputedText {
  readonly text: string;
  /** What the two highlight; undefined if they find nothing. */
  readonly ours: string | undefined;
  readonly theirs: string | undefined;
}

interface TextDifference {
  readonly name: string;
  readonly operator: 'is_sqli' | 'is_xss';
  readonly reason: string;
  accountsFor(disputed: DisputedText): boolean;
}

const IS_SQLI = "is_sqli's differences in `test/vectors/is-sqli.json`";
const IS_XSS = "is_xss's differences in `test/vectors/xss-differences.json`";

const XSS: readonly TextDifference[] = xssDifferences.map(({ reason, pattern }) => {
  const expression = new RegExp(pattern, 'i');
  return {
    name: `is_xss: ${reason.split(/[,;(]/)[0]!.trim()}`,
    operator: 'is_xss',
    reason: IS_XSS,
    accountsFor: ({ text, ours, theirs }) =>
      ours !== undefined && theirs === undefined && expression.test(text),
  };
});

const SQLI: readonly TextDifference[] = [
  {
    name: 'is_sqli: a word that goes on after a number',
    operator: 'is_sqli',
    reason: IS_SQLI,
    accountsFor: ({ text }) =>
      /[\d.][a-f]*(?:and|x?or|union|except|intersect|having|limit)\b|\\n(?:and|or|union|having|limit)/i.test(
        text,
      ),
  },
  {
    name: 'is_sqli: a no-break space',
    operator: 'is_sqli',
    reason: IS_SQLI,
    accountsFor: ({ text }) => text.includes('\u00a0'),
  },
  {
    name: 'is_sqli: a comment that hides code, right before a word',
    operator: 'is_sqli',
    reason: IS_SQLI,
    accountsFor: ({ text }) => /^[^a-z\d]*\/\*[\s\S]*\*\/\w/i.test(text),
  },
  {
    name: 'is_sqli: a fingerprint that only libddwaf lists',
    operator: 'is_sqli',
    reason: IS_SQLI,
    accountsFor: ({ text, theirs }) => theirs !== undefined && readings(text).includes(theirs),
  },
  {
    name: 'is_sqli: words that are names to this engine',
    operator: 'is_sqli',
    reason: IS_SQLI,
    accountsFor: ({ text, ours, theirs }) =>
      ours === undefined &&
      theirs !== undefined &&
      readings(text).some((reading) => hasNamesFor(reading, theirs)),
  },
  {
    name: 'is_sqli: characters beyond ASCII, and dollar signs',
    operator: 'is_sqli',
    reason: IS_SQLI,
    accountsFor: ({ text }) => {
      const plain = text.replace(/[^\x00-\x7f]|\$/g, 'z');
      return plain !== text && dispute(plain, 'is_sqli') === undefined;
    },
  },
  {
    name: 'is_sqli: another fingerprint of what both take for an injection',
    operator: 'is_sqli',
    reason: IS_SQLI,
    accountsFor: ({ ours, theirs }) => ours !== undefined && theirs !== undefined,
  },
  {
    name: 'is_sqli: a fingerprint of which its vectors say that only one lists it',
    operator: 'is_sqli',
    reason: IS_SQLI,
    accountsFor: ({ ours, theirs }) =>
      isSqliVectors.differences.some(
        (difference) => difference.ours === (ours ?? null) && difference.libddwaf === (theirs ?? null),
      ),
  },
];

/** Whether two fingerprints are the same but for names in one. */
function hasNamesFor(reading: string, other: string): boolean {
  const types = [...reading];
  return reading.length === other.length && types.every((type, at) => type === other[at] || type === 'n');
}

/** The fingerprints of a text in all quotes and modes. */
function readings(text: string): string[] {
  return (['', "'", '"', '`'] as const).flatMap((context) =>
    (['ansi', 'mysql'] as const).map((mode) => readSql(text, context, mode).fingerprint),
  );
}

/** Takes the texts away about which the operators alone are known to differ. */
export const TEXT_DIFFERENCES: readonly KnownDifference[] = [...XSS, ...SQLI].map((difference) => ({
  name: difference.name,
  reason: difference.reason,
  applies: ({ peers, input }) =>
    JSON.stringify(peers.configurations).includes(`"${difference.operator}"`) &&
    inputHasText(input, (text) => isAccountedFor(text, difference)),
  bothInputs: (input: Input) => withValues(input, (text) => (isAccountedFor(text, difference) ? '' : text)),
}));

function isAccountedFor(text: string, { operator, accountsFor }: TextDifference): boolean {
  return [...formsOf(text)].some((form) => {
    const disputed = dispute(form, operator);
    return disputed !== undefined && accountsFor(disputed);
  });
}

/** A text as rules look at it: without nulls, and decoded. */
function formsOf(text: string): Set<string> {
  const forms = [text, text.replaceAll('\0', '')];
  for (const name of ['urlDecodeUni', 'htmlEntityDecode']) {
    forms.push(...forms.map((form) => transformerByName(name)!.apply(form)));
  }
  return new Set(forms);
}

function dispute(text: string, operator: TextDifference['operator']): DisputedText | undefined {
  const { ours, theirs } = engines(operator);
  const input = [{ persistent: { text } }];
  const disputed = { text, ours: highlightOf(ours.run(input)), theirs: highlightOf(theirs.run(input)) };
  return disputed.ours === disputed.theirs ? undefined : disputed;
}

function highlightOf([result]: readonly Result[]): string | undefined {
  const parameter = result!.events[0]?.rule_matches[0]?.parameters[0];
  return parameter?.highlight[0];
}

const opened = new Map<string, { ours: Peer; theirs: Peer }>();

function engines(operator: TextDifference['operator']): { ours: Peer; theirs: Peer } {
  let pair = opened.get(operator);
  if (pair === undefined) {
    const conditions = [{ operator, parameters: { inputs: [{ address: 'text' }] } }];
    const rule = { id: 'r', name: 'r', tags: { type: 't' }, conditions };
    const configurations = { default: { version: '2.2', rules: [rule] } };
    pair = { ours: openOurs(configurations)!, theirs: openTheirs(configurations)! };
    opened.set(operator, pair);
  }
  return pair;
}
