import { randomUUID } from 'node:crypto';
import { type Payment, paymentKey, type Work } from './kinds.ts';
import { showPayment } from './show-payment.ts';
import { signData } from './sign-data.ts';

/** Changes a payment and writes the callback beside it, so that neither exists without the other. */
export function changePayment({ tx, now }: Work, payment: Payment, changes: Partial<Payment>): Payment {
  const changed: Payment = { ...payment, ...changes, endedAt: now.getTime() };
  tx.put('payment', paymentKey(changed), changed);
  const merchant = tx.get('merchant', changed.publicKey);
  if (changed.serverUrl !== undefined && merchant) {
    const data = Buffer.from(JSON.stringify(showPayment(changed, now)), 'utf8').toString('base64');
    const signature = signData(data, merchant.privateKey, changed.version);
    const id = randomUUID();
    tx.put('letter', id, {
      id,
      dueAt: now.getTime(),
      attempts: 0,
      url: changed.serverUrl,
      body: new URLSearchParams({ data, signature }).toString(),
    });
  }
  return changed;
}
