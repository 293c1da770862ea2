import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import type { PaymentOrder, RefundOrder } from '../payment-provider.ts';
import { createVivaProvider } from './viva.ts';

export const credentials = {
  clientId: 'client1.apps.vivapayments.com',
  clientSecret: 'VerySecret1',
  merchantId: '716b6039-f22d-4a64-9a17-d374fce5f9e8',
  apiKey: '9Vr%9;',
  sourceCode: '6343',
  environment: 'demo',
};
/** Larger than a number of JavaScript can tell from its neighbour. */
export const orderCode = '9962594733417127';
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
export const key = { ...keyWithoutId, providerPaymentId: orderCode };
export const refundOf = (changes: Partial<RefundOrder> = {}): RefundOrder => ({
  reference,
  providerPaymentId: orderCode,
  createdAt,
  amountMinor: 20_00n,
  currency,
  idempotencyKey: 'refund_1',
  refundedBeforeMinor: 0n,
  ...changes,
});

/** JSON as Viva writes it: an order code is a number of sixteen digits. */
export const orderText = (state: number, code = orderCode) =>
  `{"OrderCode":${code},"StateId":${state},"MerchantTrns":"hf1_pay_1","RequestAmount":50.00}`;
export const rowText = (changes: Record<string, unknown> = {}) => {
  const row = {
    TransactionId: 'trn-1',
    StatusId: 'F',
    Commission: 0.26,
    CurrencyCode: '978',
    InsDate: '2026-11-21T12:05:46.903+02:00',
    MerchantTrns: 'hf1_pay_1',
    ...changes,
  };
  const { Amount = '50.00', ...rest } = row as typeof row & { Amount?: string };
  return `{"Amount":${Amount},"Order":{"OrderCode":${orderCode}},${JSON.stringify(rest).slice(1)}`;
};
export const listText = (...rows: readonly string[]) => `{"Transactions":[${rows.join(',')}],"ErrorCode":0,"ErrorText":null,"Success":true}`;

export interface Said {
  readonly status?: number;
  readonly text: string;
}
export interface Heard {
  /** `GET /api/orders/123?x=1` */
  readonly what: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

const servers: (() => void)[] = [];
afterEach(() => {
  for (const stop of servers.splice(0)) stop();
});

/** Something at the other end that says exactly what a test wants, also what Viva would never say. A token is given unless the test says otherwise. */
export async function answering(answer: (heard: Heard) => Said | undefined, { now = () => createdAt, timeoutMs = 2000 } = {}) {
  const heard: Heard[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    let body = '';
    request.on('data', (part: Buffer) => {
      body += part.toString();
    });
    request.on('end', () => {
      const call = { what: `${request.method} ${request.url}`, authorization: request.headers.authorization, body };
      heard.push(call);
      const said = answer(call) ?? (call.what === 'POST /connect/token' ? { text: '{"access_token":"token-1","expires_in":3600}' } : undefined);
      response.writeHead(said?.status ?? (said ? 200 : 404), { 'content-type': 'application/json' });
      response.end(said?.text ?? '{"message":"not scripted"}');
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
  return { heard, provider: createVivaProvider({ origin: `http://127.0.0.1:${port}`, timeoutMs, now }) };
}

/** An order in a state, with these transactions. */
export const standing = (state: number, ...rows: readonly string[]) =>
  answering(({ what }) => {
    if (what === `GET /api/orders/${orderCode}`) return { text: orderText(state) };
    if (what === `GET /api/transactions/?ordercode=${orderCode}`) return { text: listText(...rows) };
    return undefined;
  });
