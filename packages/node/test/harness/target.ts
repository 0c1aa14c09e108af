import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Target {
  port: number;
  /** `traceparent` of each request so far. */
  readonly traceparents: (string | undefined)[];
  close(): Promise<void>;
}

/** A service for the sinks that make requests, on every loopback address. */
export async function startTarget(): Promise<Target> {
  const traceparents: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    traceparents.push(request.headers.traceparent as string | undefined);
    request.resume();
    response.end('fetched');
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    traceparents,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
