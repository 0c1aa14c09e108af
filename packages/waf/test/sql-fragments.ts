/** Random texts of SQL's pieces, in an order that seldom makes sense. */
const PIECES = (
  '1 1 2 .5 1. 0x1f 1e5 foo foo bar a_b é x.y \'x\' \'y " "z" ` `a` [a] @v @@v @ $5 $$a$$ null current_user union union ' +
  'select select from where into outfile and and or or xor && || = = - + * / % < > <=> != :: ! ~ not is like in ' +
  'between mod div rlike ( ( ) ) { } , , ; : . ? ] \\ \\N -- --x #c /*c*/ /* int binary varchar collate utf8_bin having ' +
  "limit group order by sin sleep if user database cast drop declare begin exec insert update set case when then n' " +
  "as distinct join left n'a' q'(a)' x'1f' b'0' e'a' u&'a' true false waitfor delay try procedure analyse exists \u00a0"
).split(' ');
const SEPARATORS = [' ', ' ', ' ', '', '/**/', '\n'];

/** Texts of one to eight pieces; the same for the same seed. */
export function* sqlFragments(seed: number, count: number): Generator<string> {
  let state = seed;
  const below = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  for (let i = 0; i < count; i++) {
    let text = '';
    for (let pieces = 1 + below(8); pieces > 0; pieces--) {
      text += PIECES[below(PIECES.length)]! + SEPARATORS[below(SEPARATORS.length)]!;
    }
    yield text;
  }
}
