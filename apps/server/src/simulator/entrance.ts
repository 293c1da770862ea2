import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The way into a house: its address is known before the house is built, because the house is told its address. */
export interface Entrance {
  /** On this machine only. */
  readonly origin: string;
  /** Webhooks that were answered since the last time this was asked. */
  heard(): { readonly taken: number; readonly refused: number };
  lead(into: (request: IncomingMessage, response: ServerResponse) => void): void;
  close(): Promise<void>;
}

export async function openEntrance(): Promise<Entrance> {
  const heard = { taken: 0, refused: 0 };
  let inside: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  const server = createServer((request, response) => {
    if (request.method === 'POST' && request.url?.startsWith('/api/v1/webhooks/'))
      response.once('finish', () => void (response.statusCode < 300 ? heard.taken++ : heard.refused++));
    if (inside) inside(request, response);
    else response.writeHead(503).end();
  });
  await new Promise<void>((done, failed) => {
    server.once('error', failed).listen(0, '127.0.0.1', done);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard() {
      const { taken, refused } = heard;
      Object.assign(heard, { taken: 0, refused: 0 });
      return { taken, refused };
    },
    lead: (into) => {
      inside = into;
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
