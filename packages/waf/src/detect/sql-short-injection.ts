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
  const { statementWords } = tokens.syntax;
  if (statementWords.length === 0) return false;
  for (let index = first + 1; index <= last && tokens.ends[index]! <= end; index++) {
    if (!isOperand(tokens.kinds[index - 1]!)) continue;
    if (statementWords.some((word) => isWordToken(tokens, index, word))) return true;
  }
  return false;
}

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

const HARMFUL_FUNCTIONS = [
  'sleep benchmark load_file extractvalue updatexml sys_eval sys_exec',
  'pg_sleep pg_sleep_for pg_sleep_until pg_read_file pg_read_binary_file pg_ls_dir pg_stat_file',
  'lo_import lo_export dblink dblink_exec query_to_xml database_to_xml table_to_xml current_setting set_config',
  'load_extension readfile writefile randomblob zeroblob sqlite_version',
  'xp_cmdshell openrowset opendatasource openquery serverproperty db_name host_name suser_name suser_sname',
  'user_name is_srvrolemember httpuritype sys_context',
  'version database user current_user session_user system_user current_database',
].flatMap((names) => names.split(' '));

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
