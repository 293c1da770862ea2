import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Mailbox {
  readonly port: number;
  /** As they came over the wire. */
  readonly mails: string[];
  /** The next mails are answered with this SMTP code instead. */
  refuse(code: number | undefined): void;
  close(): Promise<void>;
}

/** A real SMTP server on this machine. */
export async function openMailbox(): Promise<Mailbox> {
  const mails: string[] = [];
  let code: number | undefined;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, _session, done) {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        if (code !== undefined) return done(Object.assign(new Error('not now'), { responseCode: code }));
        mails.push(Buffer.concat(pieces).toString('utf8'));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    refuse: (next) => (code = next),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

export interface Gateway {
  readonly origin: string;
  readonly calls: { url: string; headers: IncomingMessage['headers']; body: string }[];
  answer(status: number, body?: unknown): void;
  close(): Promise<void>;
}

/** A real HTTP server that takes SMS. */
export async function openGateway(): Promise<Gateway> {
  const calls: Gateway['calls'] = [];
  let next: { status: number; body: unknown } = { status: 201, body: { id: 'gw_1', sid: 'SM1' } };
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      calls.push({ url: request.url ?? '', headers: request.headers, body });
      response.writeHead(next.status, { 'content-type': 'application/json' }).end(JSON.stringify(next.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    answer: (status, body = {}) => (next = { status, body }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
