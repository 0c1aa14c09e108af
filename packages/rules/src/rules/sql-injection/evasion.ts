/** Spellings that only somebody uses who wants to get past a filter. */
import type { RuleSource } from '../../rule.ts';
import { K, S, SP, sql } from './fragments.ts';

const WORD = String.raw`(?:union|select|from|where|and|or|xor|like|having|order|group|by|insert|into|values|update|delete|sleep|concat|null|all|distinct|between|exec|limit|join)`;

/** Words with all their letters apart, the way IIS drops percent signs that encode nothing. */
const APART = ['select', 'union', 'insert', 'update', 'delete', 'from'].map((word) => [...word].join('%'));

/** What cuts a word, and is taken away by a filter or a server: a percent sign, a comment, brackets. */
const CUT = String.raw`(?:%(?:0b)?|/\*[^*]*\*/|<>)`;

/** The word with one cut in it, as a tree, so that the word begins in one place: `u(?:CUT nion|n(?:CUT ion|…))`. */
const cutOnce = (word: string): string =>
  word.length === 2
    ? `${word[0]}${CUT}${word[1]}`
    : `${word[0]}(?:${CUT}${word.slice(1)}|${cutOnce(word.slice(1))})`;
const CUT_WORDS = ['union', 'select', 'concat', 'insert', 'where', 'order'].map(cutOnce);

/** What is left is a keyword when a filter has taken the inner one away once. */
const NESTED = [
  'ununionion',
  'uniunionon',
  'uunionnion',
  'unionunion',
  'selselectect',
  'seselectlect',
  'sselectelect',
  'selectselect',
  'frfromom',
  'whwhereere',
  `oorr${S}+`,
  `aandnd${S}+`,
];

export const EVASION_RULES: readonly RuleSource[] = [
  sql({
    id: 'sqli-versioned-comment',
    name: 'SQL injection: code in a comment of MySQL that is run',
    confidence: 'high',
    about:
      'MySQL runs what stands in `/*!50000 … */`, filters take it for a comment. Dumps have such comments too, around SET and at the start of a line; an injection has them around the words of a query.',
    regex: String.raw`/\*!\d{0,6}${S}*(?:${WORD}\b|union|select)|[\w'")]${S}*/\*!\d{5,6}`,
  }),
  sql({
    id: 'sqli-comment-as-blank',
    name: 'SQL injection: comments in place of blanks',
    confidence: 'high',
    about:
      'A comment stands directly between a word of SQL and the next one, or the next quote or number, to get past filters that expect white space. People put blanks around comments.',
    regex: String.raw`\b${WORD}/\*[^+*](?:[^*]|\*+[^*/])*\*+/(?:${WORD}\b|[\d'"@(-]|\w+/\*[^*]*\*/)|\b${WORD}(?:/\*\*+/)+[\w'"@(-]|['"\d)](?:/\*\*+/)+(?:or|and|union|xor|order|having)(?:/\*\*+/|\b)`,
  }),
  sql({
    id: 'sqli-split-keyword',
    name: 'SQL injection: keywords that are cut, doubled or taken apart',
    confidence: 'high',
    about:
      'Letters of a keyword are kept apart by what a filter or server takes away again: percent signs, comments, brackets, or the keyword itself. No text has words cut this way.',
    regex: String.raw`${APART.join('|')}|${CUT_WORDS.join('|')}|\b(?:${NESTED.join('|')})`,
  }),
  sql({
    id: 'sqli-encoded-characters',
    name: 'SQL injection: text spelled in character codes',
    confidence: 'medium',
    about:
      'Strings are written as numbers, so that no quote is needed: `char(97,100)`, `chr(97)||chr(98)`, `concat(0x3a,…)`. Programs in other languages spell single characters this way, so that it is reported only.',
    regex: String.raw`\b(?:concat(?:_ws)?|group_concat|unhex|cast|convert|select|in|like|values)\b${S}*\(?${S}*(?:0x[0-9a-f]{2,}${S}*,|0x[0-9a-f]{6,})|\b(?:n?char|chr)${S}*\(${S}*(?:\d{2,3}|0x[0-9a-f]{2})${S}*(?:,${S}*(?:\d{2,3}|0x)|\)${S}*(?:\|\||\+|,)${S}*(?:n?char|chr|\(|'))|=${S}*0x(?:[0-9a-f]{2}){4,}${S}*(?:--|#|\)|$)|\bcast${S}*\(${S}*0x[0-9a-f]{8}`,
  }),
  sql({
    id: 'sqli-scientific-number',
    name: 'SQL injection: a keyword right behind a number',
    confidence: 'high',
    about:
      'MySQL and SQL Server need no blank after a number: `1e0union select`, `1.or 1=1`, `1.e.table_name`. Text has a blank there.',
    regex: String.raw`(?:\d\.|\de\d*|\.\d+)(?:union${SP}+(?:all|distinct|select)|(?:or|and)${S}*[\d'"(@]|from${S}+[\w\x60])|\d\.e\.?[(\x60]|\b(?:select|from|where)${S}*(?:\d+\.\d*e|\.\d+e|\d+e\d+)\.?[a-z_]|\d\.?\d*\.e\.\w+|\bselect(?:~|\{\w+${S}|@[\x60:])`,
  }),
  sql({
    id: 'sqli-control-characters',
    name: 'SQL injection: keywords with control characters for blanks',
    confidence: 'high',
    about:
      'Databases take vertical tabs, form feeds and other control characters as white space, and people have no key for them.',
    regex: String.raw`(?:['"\d)]|${K}(?:union|select|from|or|and))[\x01-\x07\x0b\x0c\x0e-\x1f]+(?:union|select|from|or|and|order|where|having|all|[\d'"(])\b[^a-z]`,
  }),
];
