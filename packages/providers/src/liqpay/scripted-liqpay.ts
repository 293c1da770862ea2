import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { PaymentOrder, RefundOrder } from '../payment-provider.ts';
import { createLiqpayProvider } from './liqpay.ts';

export const credentials = { publicKey: 'i00000000', privateKey: 'a4825234f4bae72a0be04eafe9e8e2bada209255', version: '7' };
export const order: PaymentOrder = {
  reference: 'hf_1',
  idempotencyKey: 'idem_1',
  amountMinor: 450_10n,
  currency: 'UAH',
  lines: [
    { text: 'Стрижка', amountMinor: 400_00n },
    { text: 'Beard', amountMinor: 50_10n },
  ],
  createdAt: new Date('2026-11-21T10:00:00Z'),
  payableUntil: new Date('2026-11-21T11:00:00.900Z'),
  returnUrl: 'https://salon.example/return?booking=1&ok=+',
  cancelUrl: 'https://salon.example/cancel',
  webhookUrl: 'https://salon.example/webhooks/secret',
  ownPageUrl: 'https://salon.example/pay/page/1',
  language: 'uk',
  instantMethodsOnly: true,
};
const { reference, createdAt, payableUntil, currency } = order;
export const key = { reference, providerPaymentId: reference, createdAt, payableUntil, currency };
export const refund: RefundOrder = {
  reference,
  providerPaymentId: reference,
  createdAt,
  amountMinor: 100_00n,
  currency,
  idempotencyKey: 'idem_refund_1',
  refundedBeforeMinor: 0n,
};

/** A paid one, as text: LiqPay's numbers are to be read as they are written. */
export const paid = (changes = '') =>
  `{"result":"ok","payment_id":9223372036854775807,"order_id":"hf_1","status":"success","amount":450.1,"currency":"UAH","receiver_commission":6.75${changes}}`;
export const notFound = '{"result":"error","status":"error","err_code":"payment_not_found","err_description":"Payment not found"}';

export interface Said {
  readonly status?: number;
  readonly text: string;
}

/** A server that answers what the test says, one after the other, and keeps what it was asked. */
export async function scriptedLiqpay(script: readonly (Said | string)[], now: () => Date = () => createdAt) {
  const asked: { path: string; form: URLSearchParams; said: Record<string, unknown>; json: string }[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(parts).toString('utf8'));
      const json = Buffer.from(form.get('data') ?? '', 'base64').toString('utf8');
      const next = script[asked.length] ?? { status: 500, text: 'nothing is left to say' };
      asked.push({ path: request.url ?? '', form, json, said: JSON.parse(json) as Record<string, unknown> });
      const { status = 200, text } = typeof next === 'string' ? { text: next } : next;
      response.writeHead(status, { 'content-type': 'application/json' }).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { provider: createLiqpayProvider({ origin, timeoutMs: 2000, now }), asked, origin };
}
