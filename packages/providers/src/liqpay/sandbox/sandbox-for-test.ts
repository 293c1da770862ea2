import { createHash } from 'node:crypto';
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

/** Written anew here, after the documentation: base64(hash(private key + data + private key)). */
export function signed(fields: object, privateKey: string, hash: 'sha1' | 'sha3-256' = 'sha3-256'): URLSearchParams {
  const data = Buffer.from(JSON.stringify(fields), 'utf8').toString('base64');
  return new URLSearchParams({
    data,
    signature: createHash(hash)
      .update(privateKey + data + privateKey)
      .digest('base64'),
  });
}

/** A salon's callback address; `answer.status` is what it says. */
export async function callbackAddress() {
  const received: {
    readonly data: string;
    readonly signature: string;
    readonly text: string;
    readonly json: Record<string, unknown>;
    readonly type: string;
  }[] = [];
  const answer = { status: 200 };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(parts).toString('utf8'));
      const data = form.get('data') ?? '';
      const text = Buffer.from(data, 'base64').toString('utf8');
      received.push({ data, signature: form.get('signature') ?? '', text, json: JSON.parse(text), type: String(request.headers['content-type']) });
      response.writeHead(answer.status).end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`, received, answer };
}

/** A sandbox with one shop, and its plain HTTP. */
export async function sandboxForTest(options: Partial<SandboxOptions> = {}) {
  const clock = new TestClock();
  const sandbox = await startSandbox({ now: clock.now, tickEveryMs: 0, ...options });
  onTestFinished(() => sandbox.close());
  const { publicKey = '', privateKey = '' } = await sandbox.inventKeys('salon');
  sandbox.setAccount({ publicKey, privateKey });
  const order = (more: object = {}) => ({
    version: 7,
    public_key: publicKey,
    action: 'pay',
    amount: 450.01,
    currency: 'UAH',
    description: 'Стрижка',
    order_id: 'hf_pay_1',
    result_url: 'http://127.0.0.1:9/return?booking=1',
    ...more,
  });
  const post = (form: URLSearchParams | string) =>
    fetch(`${sandbox.origin}/api/3/checkout`, {
      method: 'POST',
      redirect: 'manual',
      body: form,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  const ask = async (fields: object, hash: 'sha1' | 'sha3-256' = 'sha3-256', key = privateKey) => {
    const body = signed({ version: hash === 'sha1' ? 3 : 7, public_key: publicKey, ...fields }, key, hash);
    const answer = await fetch(`${sandbox.origin}/api/request`, { method: 'POST', body });
    const text = await answer.text();
    return { status: answer.status, text, json: JSON.parse(text) as Record<string, unknown> };
  };
  return {
    clock,
    sandbox,
    publicKey,
    privateKey,
    order,
    post,
    ask,
    /** The client's browser comes with the signed form; answers the page's address. */
    come: async (more: object = {}) => (await post(signed(order(more), privateKey))).headers.get('location') ?? '',
    statusOf: async (orderId = 'hf_pay_1') => (await ask({ action: 'status', order_id: orderId })).json,
  };
}

export function statePath(): string {
  return join(mkdtempSync(join(tmpdir(), 'liqpay-sandbox-')), 'state.jsonl');
}
