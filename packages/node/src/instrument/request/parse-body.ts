import { addValue, emptyParameters, type Parameters, parseQuery } from './query.ts';

const MAX_PARTS = 200;
const FORM = /^[^\s=&<>{}[\]"]{1,200}=\S*$/;

/**
 * A body as an application would read it: the fields of a form, what a JSON text says, or text; undefined where it is
 * empty or binary. Forms go by the content type, JSON by what it looks like: an application without a framework seldom
 * asks what the client called it. What is cut off is text. Linear; never throws.
 */
export function parseBody(bytes: Buffer, contentType: string | undefined): unknown {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const boundary = type.startsWith('multipart/') ? parameterOf(contentType, 'boundary') : undefined;
  // The contents of files are bytes of any kind; latin1 gives one character for each, so that positions stay.
  if (boundary !== undefined) return parseMultipart(bytes.toString('latin1'), boundary);
  const text = decode(bytes, parameterOf(contentType, 'charset'));
  if (text === '' || text.slice(0, 512).includes('\0')) return undefined;
  if (type === 'application/x-www-form-urlencoded') return parseQuery(text);
  const start = /\S/.exec(text)?.[0] ?? '';
  if ('{["'.includes(start) && start !== '') {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }
  return FORM.test(text) ? parseQuery(text) : text;
}

function decode(bytes: Buffer, charset: string | undefined): string {
  try {
    return new TextDecoder(charset ?? 'utf-8').decode(bytes);
  } catch {
    return bytes.toString();
  }
}

/** A parameter of a header field's value (RFC 9110, section 5.6.6). */
function parameterOf(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';').slice(1, 20) ?? []) {
    const equals = part.indexOf('=');
    if (equals < 0 || part.slice(0, equals).trim().toLowerCase() !== name) continue;
    return unquote(part.slice(equals + 1).trim());
  }
  return undefined;
}

function unquote(value: string): string {
  return value.startsWith('"') ? value.slice(1, value.endsWith('"') ? -1 : undefined) : value;
}

/** The fields by name (RFC 7578): of a file its name, since the content is not the application's to interpret. */
function parseMultipart(text: string, boundary: string): Parameters | undefined {
  const fields = emptyParameters();
  const delimiter = `--${boundary}`;
  let at = text.indexOf(delimiter);
  for (let count = 0; count < MAX_PARTS && at >= 0; count++) {
    const start = at + delimiter.length;
    const next = text.indexOf(delimiter, start);
    addPart(fields, text.slice(start, next < 0 ? undefined : next));
    at = next;
  }
  return Object.keys(fields).length > 0 ? fields : undefined;
}

function addPart(fields: Parameters, part: string): void {
  const gap = /\r?\n\r?\n/.exec(part);
  if (gap === null) return;
  const head = part.slice(0, gap.index);
  const name = /\bname=(?:"([^"]*)"|([^;\s]+))/i.exec(head.replace(/filename\*?=/gi, 'file='));
  if (name === null) return;
  const file = /\bfilename\*?=(?:"([^"]*)"|([^;\r\n]+))/i.exec(head);
  const value =
    file === null ? part.slice(gap.index + gap[0].length).replace(/\r?\n$/, '') : (file[1] ?? file[2]);
  addValue(fields, utf8(name[1] ?? name[2] ?? ''), utf8(value ?? ''));
}

function utf8(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString();
}
