import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import type { PaymentOrder, RefundOrder } from '../payment-provider.ts';
import { createMonoProvider } from './mono.ts';

export const credentials = { token: 'mVerySecretToken1' };
export const now = new Date('2026-11-21T10:00:00.400Z');
export const createdAt = new Date('2026-11-21T09:59:58Z');
export const order: PaymentOrder = {
  reference: 'hf1_pay_1',
  idempotencyKey: 'idem_1',
  amountMinor: 750_00n,
  currency: 'UAH',
  lines: [
    { text: 'Стрижка', amountMinor: 500_00n },
    { text: 'Борода', amountMinor: 250_00n },
  ],
  createdAt,
  payableUntil: new Date('2026-11-21T10:15:00Z'),
  returnUrl: 'https://salon.example/return',
  cancelUrl: 'https://salon.example/cancel',
  webhookUrl: 'https://salon.example/webhooks/1',
  ownPageUrl: 'https://salon.example/pay/1',
  language: 'uk',
  instantMethodsOnly: true,
};
export const key = { reference: 'hf1_pay_1', providerPaymentId: 'p2_1', createdAt, payableUntil: order.payableUntil, currency: 'UAH' };
export const refund: RefundOrder = {
  reference: 'hf1_pay_1',
  providerPaymentId: 'p2_1',
  createdAt,
  amountMinor: 200_00n,
  currency: 'UAH',
  idempotencyKey: 'ref_1',
  refundedBeforeMinor: 0n,
};
/** An invoice as the status call answers it. */
export const invoice = (changes: Record<string, unknown> = {}) => ({
  invoiceId: 'p2_1',
  status: 'created',
  amount: 75000,
  ccy: 980,
  createdDate: '2026-11-21T10:00:00Z',
  modifiedDate: '2026-11-21T10:00:00Z',
  reference: 'hf1_pay_1',
  ...changes,
});
export const paid = (changes: Record<string, unknown> = {}) =>
  invoice({ status: 'success', finalAmount: 75000, paymentInfo: { fee: 975, maskedPan: '444403******1902' }, ...changes });
export const cancel = (changes: Record<string, unknown> = {}) => ({
  status: 'success',
  amount: 20000,
  ccy: 980,
  createdDate: '2026-11-21T12:00:00Z',
  modifiedDate: '2026-11-21T12:00:00Z',
  extRef: 'ref_1',
  ...changes,
});

export interface Said {
  readonly status?: number;
  readonly json?: unknown;
  readonly text?: string;
}
interface Heard {
  /** `POST /api/merchant/invoice/create` */
  readonly call: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

const servers: (() => void)[] = [];
afterEach(() => {
  for (const stop of servers.splice(0)) stop();
});

/** Something at the other end that says exactly what a test wants, also what monobank would never say. */
export async function answering(answer: (heard: Heard) => Said, { timeoutMs = 5000, clock = () => now } = {}) {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const url = new URL(request.url ?? '', 'http://x');
      const call = {
        call: `${request.method} ${url.pathname}`,
        query: Object.fromEntries(url.searchParams),
        headers: request.headers,
        body: Buffer.concat(parts).toString(),
      };
      heard.push(call);
      const said = answer(call);
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
  return { heard, provider: createMonoProvider({ origin: `http://127.0.0.1:${port}`, timeoutMs, now: clock }) };
}
export const error = (status: number, errCode: string, errText = 'no'): Said => ({ status, json: { errCode, errText } });
