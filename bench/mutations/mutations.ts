/** Ways to write an attack so that it still works where it is decoded, executed or shown. */
export interface Mutation {
  readonly name: string;
  /** Types of rules whose attacks survive it; undefined for all. */
  readonly types?: readonly string[];
  /** Undefined where there is nothing to change. */
  mutate(text: string): string | undefined;
}

const SQL = ['sql_injection'];
const MARKUP = ['xss'];
const SHELL = ['command_injection'];
const PATHS = ['lfi'];
/** Types of which what matters goes by no case. */
const CASELESS = [...SQL, ...MARKUP, 'php_code_injection', 'rfi', 'ssrf', 'xxe', 'ssi_injection'];

const encode = (text: string, pattern: RegExp, code: (unit: number) => string) =>
  text.replace(pattern, (character) => code(character.charCodeAt(0)));
const hex = (unit: number, digits = 2) => unit.toString(16).padStart(digits, '0');
const percent = (text: string, pattern: RegExp) => encode(text, pattern, (unit) => `%${hex(unit)}`);
const PUNCTUATION = /[^\w\s\x80-\uffff]/g;
const ASCII = /[\x21-\x7e]/g;

/** Each is deterministic. Values are as the application gets them: decoded once. */
export const MUTATIONS: readonly Mutation[] = [
  { name: 'upper case', types: CASELESS, mutate: (text) => text.toUpperCase() },
  {
    name: 'mixed case',
    types: CASELESS,
    mutate: (text) =>
      text.replace(/[a-z]/gi, (letter, at: number) => (at % 2 ? letter.toUpperCase() : letter.toLowerCase())),
  },
  { name: 'percent-encoded punctuation', mutate: (text) => percent(text, PUNCTUATION) },
  { name: 'percent-encoded throughout', mutate: (text) => percent(text, ASCII) },
  { name: 'percent-encoded twice', mutate: (text) => percent(percent(text, PUNCTUATION), /%/g) },
  { name: '%uXXXX', mutate: (text) => encode(text, PUNCTUATION, (unit) => `%u${hex(unit, 4)}`) },
  {
    name: 'HTML entities, decimal',
    types: MARKUP,
    mutate: (text) => encode(text, /[<>"'()=:]/g, (unit) => `&#${unit};`),
  },
  {
    name: 'HTML entities, hexadecimal',
    types: MARKUP,
    mutate: (text) => encode(text, /[<>"'()=:]/g, (unit) => `&#x${hex(unit)};`),
  },
  {
    name: 'JavaScript escapes',
    types: MARKUP,
    mutate: (text) => encode(text, /[<>"'()=]/g, (unit) => `\\u${hex(unit, 4)}`),
  },
  {
    name: 'fullwidth letters',
    types: [...SQL, ...MARKUP],
    mutate: (text) => encode(text, /[<>'"()=a-z]/g, (unit) => String.fromCharCode(unit + 0xfee0)),
  },
  { name: 'null bytes between words', mutate: (text) => text.replace(/(?<=\w)(?=\W)/g, '\0') },
  {
    name: 'tabs for spaces',
    types: [...SQL, ...MARKUP, ...SHELL],
    mutate: (text) => text.replaceAll(' ', '\t'),
  },
  { name: 'newlines for spaces', types: SQL, mutate: (text) => text.replaceAll(' ', '\n') },
  {
    name: 'many spaces for one',
    types: [...SQL, ...MARKUP, ...SHELL],
    mutate: (text) => text.replaceAll(' ', ' '.repeat(40)),
  },
  { name: 'plus for spaces', types: SQL, mutate: (text) => text.replaceAll(' ', '+') },
  { name: 'comments for spaces', types: SQL, mutate: (text) => text.replaceAll(' ', '/**/') },
  { name: 'comments with text for spaces', types: SQL, mutate: (text) => text.replaceAll(' ', '/*a b*/') },
  { name: 'line comments for spaces', types: SQL, mutate: (text) => text.replaceAll(' ', '--x\n') },
  {
    name: 'versioned keywords',
    types: SQL,
    mutate: (text) => text.replace(/\b(?:union|select|and|or|from|where)\b/gi, (word) => `/*!50000${word}*/`),
  },
  { name: 'slashes for spaces in tags', types: MARKUP, mutate: (text) => text.replace(/(<\w+)\s+/g, '$1/') },
  { name: 'IFS for spaces', types: SHELL, mutate: (text) => text.replaceAll(' ', () => `\${IFS}`) },
  {
    name: 'quotes in words',
    types: SHELL,
    mutate: (text) =>
      text.replace(
        /\b(?:cat|id|whoami|wget|curl|uname|nc|bash|sh)\b/g,
        (word) => `${word[0]}''${word.slice(1)}`,
      ),
  },
  {
    name: 'backslashes in words',
    types: SHELL,
    mutate: (text) =>
      text.replace(
        /\b(?:cat|id|whoami|wget|curl|uname|nc|bash|sh)\b/g,
        (word) => `${word[0]}\\${word.slice(1)}`,
      ),
  },
  { name: 'backslashes for slashes', types: PATHS, mutate: (text) => text.replaceAll('../', '..\\') },
  { name: 'doubled dots and slashes', types: PATHS, mutate: (text) => text.replaceAll('../', '....//') },
  { name: 'self references in paths', types: PATHS, mutate: (text) => text.replaceAll('../', '.././') },
  { name: 'a word before', mutate: (text) => `lamp ${text}` },
  { name: 'a word after', mutate: (text) => `${text} lamp` },
  { name: 'behind 128 kB of filler', mutate: (text) => `${'lorem ipsum '.repeat(11_000)}${text}` },
];
