import { pipeline, type Readable } from 'node:stream';
import { createGunzip, createInflate } from 'node:zlib';
import { IntakeError } from './error.ts';
import type { Reservation } from './in-flight.ts';

export interface BodyLimits {
  /** Bytes of a body as it is sent. */
  sent: number;
  /** Bytes of a body once it is decompressed. */
  decompressed: number;
}

const DECODERS = {
  gzip: () => createGunzip({ chunkSize: 64 * 1024 }),
  deflate: () => createInflate({ chunkSize: 64 * 1024 }),
};

/**
 * Reads a request's body and undoes its content encoding (gzip, deflate or none). It stops at the first byte beyond
 * one of the limits, so a small body that would decompress to a huge one costs no more than the limit. Throws an
 * IntakeError that says which limit it was, or what is wrong with the body.
 */
export async function readBody(
  request: Readable,
  encoding: string,
  limits: BodyLimits,
  reservation: Reservation,
): Promise<Buffer> {
  const source = decoded(request, encoding, limits.sent);
  const limit = source === request ? limits.sent : limits.decompressed;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) {
        const what = source === request ? 'the body has' : 'the body decompresses to';
        throw new IntakeError('tooLarge', `${what} more than ${limit} bytes; send smaller batches`);
      }
      reservation.add(chunk.length);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof IntakeError) throw error;
    throw new IntakeError(
      'malformed',
      `the body could not be read as ${encoding}: ${(error as Error).message}`,
      error,
    );
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size);
}

function decoded(request: Readable, encoding: string, sentLimit: number): Readable {
  if (encoding === 'identity') return request;
  if (encoding !== 'gzip' && encoding !== 'deflate') {
    throw new IntakeError(
      'unsupportedType',
      `content encoding ${encoding} is not supported; use gzip, deflate or none`,
    );
  }
  const decoder = DECODERS[encoding]();
  let sent = 0;
  request.on('data', (chunk: Buffer) => {
    sent += chunk.length;
    if (sent > sentLimit) {
      decoder.destroy(
        new IntakeError('tooLarge', `the body has more than ${sentLimit} bytes; send smaller batches`),
      );
    }
  });
  // The reader of the decoder sees what fails; the callback is there because pipeline wants one.
  return pipeline(request, decoder, () => {});
}
