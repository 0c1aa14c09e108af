import type { ExclusionDefinition, Ruleset } from '../src/index.ts';
import type { Run } from '../test/libddwaf.ts';
import { LEFT_TO_CHANCE } from './chance.ts';
import type { Peers } from './classify.ts';
import { same, type View, viewsOf } from './compare.ts';
import { DETECTOR_DIFFERENCES } from './detector-differences.ts';
import { type Configurations, openTheirs, type Peer } from './peers.ts';
import type { Input } from './requests.ts';
import {
  cutBytes,
  inputHasText,
  mapTexts,
  withoutFinalDots,
  withoutInvalidBytes,
  withoutNoBreakSpaces,
  withTexts,
} from './rewriting.ts';
import { rulesOf } from './rulesets.ts';
import { TEXT_DIFFERENCES } from './text-differences.ts';

/** What was seen of an input. */
export interface Observed {
  readonly peers: Peers;
  readonly input: Input;
  readonly ours: readonly View[];
  readonly theirs: readonly View[];
}

/** A difference from libddwaf that is meant to be, and how to tell that it accounts for what differs. */
export interface KnownDifference {
  readonly name: string;
  /** A part of a line of the README's "Differences from libddwaf". */
  readonly reason: string;
  /** Whether it may be at work. */
  applies(observed: Observed): boolean;
  /** Whether it can only be seen when all others are taken away, and cuts the input short. */
  readonly isLast?: boolean;
  /** The input that makes this engine do what libddwaf does with the input as it is. */
  ourInput?(input: Input): Input;
  /** The input without what the two see differently. */
  bothInputs?(input: Input, observed: Observed): Input;
  /** The results without what differs. */
  views?(ours: readonly View[], theirs: readonly View[], observed: Observed): [View[], View[]];
}

type ExcludedInput = NonNullable<ExclusionDefinition['inputs']>[number];
type ScalarParameter = { address: string; key_path: string[]; value: string; highlight: string[] };

/** Bytes of a key that libddwaf looks at; of other strings it is one more. */
const STRING_BYTES = 4095;
const CONTAINER_SIZE = 256;

const TRANSFORMERS = "the transformers' differences in `test/vectors/transformer-differences.json`";
const PHRASES = '`phrase_match` finds every phrase, with word boundaries at every occurrence';

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    name: 'undefined address',
    reason: '`undefined` is no value',
    applies: ({ input }) => input.some((run) => Object.values(run.persistent ?? {}).includes(undefined)),
    ourInput: (input) =>
      input.map((run) => ({
        ...run,
        persistent: Object.fromEntries(
          Object.entries(run.persistent ?? {}).map(([address, value]) => [address, value ?? null]),
        ),
      })),
  },
  {
    name: 'lone surrogates',
    reason: 'half a surrogate pair is reported as it came',
    applies: ({ input, ours }) =>
      inputHasText(input, (text) => !text.isWellFormed()) || !same(ours, ours.map(withWellFormedTexts)),
    ourInput: (input) => withTexts(input, (text) => text.toWellFormed()),
    // Decoding can bring others.
    views: (ours, theirs) => [ours.map(withWellFormedTexts), [...theirs]],
  },
  {
    name: 'long strings',
    reason: 'limits are of UTF-16 code units of a string',
    applies: ({ input }) => inputHasText(input, (text) => text !== cutBytes(text, STRING_BYTES)),
    bothInputs: (input) => withTexts(input, cut),
  },
  {
    name: 'negations where a limit cut',
    reason: "negated conditions don't hold where time or a limit kept the engine from looking",
    applies: ({ input }) => input.some(({ persistent }) => hasLargeMap(persistent)),
    bothInputs: (input) => input.map((run) => withoutLargeMaps(run) as Input[number]),
  },
  {
    name: 'bytes that are not UTF-8',
    reason: TRANSFORMERS,
    applies: ({ input }) => inputHasText(input, (text) => withoutInvalidBytes(text) !== text),
    bothInputs: (input) => withTexts(input, withoutInvalidBytes),
  },
  {
    name: 'entities of no-break spaces',
    reason: TRANSFORMERS,
    applies: ({ input }) => inputHasText(input, (text) => withoutNoBreakSpaces(text) !== text),
    bothInputs: (input) => withTexts(input, withoutNoBreakSpaces),
  },
  {
    name: 'nulls under unicode_normalize',
    reason: TRANSFORMERS,
    applies: ({ input }) => inputHasText(input, (text) => withoutNulls(text) !== text),
    bothInputs: (input) => withTexts(input, withoutNulls),
  },
  {
    name: 'a final dot segment',
    reason: TRANSFORMERS,
    applies: ({ input }) => inputHasText(input, (text) => withoutFinalDots(text) !== text),
    bothInputs: (input) => withTexts(input, withoutFinalDots),
  },
  {
    name: 'separators under shell_unescape',
    reason: TRANSFORMERS,
    applies: ({ peers, input }) =>
      /cmdLine|shell_unescape/.test(JSON.stringify(peers.configurations)) &&
      inputHasText(input, (text) => withSpaces(text) !== text),
    bothInputs: (input) => withTexts(input, withSpaces),
  },
  {
    name: 'a whole address excluded beside a part of it',
    reason: 'an exclusion of a whole address holds beside one of a part of it',
    applies: ({ peers, input, theirs }) => !same(withWholesOnly(peers, input, theirs), theirs),
    views: (ours, theirs, { peers, input }) => [[...ours], withWholesOnly(peers, input, theirs)],
  },
  {
    name: 'the order of keys beyond the basic plane',
    reason: 'keys are sorted by UTF-16 code units for a fingerprint',
    applies: ({ input }) =>
      [/[\u{10000}-\u{10ffff}]/u, /[\ue000-\uffff]/].every((beyond) =>
        inputHasText(input, (text) => beyond.test(text)),
      ),
    bothInputs: (input) => withTexts(input, (text) => text.replace(/[\u{10000}-\u{10ffff}]/gu, '\uffff')),
  },
  {
    name: 'phrases',
    reason: PHRASES,
    applies: (observed) => missedPhrases(observed).length > 0,
    bothInputs: (input, observed) => {
      const missed = missedPhrases(observed);
      return missed.reduce((changed, parameter) => {
        const others = missed.filter((other) => isAtSamePlace(other, parameter));
        const phrases = new Set(others.map(({ highlight: [phrase] }) => phrase));
        return withValue(changed, parameter, [...phrases].join(' '));
      }, input);
    },
  },
  {
    name: 'highlights of phrases',
    reason: PHRASES,
    applies: ({ ours, theirs }) => !same(withPhraseHighlights(ours, theirs), ours),
    views: (ours, theirs) => [withPhraseHighlights(ours, theirs), [...theirs]],
  },
  {
    name: 'attributes that waited',
    reason: 'an attribute with a key path that waits for its address is given when that comes',
    applies: ({ peers, ours, theirs }) =>
      ours.some((view, run) => waited(view, theirs[run]!, run, peers).length > 0),
    views: (ours, theirs, { peers }) =>
      [ours, theirs].map((views) =>
        views.map((view, run) => withoutAttributes(view, waited(ours[run]!, theirs[run]!, run, peers))),
      ) as [View[], View[]],
  },
  {
    name: 'fingerprints, repeated',
    reason: 'a fingerprint comes again when another of its inputs does, though it be the same',
    applies: ({ ours, theirs }) => [ours, theirs].some((views) => !same(withoutRepeated(views), views)),
    views: (ours, theirs) => [withoutRepeated(ours), withoutRepeated(theirs)],
  },
  {
    name: 'inputs of fingerprints that are no text',
    reason: 'a fingerprint comes again when another of its inputs does, though it be the same',
    applies: ({ input }) =>
      input.some(({ persistent }) => !same(withFingerprintedTexts(persistent), persistent)),
    bothInputs: (input) =>
      input.map(({ persistent, ...run }) => ({
        ...run,
        persistent: withFingerprintedTexts(persistent) ?? {},
      })),
  },
  {
    name: 'blocks by exclusions, repeated',
    reason: 'a rule that an exclusion makes blocking blocks at each ephemeral match',
    applies: (observed) => firstBlockByExclusion(observed) >= 0,
    bothInputs: (input, observed) => input.slice(0, firstBlockByExclusion(observed) + 1),
  },
  ...LEFT_TO_CHANCE,
  ...TEXT_DIFFERENCES,
  ...DETECTOR_DIFFERENCES,
];

/** The first run that a rule blocks because of an ephemeral value and an exclusion, if both engines say so; else -1. */
function firstBlockByExclusion({ peers, input, ours, theirs }: Observed): number {
  const exclusions = (Object.values(peers.configurations) as Ruleset[]).flatMap(
    (one) => one.exclusions ?? [],
  );
  const effects = new Set(exclusions.map(({ on_match }) => on_match));
  return ours.findIndex((view, run) =>
    view.events.some(
      (event) =>
        event.response &&
        effects.has(event.rule.on_match?.[0]) &&
        event.matches.some(({ parameters: [parameter] }) =>
          'address' in parameter! ? Object.hasOwn(input[run]!.ephemeral ?? {}, parameter.address) : false,
        ) &&
        theirs[run]!.events.some((other) => same(event, other)),
    ),
  );
}

/** Names of attributes that only one gives, in a run that isn't the first, from below a key path. */
function waited(ours: View, theirs: View, run: number, { configurations }: Peers): string[] {
  if (run === 0) return [];
  const sources = rulesOf(configurations).flatMap(({ output }) => Object.entries(output?.attributes ?? {}));
  return Object.keys({ ...ours.attributes, ...theirs.attributes }).filter(
    (name) =>
      !same(ours.attributes[name], theirs.attributes[name]) &&
      sources.some(([other, source]) => other === name && 'address' in source && source.key_path?.length),
  );
}

/** What fingerprints take as one text. */
const FINGERPRINTED = ['usr.id', 'usr.session_id', 'server.request.method', 'server.request.uri.raw'];

/** Without what fingerprints have no use for, as it is no text. */
function withFingerprintedTexts(addresses: Run['persistent']): Run['persistent'] {
  const isText = ([address, value]: [string, unknown]) =>
    !FINGERPRINTED.includes(address) || typeof value === 'string';
  return addresses && Object.fromEntries(Object.entries(addresses).filter(isText));
}

/** Results without fingerprints that were the same in an earlier run. */
function withoutRepeated(views: readonly View[]): View[] {
  return views.map((view, run) => {
    const names = Object.keys(view.attributes).filter(
      (name) =>
        name.startsWith('_dd.appsec.fp.') &&
        views.slice(0, run).some(({ attributes }) => attributes[name] === view.attributes[name]),
    );
    return withoutAttributes(view, names);
  });
}

function withoutAttributes(view: View, names: readonly string[]): View {
  const attributes = Object.entries(view.attributes).filter(([name]) => !names.includes(name));
  return { ...view, attributes: Object.fromEntries(attributes) };
}

function withWellFormedTexts(view: View): View {
  return mapTexts(view, (text) => text.toWellFormed()) as View;
}

/** libddwaf's unicode_normalize makes U+FFFD of a null, but not in a text that is all ASCII. */
function withoutNulls(text: string): string {
  return /[^\x00-\x7f]/.test(text) ? text.replaceAll('\0', '') : text;
}

/** What shell_unescape makes spaces of, as such. */
function withSpaces(text: string): string {
  return text.replace(/[\s,;]/g, ' ');
}

/** A cut can leave half of what was percent-encoded, and blanks at the end that only one shows. */
function cut(text: string): string {
  const beginning = cutBytes(text, STRING_BYTES);
  return beginning === text ? text : withoutInvalidBytes(beginning).trimEnd();
}

function hasLargeMap(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const items = Object.values(value);
  return items.length > CONTAINER_SIZE || items.some(hasLargeMap);
}

/** Maps and arrays cut to what the limit leaves of them. */
function withoutLargeMaps(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.slice(0, CONTAINER_SIZE).map(withoutLargeMaps);
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, CONTAINER_SIZE)
      .map(([key, item]) => [key, withoutLargeMaps(item)]),
  );
}

const wholesOnly = new WeakMap<Configurations, Peer | undefined>();

/** What libddwaf finds without exclusions of parts of what the same exclusion excludes as a whole. */
function withWholesOnly({ configurations }: Peers, input: Input, theirs: readonly View[]): View[] {
  if (!wholesOnly.has(configurations)) {
    const isWhole = ({ key_path = [] }: ExcludedInput) => key_path.length === 0;
    const isNeeded = (one: ExcludedInput, _: number, all: readonly ExcludedInput[]) =>
      isWhole(one) || !all.some((other) => other.address === one.address && isWhole(other));
    const changed = Object.entries(configurations as Record<string, Ruleset>).map(([path, ruleset]) => [
      path,
      {
        ...ruleset,
        ...(ruleset.exclusions && {
          exclusions: ruleset.exclusions.map((one) =>
            one.inputs === undefined ? one : { ...one, inputs: one.inputs.filter(isNeeded) },
          ),
        }),
      },
    ]);
    const other = Object.fromEntries(changed);
    wholesOnly.set(configurations, same(other, configurations) ? undefined : openTheirs(other));
  }
  const peer = wholesOnly.get(configurations);
  return peer === undefined ? [...theirs] : viewsOf(peer.run(input));
}

function isAtSamePlace(one: ScalarParameter, other: ScalarParameter): boolean {
  return one.address === other.address && same(one.key_path, other.key_path);
}

/** Where this engine finds phrases and libddwaf doesn't. */
function missedPhrases({ ours, theirs }: Observed): ScalarParameter[] {
  const found: ScalarParameter[] = [];
  for (const [run, view] of ours.entries()) {
    for (const event of view.events) {
      if (theirs[run]!.events.some((other) => same(event, other))) continue;
      const phrases = event.matches.filter(({ operator }) => operator === 'phrase_match');
      found.push(...phrases.flatMap(({ parameters }) => parameters as unknown as ScalarParameter[]));
    }
  }
  return found;
}

/** Our results with libddwaf's highlights of phrases, where it has others in the same value. */
function withPhraseHighlights(ours: readonly View[], theirs: readonly View[]): View[] {
  return ours.map((view, run) => ({
    ...view,
    events: view.events.map((event) => {
      const other = theirs[run]!.events.find(({ rule }) => rule.id === event.rule.id);
      const matches = event.matches.map((match, index) => {
        const [mine] = match.parameters as unknown as ScalarParameter[];
        const [their] = (other?.matches[index]?.parameters ?? []) as unknown as ScalarParameter[];
        if (match.operator !== 'phrase_match' || mine === undefined || their === undefined) return match;
        const isThere = mine.value.includes(their.highlight[0]!);
        return isThere ? { ...match, parameters: [{ ...mine, highlight: their.highlight }] } : match;
      });
      return { ...event, matches };
    }),
  }));
}

/** The same input with another string where a parameter was found. */
function withValue(input: Input, { address, key_path }: ScalarParameter, text: string): Input {
  return input.map((run) => ({
    ...(run.persistent && {
      persistent: withTextAt(run.persistent, [address, ...key_path], text) as Record<string, unknown>,
    }),
    ...(run.ephemeral && {
      ephemeral: withTextAt(run.ephemeral, [address, ...key_path], text) as Record<string, unknown>,
    }),
  }));
}

function withTextAt(value: unknown, [key, ...rest]: readonly string[], text: string): unknown {
  if (key === undefined) return typeof value === 'string' ? text : value;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return value;
  const changed = Array.isArray(value) ? [...value] : { ...value };
  Object.defineProperty(changed, key, {
    value: withTextAt((value as Record<string, unknown>)[key], rest, text),
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return changed;
}
