import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RawWebhook } from '../contract-suite/provider-subject.ts';

/** The salon's end: keeps every webhook as it came, and the secret part of the address it came to. */
export async function receiveWebhooks() {
  const received: RawWebhook[] = [];
  const server = createServer((request, response) => {
    // whether the address is ours; it is one provider's own affair
    if (request.method !== 'POST') return void response.writeHead(200).end();
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
      );
      const [, addressSecret] = /^\/webhooks\/([^/?]+)/.exec(request.url ?? '') ?? [];
      received.push({ headers, rawBody: new Uint8Array(Buffer.concat(parts)), addressSecret });
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    received,
    urlWith: (secret: string) => `${origin}/webhooks/${secret}`,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
