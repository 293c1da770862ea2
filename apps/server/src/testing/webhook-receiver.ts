import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What answers: a status, or nothing ever. */
export type Answering = (received: Received, nth: number) => number | { status: number; headers?: Record<string, string>; body?: string } | 'silence';

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  answer: Answering;
  close(): Promise<void>;
}

/** Somebody's own server that is told, on this machine. */
export async function startReceiver(answer: Answering = () => 204): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const body = Buffer.concat(pieces).toString('utf8');
      const { type, data } = JSON.parse(body) as { type: string; data: { appointment?: { id: string }; client?: { id: string } } };
      const subject = data.appointment?.id ?? data.client?.id ?? '';
      const one = { id: String(request.headers['webhook-id']), type, subject, headers: request.headers, body };
      received.push(one);
      const said = receiver.answer(one, received.length);
      if (said === 'silence') return;
      const { status, headers = {}, body: text = '' } = typeof said === 'number' ? { status: said } : said;
      response.writeHead(status, headers).end(text);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answer,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return receiver;
}

/** Whether a receiver that goes by the specification, and by nothing of ours, would believe it. */
export function isGenuine({ headers, body }: Pick<Received, 'headers' | 'body'>, secret: string, now: Date): boolean {
  const [id, moment, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => headers[name]);
  if (typeof id !== 'string' || typeof moment !== 'string' || typeof signatures !== 'string') return false;
  if (Math.abs(now.getTime() / 1000 - Number(moment)) > 300) return false;
  const expected = createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
    .update([id, moment, body].join('.'))
    .digest();
  return signatures.split(' ').some((one) => {
    const [version, text = ''] = one.split(',');
    const bytes = Buffer.from(text, 'base64');
    return version === 'v1' && bytes.length === expected.length && timingSafeEqual(bytes, expected);
  });
}
