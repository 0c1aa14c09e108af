import type { Random } from './random.ts';

export type Mutation = (text: string, random: Random, other: () => string) => string;

const AWKWARD = [
  ...[
    '\0',
    '\ud83d',
    '\ude00',
    '\ufffd',
    '\u200b',
    '\u2028',
    '\u{1f600}',
    'ſ',
    'K',
    'İ',
    'ß',
    'Å',
    'é',
    '中',
  ],
  ...[
    "'",
    '＜',
    '＇',
    '\u{e0041}',
    '\t',
    '\n',
    '\r',
    '\v',
    '\f',
    '\x85',
    '\xa0',
    '\x7f',
    '\\',
    '%',
    '&',
    ';',
  ],
];
const COMMENTS = ['/**/', '/*!*/', '--', '#', '/*x*/', '<!---->', '-- -', '//', '/*'];
const SPACES = [' ', '\t', '\n', '\r\n', '\v', '\f', '  ', '+', '%20', '\xa0', '\u3000', '\0'];

/** A place in a text, its end included. */
function at(text: string, random: Random): number {
  return random.below(text.length + 1);
}

function inserted(text: string, place: number, part: string): string {
  return text.slice(0, place) + part + text.slice(place);
}

function hex(unit: number, digits: number): string {
  return unit.toString(16).padStart(digits, '0');
}

function percentEncoded(character: string): string {
  return [...Buffer.from(character)].map((byte) => `%${hex(byte, 2)}`).join('');
}

/** Some characters, or all, written in another way. */
function rewritten(text: string, random: Random, write: (character: string) => string): string {
  const times = random.pick([1, 3, 8]);
  return [...text].map((character) => (random.oneIn(times) ? write(character) : character)).join('');
}

/** What is done to a text so that it means the same to someone, or nearly, or nothing any more. */
export const MUTATIONS: Record<string, Mutation> = {
  upperCase: (text) => text.toUpperCase(),
  swappedCase: (text, random) =>
    rewritten(text, random, (c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())),
  percent: (text, random) => rewritten(text, random, percentEncoded),
  percentTwice: (text, random) => rewritten(text, random, (c) => percentEncoded(c).replaceAll('%', '%25')),
  percentBytes: (text, random) => rewritten(text, random, () => `%${hex(random.below(256), 2)}`),
  percentUnicode: (text, random) => rewritten(text, random, (c) => `%u${hex(c.charCodeAt(0), 4)}`),
  html: (text, random) =>
    rewritten(text, random, (c) =>
      random.pick([`&#${c.codePointAt(0)};`, `&#x${hex(c.codePointAt(0)!, 2)};`]),
    ),
  javaScript: (text, random) =>
    rewritten(text, random, (c) =>
      random.pick([`\\u${hex(c.charCodeAt(0), 4)}`, `\\x${hex(c.charCodeAt(0) & 255, 2)}`]),
    ),
  css: (text, random) => rewritten(text, random, (c) => `\\${hex(c.codePointAt(0)!, 2)} `),
  base64: (text) => Buffer.from(text).toString('base64'),
  formEncoded: (text) => encodeURIComponent(text.toWellFormed()).replaceAll('%20', '+'),
  comment: (text, random) => inserted(text, at(text, random), random.pick(COMMENTS)),
  comments: (text, random) => text.replaceAll(' ', random.pick(COMMENTS)),
  spaces: (text, random) => text.replaceAll(' ', random.pick(SPACES)),
  space: (text, random) => inserted(text, at(text, random), random.pick(SPACES)),
  noSpaces: (text) => text.replaceAll(' ', ''),
  awkward: (text, random) => inserted(text, at(text, random), random.pick(AWKWARD)),
  awkwards: (text, random) => rewritten(text, random, (c) => c + random.pick(AWKWARD)),
  anyUnit: (text, random) => inserted(text, at(text, random), String.fromCharCode(random.below(0x10000))),
  fullWidth: (text, random) =>
    rewritten(text, random, (c) => (/[!-~]/.test(c) ? String.fromCharCode(c.charCodeAt(0) + 0xfee0) : c)),
  backslashes: (text, random) => rewritten(text, random, (c) => `\\${c}`),
  dots: (text, random) => text.replaceAll('/', random.pick(['/./', '//', '/x/../', '\\', '/../'])),
  truncated: (text, random) => text.slice(0, at(text, random)),
  beheaded: (text, random) => text.slice(at(text, random)),
  without: (text, random) => {
    const start = at(text, random);
    return text.slice(0, start) + text.slice(start + 1 + random.below(4));
  },
  twice: (text) => text + text,
  repeated: (text, random) => text.slice(0, 1 + random.below(8)).repeat(2 + random.below(40)),
  reversed: (text) => [...text].reverse().join(''),
  spliced: (text, random, other) => {
    const tail = other();
    return text.slice(0, at(text, random)) + tail.slice(at(tail, random));
  },
  embedded: (text, random, other) => inserted(other(), at(text, random), text),
  joined: (text, random, other) => text + random.pick([' ', '&', ';', '\n', ',', '']) + other(),
  quoted: (text, random) => {
    const quote = random.pick(["'", '"', '`']);
    return quote + text + quote;
  },
  inJson: (text) => JSON.stringify({ value: text }),
  inPath: (text) => `/a/${text}/b?x=${text}#${text}`,
  padded: (text, random) => 'x '.repeat(random.below(200)) + text,
  long: (text, random) => {
    const filler = random.pick(['a', 'ab ', "'", '../', '<', 'select ', '%41', 'é']);
    const before = random.pick([0, 100, 4000, 4090, 5000]);
    return filler.repeat(Math.ceil(before / filler.length)) + text + filler.repeat(random.below(30));
  },
};

const ALL = Object.entries(MUTATIONS).map(([, mutation]) => mutation);

/** A text after up to three mutations, and in a third of cases after none. */
export function mutated(text: string, random: Random, other: () => string): string {
  let result = text;
  for (let left = random.pick([0, 0, 1, 1, 2, 3]); left > 0; left--) {
    result = random.pick(ALL)(result, random, other);
  }
  return result;
}
