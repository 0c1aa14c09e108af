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

/** `1;shutdown`: a statement ends and another begins. */
function stacksQuery(tokens: SqlTokens, { first, last }: Covered): boolean {
  for (let index = first + 1; index < last; index++) {
    if (tokens.kinds[index] === SqlKind.Semicolon) return true;
  }
  return false;
}

/** `1 shutdown`: in dialects that need no semicolon between statements. */
function beginsStatement(tokens: SqlTokens, { first, last, end }: Covered): boolean {
  if (!(tokens.features & Feature.BareStatements)) return false;
  for (let index = first + 1; index <= last && tokens.ends[index]! <= end; index++) {
    if (!isOperand(tokens.kinds[index - 1]!)) continue;
    if (STATEMENT_WORDS.some((word) => isWordToken(tokens, index, word))) return true;
  }
  return false;
}

const STATEMENT_WORDS = words(
  'select insert update delete exec execute declare waitfor shutdown kill drop alter create grant revert ' +
    'reconfigure backup restore dbcc',
);

/** `1/*`: a block comment begins, and hides what follows or stands for the blanks that a filter looks for. */
function bringsComment(tokens: SqlTokens, { first, last, start, end }: Covered): boolean {
  for (let index = first; index <= last; index++) {
    if (tokens.kinds[index] !== SqlKind.BlockComment) continue;
    const begins = tokens.starts[index]!;
    if (begins >= start && begins + 2 <= end && (last > first || tokens.ends[index]! > end)) return true;
  }
  return false;
}

/** `(select pw)`, `union select 1`, `(table users)`. */
function bringsSelect(tokens: SqlTokens, { first, last, start }: Covered): boolean {
  for (let index = first; index <= last; index++) {
    const isSelect = isWordToken(tokens, index, 'select');
    if (!isSelect && !isWordToken(tokens, index, 'table')) continue;
    const begins = tokens.starts[index]!;
    if (begins > start && lastVisibleBefore(tokens.text, begins, start) === 0x28) return true;
    if (!isSelect) continue;
    let before = index - 1;
    if (isWordToken(tokens, before, 'all') || isWordToken(tokens, before, 'distinct')) before--;
    if (before >= first && SET_OPERATORS.some((word) => isWordToken(tokens, before, word))) return true;
  }
  return false;
}

const SET_OPERATORS = ['union', 'intersect', 'except', 'minus'];

/**
 * `sleep(5)`, `version()`, `utl_inaddr.get_host_name`: functions and packages that wait, read files or tell of the
 * server, and that no value is made of.
 */
function callsFunction(tokens: SqlTokens, { first, last, start, end }: Covered): boolean {
  const { text } = tokens;
  for (let index = first; index <= last; index++) {
    const kind = tokens.kinds[index];
    if (kind !== SqlKind.Identifier && kind !== SqlKind.BinaryOperator) continue;
    if (tokens.starts[index]! < start || tokens.ends[index]! >= end) continue;
    let next = tokens.ends[index]!;
    while (next < end && text.charCodeAt(next) <= 0x20) next++;
    if (next === end) continue;
    const code = text.charCodeAt(next);
    if (code === 0x28 && isHarmfulFunction(tokens, index)) return true;
    if (
      code === 0x2e &&
      HARMFUL_PACKAGES.some((prefix) => equalsIgnoringCase(text, tokens.starts[index]!, prefix))
    ) {
      return true;
    }
  }
  return false;
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

function isHarmfulFunction(tokens: SqlTokens, index: number): boolean {
  const start = tokens.starts[index]!;
  const length = tokens.ends[index]! - start;
  return HARMFUL_FUNCTIONS.some(
    (name) => name.length === length && equalsIgnoringCase(tokens.text, start, name),
  );
}

/**
 * `x'),('y`: the input ends the string that it stands in, and begins the one that the statement's quote then ends,
 * with nothing but commas and operators between. (`rock 'n' roll`, unescaped, has a name between: that breaks the
 * statement, but nobody meant it to.)
 */
function splitsLiteral(tokens: SqlTokens, { first, last, start, end }: Covered): boolean {
  if (last - first < 2) return false;
  if (!isString(tokens.kinds[first]!) || tokens.starts[first]! >= start) return false;
  if (!isString(tokens.kinds[last]!) || tokens.ends[last]! <= end) return false;
  if (tokens.text.charCodeAt(tokens.ends[last]! - 1) !== tokens.text.charCodeAt(tokens.starts[last]!)) {
    return false;
  }
  for (let index = first + 1; index < last; index++) {
    const kind = tokens.kinds[index]!;
    if (kind !== SqlKind.Comma && kind !== SqlKind.BinaryOperator && !isString(kind)) return false;
  }
  return true;
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
