import { OutgoingMessage, ServerResponse } from 'node:http';
import type { RequestState } from '../context/request.ts';
import type { Block } from './block.ts';
import { WardlineBlockError } from './block-error.ts';
import { blockPage } from './block-page.ts';
import { reportBlock } from './report.ts';

/** What an application may still call on a response that was answered for it; each becomes a no-op. */
const HEADER_METHODS = [
  'setHeader',
  'setHeaders',
  'appendHeader',
  'removeHeader',
  'addTrailers',
  'writeContinue',
  'writeProcessing',
  'writeEarlyHints',
] as const;

// Frameworks and session stores override `end` and `writeHead` on the response itself; a block goes past them.
const { writeHead } = ServerResponse.prototype;
const { end, removeHeader } = OutgoingMessage.prototype;

/**
 * Answers a request with a block in place of the application, and makes whatever the application still does to the
 * response harmless. Where headers are already on the wire the connection is cut instead. Doing it twice does nothing.
 */
export function answerBlock(state: RequestState, block: Block): void {
  if (state.phase !== 'open') return;
  const { response } = state;
  if (response.headersSent) {
    state.phase = 'closed';
    state.blockFailed = true;
    reportBlock(state);
    response.destroy();
    return;
  }
  state.phase = 'sending';
  try {
    for (const name of response.getHeaderNames()) removeHeader.call(response, name);
    const { status, headers, body } = answerOf(block, state.request.headers.accept);
    writeHead.call(response, status, headers);
    end.call(response, body, 'utf8');
    dropLaterHeaders(response, status);
  } finally {
    state.phase = 'closed';
    reportBlock(state);
  }
}

/** The error that a stopped sink reports in its own way; the request is answered by the time this returns. */
export function stopSink(state: RequestState, block: Block): WardlineBlockError {
  answerBlock(state, block);
  return new WardlineBlockError(block.status, block.responseId);
}

function answerOf(
  block: Block,
  accept: string | undefined,
): { status: number; headers: Record<string, string | number>; body: string } {
  const always = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
  if (block.type === 'redirect') {
    const headers = { ...always, location: encodeURI(decodeSafely(block.location)), 'content-length': 0 };
    return { status: block.status, headers, body: '' };
  }
  const page = blockPage(block, accept);
  const headers = {
    ...always,
    'content-type': page.contentType,
    'content-length': Buffer.byteLength(page.body),
  };
  return { status: block.status, headers, body: page.body };
}

/** Undoes percent-encoding where it is valid, so that encoding the whole again does not double it. */
function decodeSafely(location: string): string {
  try {
    return decodeURI(location);
  } catch {
    return location;
  }
}

function dropLaterHeaders(response: ServerResponse, status: number): void {
  for (const name of HEADER_METHODS) {
    Object.defineProperty(response, name, { value: () => response, configurable: true, writable: true });
  }
  // An error handler sets 500 before it writes; the status that was sent is what logs and spans shall see.
  Object.defineProperty(response, 'statusCode', { get: () => status, set: () => {}, configurable: true });
}
