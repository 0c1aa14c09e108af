/** A fault in a query, with the query split around it. */
export interface SyntaxFault {
  message: string;
  /** UTF-16 code units from the start of the query. */
  position: number;
  before: string;
  /** The word or sign at the fault; empty at the end of the query. */
  at: string;
  after: string;
}

const MESSAGE = /^Invalid query at position (\d+): (.+)$/s;

/** Reads the API's message about a query; undefined if it is about something else. */
export function readSyntaxError(message: string, query: string): SyntaxFault | undefined {
  const match = MESSAGE.exec(message);
  if (!match) return undefined;
  const position = Math.min(Number(match[1]), query.length);
  const at = /^[^\s()]+|^[()]/.exec(query.slice(position))?.[0] ?? '';
  const said = match[2]!;
  return {
    message: `${said[0]!.toUpperCase()}${said.slice(1)}.`,
    position,
    before: query.slice(0, position),
    at,
    after: query.slice(position + at.length),
  };
}
