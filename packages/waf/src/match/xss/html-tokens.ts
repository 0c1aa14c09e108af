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

  /** Takes all before the next of these, and that too. */
  function takeUntil(end: string): string {
    const found = text.indexOf(end, position);
    const taken = text.slice(position, found < 0 ? undefined : found);
    position = found < 0 ? text.length : found + end.length;
    return taken;
  }

  function takeComment(): string {
    COMMENT_END.lastIndex = position;
    const end = COMMENT_END.exec(text);
    const taken = text.slice(position, end?.index);
    position = end === null ? text.length : COMMENT_END.lastIndex;
    return taken;
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
    switch (opening) {
      case '<':
      case '</': {
        const isEnd = opening === '</';
        if (isEnd && !LETTER.test(text.charAt(position))) {
          yield { type: 'comment', text: takeUntil('>') };
          return;
        }
        const name = take(TAG_NAME);
        if (isEnd && text[position] === '>') {
          position++;
          return;
        }
        yield { type: 'tag', name };
        yield* attributes();
        return;
      }
      case '<!': {
        const declaration = take(DECLARATION);
        if (declaration === '') yield { type: 'comment', text: takeUntil('>') };
        else if (declaration === '--') yield { type: 'comment', text: takeComment() };
        else if (!declaration.endsWith('>')) yield { type: 'doctype' };
        return;
      }
      case '<?':
        yield { type: 'comment', text: takeUntil('>') };
        return;
      default:
        yield { type: 'comment', text: text.slice(position, position + COMMENT_KEYWORD) };
    }
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
