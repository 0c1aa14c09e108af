import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { PLATFORM_ERROR, PlatformError } from '../errors.ts';

/** Milliseconds for requests that have begun to end, once the server closes. */
const CLOSE_TIMEOUT = 10_000;

export interface Endpoint {
  port: number;
  host: string;
  /** How the port is chosen, in `startPlatform` and on the command line. */
  option: string;
  flag: string;
}

/**
 * Listens, and adds to `stops` what closes the server: no new connections, and requests that have begun may end, but
 * not for ever. Throws a PlatformError if the port is taken or the address isn't this machine's.
 */
export async function listen(
  app: FastifyInstance,
  endpoint: Endpoint,
  stops: (() => Promise<void> | void)[],
): Promise<{ url: string }> {
  stops.push(async () => {
    const timer = setTimeout(() => app.server.closeAllConnections(), CLOSE_TIMEOUT);
    await app.close();
    clearTimeout(timer);
  });
  try {
    await app.listen({ port: endpoint.port, host: endpoint.host });
  } catch (error) {
    throw listenError(error as NodeJS.ErrnoException, endpoint);
  }
  const { port } = app.server.address() as AddressInfo;
  return { url: `http://${reachable(endpoint.host)}:${port}` };
}

function listenError(error: NodeJS.ErrnoException, { port, host, option, flag }: Endpoint): Error {
  const choose = `Choose another with ${flag} (option \`${option}\`; 0 takes any free port)`;
  switch (error.code) {
    case 'EADDRINUSE':
      return new PlatformError(
        PLATFORM_ERROR.portInUse,
        `Port ${port} on ${host} is in use by another program. ${choose}, or stop that program.`,
        error,
      );
    case 'EACCES':
      return new PlatformError(
        PLATFORM_ERROR.addressUnavailable,
        `Port ${port} on ${host} may not be used by this user. ${choose}.`,
        error,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new PlatformError(
        PLATFORM_ERROR.addressUnavailable,
        `${host} is not an address of this machine. Choose another with --host (option \`host\`), such as 0.0.0.0 for all.`,
        error,
      );
    default:
      return error;
  }
}

/** The address by which this machine reaches itself where the host stands for all addresses. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
