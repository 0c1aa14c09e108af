/**
 * # HTML as a browser takes it apart
 *
 * The parts of a text that can make it run scripts: tags, attributes with values, comments and document types. It goes
 * by the states of the HTML standard's tokenizer, and where old browsers were laxer, by them: NUL is white space or is
 * passed over, attributes may stand in back-quotes, comments may end with `-!>`, and `<%` begins one.
 *
 *     [...htmlTokens('<a href=x>', 'data')]
 *     // { type: 'tag', name: 'a' }, { type: 'attribute', name: 'href', value: 'x' }
 *
 * Each character is read a fixed number of times, so it takes time linear in the text. Source: HTML Standard, 13.2.5.
 */
export type HtmlToken =
  | { readonly type: 'tag'; readonly name: string }
  | { readonly type: 'attribute'; readonly name: string; readonly value: string }
  | { readonly type: 'comment'; readonly text: string }
  | { readonly type: 'doctype' };

/** Where a text is inserted: between elements, in a tag, or in an attribute's value within these quotes. */
export type HtmlContext = 'data' | 'tag' | '"' | "'" | '`';

/** What follows `<` and isn't text. */
const MARKUP = /<(?:(?=[a-z\0])|\/(?!>)|[!?%])/gi;
const LETTER = /[a-z]/i;
const TAG_NAME = /[^\t-\r />]*/y;
const SPACES = /[\0\t-\r ]*/y;
/** The first character of a name can be any but `/` and `>`, which are looked at before. */
const ATTRIBUTE_NAME = /[^/>][^\0\t-\r /=>]*/y;
const UNQUOTED_VALUE = /[^\0\t-\r >]*/y;
const DECLARATION = /--(?:-?>)?|doctype/iy;
const COMMENT_END = /-\0*[-!]>/g;
/** So much of what follows `<%`, which browsers take for text, is seen as the beginning of a comment too. */
const COMMENT_KEYWORD = 8;
const QUOTES = /["'`]/;

/** The tokens of a text that is inserted in a context; attributes without a value, text and ends are left out. */
export function* htmlTokens(text: string, context: HtmlContext): Generator<HtmlToken> {
  let position = 0;

  /** Takes what a sticky expression matches, or nothing. */
  function take(pattern: RegExp): string {
    pattern.lastIndex = position;
    const taken = pattern.exec(text)?.[0] ?? '';
    position += taken.length;
    return taken;
  }

  /** Takes all before an index, and so much from there on; all the rest if it is negative. */
  function takeTo(end: number, length: number): string {
    const taken = text.slice(position, end < 0 ? undefined : end);
    position = end < 0 ? text.length : end + length;
    return taken;
  }

  /** Takes all before the next of these, and that too. */
  function takeUntil(end: string): string {
    return takeTo(text.indexOf(end, position), end.length);
  }

  function takeComment(): string {
    COMMENT_END.lastIndex = position;
    const end = COMMENT_END.exec(text);
    return end === null ? takeTo(-1, 0) : takeTo(end.index, end[0].length);
  }

  /** After an attribute's name and `=`; undefined at the end of the text. */
  function takeValue(): string | undefined {
    take(SPACES);
    if (position === text.length) return undefined;
    const quote = text[position]!;
    if (!QUOTES.test(quote)) return take(UNQUOTED_VALUE);
    position++;
    return takeUntil(quote);
  }

  function* attributes(): Generator<HtmlToken> {
    while (position < text.length) {
      take(SPACES);
      const next = text[position];
      if (next === undefined) return;
      if (next === '/' || next === '>') {
        position++;
        if (next === '>') return;
        continue;
      }
      const name = take(ATTRIBUTE_NAME);
      take(SPACES);
      if (text[position] !== '=') continue;
      position++;
      const value = takeValue();
      if (value !== undefined) yield { type: 'attribute', name, value };
    }
  }

  function* markup(opening: string): Generator<HtmlToken> {
    const declaration = opening === '<!' ? take(DECLARATION) : '';
    const isEnd = opening === '</';
    if (opening === '<' || (isEnd && LETTER.test(text.charAt(position)))) {
      const name = take(TAG_NAME);
      if (isEnd && text[position] === '>') position++;
      else {
        yield { type: 'tag', name };
        yield* attributes();
      }
    } else if (declaration === '--') yield comment(takeComment());
    else if (opening === '<%') yield comment(text.slice(position, position + COMMENT_KEYWORD));
    else if (declaration === '') yield comment(takeUntil('>'));
    else if (!declaration.endsWith('>')) yield { type: 'doctype' };
  }

  if (context !== 'data') {
    if (context !== 'tag') takeUntil(context);
    yield* attributes();
  }
  while (position < text.length) {
    MARKUP.lastIndex = position;
    const found = MARKUP.exec(text);
    if (found === null) return;
    position = MARKUP.lastIndex;
    yield* markup(found[0]);
  }
}

function comment(text: string): HtmlToken {
  return { type: 'comment', text };
}
