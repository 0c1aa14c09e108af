/** Where a text stops being JSON; `position` counts UTF-16 code units from 0, line and column from 1. */
export interface JsonFault {
  position: number;
  line: number;
  column: number;
  expected: string;
}

const SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const STRING_START = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y;
const SCALAR = /true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

type Next = 'value' | 'key' | 'colon' | 'after value';

/**
 * Finds the first fault of a text that JSON.parse refuses (its own messages don't always say where). Undefined if there
 * is none. Reads the text once, without recursion (RFC 8259).
 */
export function jsonFault(text: string): JsonFault | undefined {
  let at = 0;
  const open: ('{' | '[')[] = [];
  let next: Next = 'value';
  // Right after an opening bracket, its closing one may follow.
  let mayClose = false;

  const match = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.test(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  const take = (character: string): boolean => {
    if (text[at] !== character) return false;
    at++;
    return true;
  };
  const fault = (expected: string): JsonFault => locate(text, at, expected);
  // Where a string began that can't be read, the fault is inside it.
  const faultInString = (expected: string): JsonFault => {
    if (!match(STRING_START)) return fault(expected);
    return fault(at < text.length ? 'a valid character or escape in the string' : 'the closing "');
  };
  const isClosed = (close: '}' | ']'): boolean => {
    if (!take(close)) return false;
    open.pop();
    next = 'after value';
    return true;
  };

  for (;;) {
    match(SPACE);
    switch (next) {
      case 'key':
        if (mayClose && isClosed('}')) break;
        if (!match(STRING))
          return faultInString(mayClose ? 'a key in double quotes or "}"' : 'a key in double quotes');
        next = 'colon';
        break;
      case 'colon':
        if (!take(':')) return fault('":"');
        next = 'value';
        mayClose = false;
        break;
      case 'value':
        if (mayClose && isClosed(']')) break;
        if (take('{')) {
          open.push('{');
          next = 'key';
          mayClose = true;
        } else if (take('[')) {
          open.push('[');
          mayClose = true;
        } else if (match(STRING) || match(SCALAR)) next = 'after value';
        else return faultInString(mayClose ? 'a value or "]"' : 'a value');
        break;
      case 'after value': {
        const inside = open.at(-1);
        if (inside === undefined) return at < text.length ? fault('the end') : undefined;
        const close = inside === '{' ? '}' : ']';
        if (isClosed(close)) break;
        if (!take(',')) return fault(`"," or "${close}"`);
        next = inside === '{' ? 'key' : 'value';
        mayClose = false;
      }
    }
  }
}

function locate(text: string, position: number, expected: string): JsonFault {
  const before = text.slice(0, position);
  const line = before.split('\n').length;
  return { position, line, column: position - before.lastIndexOf('\n'), expected };
}
