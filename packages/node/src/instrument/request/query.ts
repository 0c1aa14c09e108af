import querystring from 'node:querystring';

/** As Express's parser: what stands beyond is not read by an application either. */
const MAX_PARAMETERS = 1000;
const MAX_DEPTH = 8;

/** Objects without a prototype: a parameter named `__proto__` is a parameter like any other. */
export type Parameters = { [name: string]: unknown };

/**
 * The parameters of a query string (without its `?`), by name: a string, or an array where a name stands more than
 * once. Names with brackets nest as frameworks nest them (`a[b]=1` is `{ a: { b: '1' } }`), so that rules on keys see
 * the keys that the application will see. Percent-encoding that is broken stays as it is. Linear; never throws.
 */
export function parseQuery(text: string): Parameters {
  const parameters = emptyParameters();
  let start = 0;
  for (let count = 0; count < MAX_PARAMETERS && start < text.length; count++) {
    let end = text.indexOf('&', start);
    if (end < 0) end = text.length;
    if (end > start) addPair(parameters, text.slice(start, end));
    start = end + 1;
  }
  return parameters;
}

/** The part of a request target after its first `?`. */
export function queryOf(target: string): string {
  const mark = target.indexOf('?');
  return mark < 0 ? '' : target.slice(mark + 1);
}

export function emptyParameters(): Parameters {
  return Object.create(null) as Parameters;
}

/** Adds a value under a name; a second value of the name makes an array. */
export function addValue(parameters: Parameters, name: string, value: unknown): void {
  const before = parameters[name];
  if (before === undefined) parameters[name] = value;
  else if (Array.isArray(before)) before.push(value);
  else parameters[name] = [before, value];
}

function addPair(parameters: Parameters, pair: string): void {
  const equals = pair.indexOf('=');
  const name = decode(equals < 0 ? pair : pair.slice(0, equals));
  const value = equals < 0 ? '' : decode(pair.slice(equals + 1));
  const bracket = name.indexOf('[');
  if (bracket <= 0) addValue(parameters, name, value);
  else addNested(parameters, name, bracket, value);
}

function addNested(parameters: Parameters, name: string, bracket: number, value: string): void {
  const path = [name.slice(0, bracket)];
  let open = bracket;
  while (path.length < MAX_DEPTH && name[open] === '[') {
    const close = name.indexOf(']', open);
    if (close < 0) break;
    path.push(name.slice(open + 1, close));
    open = close + 1;
  }
  if (path.at(-1) === '') path.pop();
  let holder = parameters;
  for (const key of path.slice(0, -1)) {
    const inner = holder[key];
    if (isParameters(inner)) {
      holder = inner;
    } else {
      const added = emptyParameters();
      addValue(holder, key, added);
      holder = added;
    }
  }
  addValue(holder, path.at(-1) ?? name, value);
}

function isParameters(value: unknown): value is Parameters {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function decode(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  return spaced.includes('%') ? querystring.unescape(spaced) : spaced;
}
