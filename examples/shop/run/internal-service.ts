import { createServer } from 'node:http';

export interface InternalService {
  url: string;
  /** How many requests reached it. */
  hits(): number;
  close(): Promise<void>;
}

/** Stands for a metadata service that only the inside of the network should reach; the SSRF attack asks for it. */
export async function startInternalService(port: number): Promise<InternalService> {
  let hits = 0;
  const server = createServer((_request, response) => {
    hits++;
    response.setHeader('content-type', 'text/plain');
    response.end('role-credentials: not-for-visitors');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${port}`,
    hits: () => hits,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
