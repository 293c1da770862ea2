import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { rights } from '@holdfast/contract/rights';
import type { Session } from '@holdfast/contract/session';
import { generatedBoard } from './generated-board.ts';

const ADMIN = fileURLToPath(new URL('../../apps/admin/dist/', import.meta.url));

/** The built admin app as the server hands it out, with generated boards behind it: what is measured is the browser's work. */
export async function serveBoard(appointments: number) {
  const loaded = new Map<string, number>();
  const server = createServer((request, answer) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname.startsWith('/admin-files/')) return sendFile(answer, pathname.slice('/admin-files/'.length), loaded);
    if (pathname.startsWith('/admin')) return send(answer, 'text/html; charset=utf-8', page());
    if (pathname.endsWith('/session')) return send(answer, 'application/json', JSON.stringify(session()));
    if (pathname.endsWith('/calendar')) {
      const board = generatedBoard(searchParams.get('from') ?? '2026-11-21', Number(searchParams.get('days') ?? 1), appointments);
      return send(answer, 'application/json', JSON.stringify(board));
    }
    if (pathname.endsWith('/live')) {
      answer.writeHead(200, { 'content-type': 'text/event-stream' });
      return answer.write(`data: ${JSON.stringify({ kind: 'hello', now: session().now })}\n\n`);
    }
    answer.writeHead(404).end();
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Bytes of scripts and styles as they went over the wire, each file once. */
    loadedBytes: () => [...loaded.values()].reduce((sum, bytes) => sum + bytes, 0),
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function sendFile(answer: ServerResponse, name: string, loaded: Map<string, number>): void {
  if (!/^assets\/[\w.-]+\.(?:js|css)$/.test(name)) return void answer.writeHead(404).end();
  const bytes = readFileSync(`${ADMIN}${name}.br`);
  loaded.set(name, bytes.length);
  answer.writeHead(200, { 'content-type': name.endsWith('.css') ? 'text/css' : 'text/javascript', 'content-encoding': 'br' }).end(bytes);
}

function send(answer: ServerResponse, type: string, body: string): void {
  answer.writeHead(200, { 'content-type': type }).end(body);
}

function page(): string {
  const manifest = Object.values(
    JSON.parse(readFileSync(`${ADMIN}.vite/manifest.json`, 'utf8')) as Record<string, { file: string; isEntry?: boolean; css?: readonly string[] }>,
  );
  const entry = manifest.find(({ isEntry }) => isEntry);
  const styles = (entry?.css ?? []).map((one) => `<link rel="stylesheet" href="/admin-files/${one}">`).join('');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Bench</title>${styles}<script type="module" src="/admin-files/${entry?.file}"></script></head><body><div id="app"></div></body></html>`;
}

function session(): Session {
  return {
    user: { id: 'usr_1', name: 'Bench', email: 'bench@example.com', language: 'en', totp: false },
    chain: { id: 'chn_1', slug: 'bench', name: 'Bench', demo: false },
    locations: [
      {
        id: 'loc_1',
        slug: 'bench',
        name: 'Bench',
        country: 'PT',
        currency: 'EUR',
        timeZone: 'UTC',
        languages: ['en'],
        role: 'owner',
        rights: [...rights],
        staffId: null,
      },
    ],
    now: '2026-11-21T10:20:00.000Z',
  };
}
