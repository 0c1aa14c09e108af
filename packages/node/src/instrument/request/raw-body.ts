import { brotliDecompressSync, constants, inflateSync, unzipSync } from 'node:zlib';
import type { RequestState } from '../../context/request.ts';
import type { Block } from '../../guard/block.ts';
import { answerBlock } from '../../guard/block-response.ts';
import { checkInputs } from '../../guard/check.ts';
import { swallow } from '../../guard/faults.ts';
import { parseBody } from './parse-body.ts';

/** Bytes of a body that are kept, and of one that is decompressed; body parsers take no more by default. */
const MAX_BYTES = 128 * 1024;
/** A body that goes on coming while it is used is looked at as often as this. */
const MAX_LOOKS = 3;

/** The beginning of a request's body, as it came in. */
export interface RawBody {
  readonly chunks: Buffer[];
  length: number;
  /** Of `length`, what the WAF has seen. */
  seen: number;
  looks: number;
}

/**
 * Keeps what an application reads of a body, for the case that no framework which we know shows us a parsed one: a
 * server without a framework, a form that a handler reads itself. On the request path; keeps references, copies nothing.
 */
export function noteChunk(state: RequestState, chunk: unknown): void {
  if (state.bodySeen || state.agent.waf() === undefined) return;
  state.rawBody ??= { chunks: [], length: 0, seen: 0, looks: 0 };
  const raw = state.rawBody;
  if (raw.length >= MAX_BYTES) return;
  if (typeof chunk === 'string') raw.chunks.push(Buffer.from(chunk.slice(0, MAX_BYTES)));
  else if (chunk instanceof Uint8Array)
    raw.chunks.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
  else return;
  raw.length += raw.chunks.at(-1)?.length ?? 0;
}

/**
 * Gives the WAF the body as far as it was read, where no framework has shown a parsed one: before a sink runs, and before
 * the answer is sent. Returns the block that is to be answered, or undefined. Never throws.
 */
export function checkRawBody(state: RequestState): Block | undefined {
  const raw = state.rawBody;
  if (raw === undefined || raw.length === raw.seen || raw.looks >= MAX_LOOKS) return undefined;
  try {
    raw.seen = raw.length;
    raw.looks++;
    const { headers } = state.request;
    const bytes = decompress(Buffer.concat(raw.chunks).subarray(0, MAX_BYTES), headers['content-encoding']);
    const body = bytes === undefined ? undefined : parseBody(bytes, headers['content-type']);
    return body === undefined ? undefined : checkInputs(state, { 'server.request.body': body });
  } catch (error) {
    swallow(state.agent, 'instrument.raw_body', error);
    return undefined;
  }
}

/** As `checkRawBody`; answers the request itself, and returns false where it did. */
export function admitRawBody(state: RequestState): boolean {
  const block = checkRawBody(state);
  if (block === undefined) return true;
  answerBlock(state, block);
  return false;
}

/** The body without its content codings; undefined where it is not what it says, or too large. */
function decompress(bytes: Buffer, encoding: string | undefined): Buffer | undefined {
  const options = { maxOutputLength: MAX_BYTES };
  const partial = { ...options, finishFlush: constants.Z_SYNC_FLUSH };
  try {
    switch (encoding?.trim().toLowerCase()) {
      case undefined:
      case '':
      case 'identity':
        return bytes;
      case 'gzip':
      case 'x-gzip':
        return unzipSync(bytes, partial);
      case 'deflate':
        return inflateSync(bytes, partial);
      case 'br':
        return brotliDecompressSync(bytes, options);
      default:
        return undefined;
    }
  } catch {
    return undefined;
  }
}
