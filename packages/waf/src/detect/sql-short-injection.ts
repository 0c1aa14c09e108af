import { stems, words } from '../word-list.ts';
import * as Feature from './sql-features.ts';
import * as SqlKind from './sql-token-kinds.ts';
import {
  equalsIgnoringCase,
  isOperand,
  isWordToken,
  type SqlTokenKind,
  type SqlTokens,
} from './sql-tokens.ts';

/** An occurrence of an input, in the text and in the tokens that it covers wholly or in part. */
export interface Covered {
  /** Index of the first and of the last token. */
  readonly first: number;
  readonly last: number;
  /** Code units: the first, and after the last. */
  readonly start: number;
  readonly end: number;
}

/**
 * Injections that take few tokens, and that libddwaf lets through. None of them can come of a value that stands
 * where values stand: each needs the input to have left its literal, or never to have been in one.
 */
export function hasShortInjection(tokens: SqlTokens, covered: Covered): boolean {
  return (
    stacksQuery(tokens, covered) ||
    beginsStatement(tokens, covered) ||
    bringsComment(tokens, covered) ||
    bringsSelect(tokens, covered) ||
    callsFunction(tokens, covered) ||
    splitsLiteral(tokens, covered)
  );
}

/** Whether a token of `[from, to]` passes the test. */
function someToken(from: number, to: number, test: (index: number) => boolean): boolean {
  for (let index = from; index <= to; index++) if (test(index)) return true;
  return false;
}

/** `1;shutdown`: a statement ends and another begins. */
function stacksQuery({ kinds }: SqlTokens, { first, last }: Covered): boolean {
  return someToken(first + 1, last - 1, (index) => kinds[index] === SqlKind.Semicolon);
}

/** `1 shutdown`: in dialects that need no semicolon between statements. */
function beginsStatement(tokens: SqlTokens, { first, last, end }: Covered): boolean {
  const { features, kinds, ends } = tokens;
  if (!(features & Feature.BareStatements)) return false;
  return someToken(
    first + 1,
    last,
    (index) =>
      ends[index]! <= end && isOperand(kinds[index - 1]!) && isWordToken(tokens, index, ...STATEMENT_WORDS),
  );
}

const STATEMENT_WORDS = words(
  'select insert update delete exec execute declare waitfor shutdown kill drop alter create grant revert ' +
    'reconfigure backup restore dbcc',
);

/** `1/*`: a block comment begins, and hides what follows or stands for the blanks that a filter looks for. */
function bringsComment({ kinds, starts, ends }: SqlTokens, { first, last, start, end }: Covered): boolean {
  return someToken(first, last, (index) => {
    const begins = starts[index]!;
    return (
      kinds[index] === SqlKind.BlockComment &&
      begins >= start &&
      begins + 2 <= end &&
      (last > first || ends[index]! > end)
    );
  });
}

/** `(select pw)`, `union select 1`, `(table users)`. */
function bringsSelect(tokens: SqlTokens, { first, last, start }: Covered): boolean {
  return someToken(first, last, (index) => {
    if (!isWordToken(tokens, index, 'select', 'table')) return false;
    if (lastVisibleBefore(tokens.text, tokens.starts[index]!, start) === 0x28) return true;
    const before = isWordToken(tokens, index - 1, 'all', 'distinct') ? index - 2 : index - 1;
    return (
      isWordToken(tokens, index, 'select') &&
      before >= first &&
      isWordToken(tokens, before, 'union', 'intersect', 'except', 'minus')
    );
  });
}

/**
 * `sleep(5)`, `version()`, `utl_inaddr.get_host_name`: functions and packages that wait, read files or tell of the
 * server, and that no value is made of.
 */
function callsFunction(tokens: SqlTokens, { first, last, start, end }: Covered): boolean {
  const { text, kinds, starts, ends } = tokens;
  return someToken(first, last, (index) => {
    const kind = kinds[index];
    if (kind !== SqlKind.Identifier && kind !== SqlKind.BinaryOperator) return false;
    const begins = starts[index]!;
    let next = ends[index]!;
    if (begins < start) return false;
    while (next < end && text.charCodeAt(next) <= 0x20) next++;
    if (next >= end) return false;
    return text[next] === '('
      ? isWordToken(tokens, index, ...HARMFUL_FUNCTIONS)
      : text[next] === '.' && HARMFUL_PACKAGES.some((prefix) => equalsIgnoringCase(text, begins, prefix));
  });
}

const HARMFUL_FUNCTIONS = stems(
  'sleep benchmark load_:file,extension extractvalue updatexml sys_:eval,exec,context ' +
    'pg_:sleep,sleep_for,sleep_until,read_file,read_binary_file,ls_dir,stat_file lo_:import,export dblink:,_exec ' +
    'query,database,table:_to_xml current_:setting,user,database set_config read,write:file random,zero:blob ' +
    'sqlite_version xp_cmdshell open:rowset,datasource,query serverproperty db,host,suser,user:_name suser_sname ' +
    'is_srvrolemember httpuritype version database user session,system:_user',
);

/** What the names of Oracle's packages begin with. */
const HARMFUL_PACKAGES = ['dbms_', 'utl_', 'ctxsys'];

/**
 * `x'),('y`: the input ends the string that it stands in, and begins the one that the statement's quote then ends,
 * with nothing but commas and operators between. (`rock 'n' roll`, unescaped, has a name between: that breaks the
 * statement, but nobody meant it to.)
 */
function splitsLiteral({ text, kinds, starts, ends }: SqlTokens, covered: Covered): boolean {
  const { first, last, start, end } = covered;
  if (last - first < 2 || starts[first]! >= start || ends[last]! <= end) return false;
  if (!isString(kinds[first]!) || !isString(kinds[last]!)) return false;
  if (text[ends[last]! - 1] !== text[starts[last]!]) return false;
  return !someToken(first + 1, last - 1, (index) => {
    const kind = kinds[index]!;
    return kind !== SqlKind.Comma && kind !== SqlKind.BinaryOperator && !isString(kind);
  });
}

function isString(kind: SqlTokenKind): boolean {
  return kind === SqlKind.SingleQuotedString || kind === SqlKind.DoubleQuotedString;
}

/** The last code unit in `[from, index)` above the space, or 0. */
function lastVisibleBefore(text: string, index: number, from: number): number {
  for (let at = index - 1; at >= from; at--) {
    if (text.charCodeAt(at) > 0x20) return text.charCodeAt(at);
  }
  return 0;
}
