import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { AccountKeys, SandboxOptions } from '../../sandbox-kit/sandbox.ts';
import { startSandbox } from './start-sandbox.ts';

export const start = new Date('2026-11-21T10:00:00.250Z');

/** A clock that stands still until it is moved. */
export class TestClock {
  at = start;
  readonly now = (): Date => this.at;

  move(wait: { seconds?: number; minutes?: number; hours?: number }): void {
    const seconds = (wait.seconds ?? 0) + 60 * (wait.minutes ?? 0) + 3600 * (wait.hours ?? 0);
    this.at = new Date(this.at.getTime() + seconds * 1000);
  }
}

export interface Received {
  readonly raw: string;
  readonly message: { EventTypeId: number; MessageId: string; RetryCount: number; RecipientId: string; EventData: Record<string, unknown> };
}

/** A salon's webhook address: keeps what is posted, answers `answer`, and a GET with `key`. */
export async function webhookAddress() {
  const received: Received[] = [];
  const answer: { status: number; get: string } = { status: 200, get: '' };
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const raw = Buffer.concat(parts).toString('utf8');
      if (request.method === 'POST') received.push({ raw, message: JSON.parse(raw) });
      else asked.push(request.url ?? '');
      response.writeHead(request.method === 'POST' ? answer.status : 200).end(request.method === 'POST' ? '' : answer.get);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  return { url, received, asked, answer, types: () => received.map(({ message }) => message.EventTypeId).sort((one, other) => one - other) };
}

/** A sandbox with a salon's account, and what the salon's program would send there, by plain fetch. */
export async function sandboxForTest({
  webhookUrl,
  settings,
  ...options
}: Partial<SandboxOptions> & { webhookUrl?: string; settings?: AccountKeys } = {}) {
  const clock = new TestClock();
  const sandbox = await startSandbox({ now: clock.now, tickEveryMs: 0, ...options });
  onTestFinished(() => sandbox.close());
  const keys = await sandbox.inventKeys('salon');
  sandbox.setAccount({ ...keys, ...settings }, webhookUrl);
  return { clock, sandbox, keys, salon: callerOf(sandbox.origin, keys) };
}

export interface Answer {
  readonly status: number;
  readonly raw: string;
  /** Numbers as text, so that none loses a digit. */
  readonly body: Record<string, unknown>;
}

export function callerOf(origin: string, keys: AccountKeys) {
  const basic = (name = '', secret = '') => `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`;
  const call = async (method: string, path: string, authorization: string, body?: unknown): Promise<Answer> => {
    const headers = { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const answer = await fetch(origin + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const raw = await answer.text();
    const exact = (_key: string, value: unknown, context?: { source?: string }) => (typeof value === 'number' ? context?.source : value);
    return { status: answer.status, raw, body: raw.startsWith('{') ? (JSON.parse(raw, exact) as Record<string, unknown>) : {} };
  };
  const token = async (form: Record<string, string> = { grant_type: 'client_credentials' }, secret = keys['clientSecret']) => {
    const headers = { authorization: basic(keys['clientId'], secret) };
    const answer = await fetch(`${origin}/connect/token`, { method: 'POST', headers, body: new URLSearchParams(form) });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const bearer = async () => `Bearer ${String((await token()).body['access_token'])}`;
  const legacy = (method: string, path: string, body?: unknown) => call(method, path, basic(keys['merchantId'], keys['apiKey']), body);
  const order = { amount: 4500, merchantTrns: 'hf_pay_1', customerTrns: 'Haircut', paymentTimeout: 3600, sourceCode: keys['sourceCode'] };
  return {
    token,
    bearer,
    call,
    legacy,
    checkout: async (method: string, path: string, body?: unknown) => call(method, path, await bearer(), body),
    /** Opens an order and answers its code. */
    open: async (more: object = {}) => {
      const { status, body, raw } = await call('POST', '/checkout/v2/orders', await bearer(), { ...order, ...more });
      if (status !== 200) throw new Error(`${status} ${raw}`);
      return String(body['orderCode']);
    },
    transactions: async (query: string) => (await legacy('GET', `/api/transactions/?${query}`)).body['Transactions'] as Record<string, unknown>[],
    stateOf: async (code: string) => Number((await legacy('GET', `/api/orders/${code}`)).body['StateId']),
  };
}
