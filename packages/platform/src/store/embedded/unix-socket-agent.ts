import { Agent } from 'node:http';
import { connect, type Socket } from 'node:net';

/** An HTTP agent whose connections all go to one Unix domain socket, whatever host the URL names. */
export class UnixSocketAgent extends Agent {
  readonly #path: string;

  constructor(path: string, maxSockets: number) {
    super({ keepAlive: true, maxSockets });
    this.#path = path;
  }

  override createConnection(): Socket {
    return connect(this.#path);
  }
}
