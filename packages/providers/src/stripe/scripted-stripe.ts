import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import type { PaymentOrder } from '../payment-provider.ts';
import { createStripeProvider } from './stripe.ts';

export const credentials = { publishableKey: 'pk_test_Public1', secretKey: 'sk_test_VerySecret1', signingSecret: 'whsec_VerySecret2' };
export const createdAt = new Date('2026-11-21T10:00:00Z');
export const order: PaymentOrder = {
  reference: 'hf1_pay_1',
  idempotencyKey: 'idem_1',
  amountMinor: 50_00n,
  currency: 'EUR',
  lines: [{ text: 'Haircut', amountMinor: 50_00n }],
  createdAt,
  payableUntil: new Date('2026-11-21T11:00:00Z'),
  returnUrl: 'https://salon.example/return',
  cancelUrl: 'https://salon.example/cancel',
  webhookUrl: 'https://salon.example/webhook',
  ownPageUrl: 'https://salon.example/page',
  language: 'en',
  instantMethodsOnly: true,
};
const { reference, payableUntil, currency } = order;
export const keyWithoutId = { reference, createdAt, payableUntil, currency };
export const key = { ...keyWithoutId, providerPaymentId: 'cs_1' };
export const session = (changes: Record<string, unknown> = {}) => ({
  object: 'checkout.session',
  id: 'cs_1',
  status: 'open',
  payment_status: 'unpaid',
  amount_total: 5000,
  currency: 'eur',
  expires_at: 1795258800,
  url: 'https://checkout.stripe.com/c/pay/cs_1',
  client_reference_id: 'hf1_pay_1',
  payment_intent: null,
  ...changes,
});
export const paid = (currency: string) => ({
  status: 'complete',
  payment_status: 'paid',
  payment_intent: { object: 'payment_intent', id: 'pi_1', status: 'succeeded', amount_received: 5000, currency, latest_charge: null },
});
export const paidSession = session(paid('eur'));

export interface Said {
  readonly status?: number;
  readonly json?: unknown;
  readonly text?: string;
}
interface Heard {
  readonly method: string | undefined;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly form: URLSearchParams;
}

const servers: (() => void)[] = [];
afterEach(() => {
  for (const stop of servers.splice(0)) stop();
});

/** Something at the other end that says exactly what a test wants, also what Stripe would never say. */
export async function answering(answer: (heard: Heard, response: ServerResponse) => Said | undefined, { timeoutMs = 5000 } = {}) {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => {
      body += part.toString();
    });
    request.on('end', () => {
      const call = { method: request.method, url: new URL(request.url ?? '', 'http://x'), headers: request.headers, form: new URLSearchParams(body) };
      heard.push(call);
      const said = answer(call, response);
      if (!said) return;
      response.writeHead(said.status ?? 200, { 'content-type': said.text === undefined ? 'application/json' : 'text/html' });
      response.end(said.text ?? JSON.stringify(said.json));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  servers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { heard, provider: createStripeProvider({ origin: `http://127.0.0.1:${port}`, timeoutMs }) };
}
export const error = (status: number, fields: Record<string, unknown>): Said => ({ status, json: { error: { message: 'no', ...fields } } });
