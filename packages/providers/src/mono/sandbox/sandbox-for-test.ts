import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { SandboxOptions } from '../../sandbox-kit/sandbox.ts';
import { startSandbox } from './start-sandbox.ts';

export const start = new Date('2026-11-21T10:00:00Z');

/** A clock that stands still until it is moved. */
export class TestClock {
  at = start;
  readonly now = (): Date => this.at;

  move(seconds: number): void {
    this.at = new Date(this.at.getTime() + seconds * 1000);
  }
}

/** A salon's webhook address; `answer.status` is what it says. */
export async function webhookAddress() {
  const received: { sign: string; raw: Buffer; body: Record<string, unknown> }[] = [];
  const answer = { status: 200 };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const raw = Buffer.concat(parts);
      received.push({ sign: String(request.headers['x-sign']), raw, body: JSON.parse(raw.toString('utf8')) });
      response.writeHead(answer.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received, answer };
}

export interface Answer {
  readonly status: number;
  readonly json: Record<string, unknown>;
}

/** A sandbox with one merchant, and its plain HTTP. */
export async function sandboxForTest(options: Partial<SandboxOptions> = {}) {
  const clock = new TestClock();
  const sandbox = await startSandbox({ now: clock.now, tickEveryMs: 0, ...options });
  onTestFinished(() => sandbox.close());
  const { token = '' } = await sandbox.inventKeys('salon');
  sandbox.setAccount({ token });
  const call = async (method: 'GET' | 'POST', path: string, body?: unknown, xToken: string | null = token): Promise<Answer> => {
    const answer = await fetch(`${sandbox.origin}/api/merchant/${path}`, {
      method,
      headers: { ...(xToken !== null && { 'x-token': xToken }), ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
  };
  const post = (path: string, body: unknown) => call('POST', path, body);
  const get = (path: string) => call('GET', path);
  return {
    clock,
    sandbox,
    token,
    call,
    post,
    get,
    /** Opens an invoice of 450 hryvnias and answers its id. */
    open: async (more: object = {}) => String((await post('invoice/create', { ...order, ...more })).json['invoiceId']),
    statusOf: async (id: string) => (await get(`invoice/status?invoiceId=${id}`)).json,
  };
}

export const order = {
  amount: 450_00,
  ccy: 980,
  merchantPaymInfo: { reference: 'hf_pay_1', destination: 'Стрижка' },
  redirectUrl: 'http://127.0.0.1:9/return?booking=1',
  validity: 3600,
};

export function statePath(): string {
  return join(mkdtempSync(join(tmpdir(), 'mono-sandbox-')), 'state.jsonl');
}
