/** The words of a list that is written as one text, with white space between. */
export function words(text: string): string[] {
  return text.match(/\S+/g) ?? [];
}

/**
 * The same, of words written as stems and endings, each with commas between: `key,mouse:down,up` is four, `play:,ing`
 * is `play` and `playing`.
 */
export function stems(text: string): string[] {
  return words(text).flatMap((word) => {
    const [stems = '', endings = ''] = word.split(':');
    return stems.split(',').flatMap((stem) => endings.split(',').map((ending) => stem + ending));
  });
}
