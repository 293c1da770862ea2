import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { AccountKeys, SandboxOptions } from '../../sandbox-kit/sandbox.ts';
import { mustKeepTheStandard } from './answer-shapes.ts';
import { type PixSandbox, startSandbox } from './start-sandbox.ts';

export const start = new Date('2026-11-20T10:00:00.250Z');

/** A clock that stands still until it is moved. */
export class TestClock {
  at = start;
  readonly now = (): Date => this.at;

  move({ seconds = 0, minutes = 0, days = 0 }: { seconds?: number; minutes?: number; days?: number }): void {
    this.at = new Date(this.at.getTime() + ((days * 24 * 60 + minutes) * 60 + seconds) * 1000);
  }
}

export interface Said {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  // biome-ignore lint/suspicious/noExplicitAny: a body is whatever came; its shape is checked by `mustKeepTheStandard`
  readonly body: any;
}

interface Ask {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls with a certificate, as a merchant's program does. */
export function callWith(sandbox: PixSandbox, certificate: string | undefined) {
  return (method: string, path: string, { body, headers = {} }: Ask = {}): Promise<Said> =>
    new Promise((resolve, reject) => {
      const sent = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
      const asking = request(
        `${sandbox.origin}${path}`,
        {
          method,
          ca: sandbox.ca,
          cert: certificate,
          key: certificate,
          agent: false,
          headers: { ...(sent === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(sent) }), ...headers },
        },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8');
          answer.on('data', (part: string) => {
            text += part;
          });
          answer.on('error', reject);
          answer.on('end', () => {
            const type = answer.headers['content-type'];
            const read: unknown = type?.includes('json') ? JSON.parse(text) : text;
            const status = answer.statusCode ?? 0;
            try {
              if (type?.includes('json') || text === '') mustKeepTheStandard(`${method} ${path}`, status, type, read);
              resolve({ status, headers: answer.headers, body: read });
            } catch (error) {
              reject(error);
            }
          });
        },
      );
      asking.on('error', reject);
      asking.end(sent);
    });
}

/** A merchant with a token: `call` answers whatever comes, `good` insists. */
export async function merchant(sandbox: PixSandbox, name: string, webhookUrl?: string) {
  const keys = await sandbox.inventKeys(name);
  sandbox.setAccount(keys, webhookUrl);
  return { keys, ...(await signedIn(sandbox, keys)) };
}

export async function signedIn(sandbox: PixSandbox, keys: AccountKeys) {
  const bare = callWith(sandbox, keys['certificate']);
  const { clientId: client_id, clientSecret: client_secret } = keys;
  const signIn = async () =>
    `Bearer ${(await bare('POST', '/oauth/token', { body: { grant_type: 'client_credentials', client_id, client_secret } })).body.access_token}`;
  let authorization = await signIn();
  const call = async (method: string, path: string, wish?: unknown) => {
    const answer = await bare(method, path, { body: wish, headers: { authorization } });
    if (answer.status !== 401) return answer;
    authorization = await signIn();
    return bare(method, path, { body: wish, headers: { authorization } });
  };
  const good = async (method: string, path: string, wish?: unknown) => {
    const answer = await call(method, path, wish);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  return { bare, call, good, signIn, cobOf: (more: object = {}) => cobOf(keys, more) };
}

/** The body of an ordinary charge: R$ 50.00 within an hour. */
export function cobOf(keys: AccountKeys, more: object = {}): object {
  return {
    calendario: { expiracao: 3600 },
    valor: { original: '50.00' },
    chave: keys['pixKey'],
    infoAdicionais: [{ nome: 'Referência', valor: 'hf_pay_1' }],
    ...more,
  };
}

let charges = 0;
export const newTxid = (): string => `charge${String(++charges).padStart(24, '0')}`;

export async function sandboxForTest(options: Partial<SandboxOptions> = {}) {
  const clock = new TestClock();
  const sandbox = await startSandbox({ now: clock.now, tickEveryMs: 0, ...options });
  onTestFinished(() => sandbox.close());
  return { clock, sandbox };
}

/** A salon's webhook address; `answer.status` is what it says to every call. */
export async function webhookAddress() {
  const received: { path: string; body: { pix: { txid: string; endToEndId: string; devolucoes?: { status: string }[] }[] } }[] = [];
  const answer = { status: 200 };
  const server = createServer((incoming, response) => {
    let text = '';
    incoming.setEncoding('utf8');
    incoming.on('data', (part: string) => {
      text += part;
    });
    incoming.on('end', () => {
      received.push({ path: incoming.url ?? '', body: JSON.parse(text) });
      response.writeHead(answer.status).end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/salon`, received, answer };
}

export const statePath = (): string => join(mkdtempSync(join(tmpdir(), 'pix-sandbox-')), 'state.jsonl');
