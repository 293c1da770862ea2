import { randomBytes, randomInt } from 'node:crypto';
import type { z } from 'zod';
import { type Merchant, type Payment, paymentKey, type Version, type Work } from './kinds.ts';
import { Refusal } from './refusal.ts';
import type { checkoutShape } from './request-shapes.ts';
import { statusAt } from './show-payment.ts';

const firstPaymentId = 9_007_199_254_740_993n;

/** The client's browser has posted the form: from now on there is a payment. Whoever comes again before paying sees the same page. */
export function openCheckout(
  { tx, now }: Work,
  { merchant, version, wish }: { merchant: Merchant; version: Version; wish: z.output<typeof checkoutShape> },
): Payment {
  const { publicKey } = merchant;
  const orderId = wish.order_id;
  const known = tx.get('payment', paymentKey({ publicKey, orderId }));
  if (known) {
    const sameMoney = known.amount === String(wish.amount) && known.currency === wish.currency;
    if (!sameMoney || statusAt(known, now).status !== 'prepared') throw new Refusal('order_id_duplicate', 'The order_id has already been used');
    return known;
  }
  if (wish.expired_date !== undefined && wish.expired_date <= now.getTime()) throw new Refusal('expired_prepared', 'The time to pay is over');
  const payment: Payment = {
    publicKey,
    orderId,
    paymentId: String(firstPaymentId + BigInt(tx.list('payment').length)),
    liqpayOrderId: `${randomBytes(5).toString('hex').toUpperCase()}${now.getTime()}${randomInt(100, 1000)}`,
    token: randomBytes(18).toString('base64url'),
    version,
    status: 'prepared',
    amount: String(wish.amount),
    currency: wish.currency,
    description: wish.description,
    language: wish.language,
    info: wish.info,
    resultUrl: wish.result_url,
    serverUrl: wish.server_url,
    createdAt: now.getTime(),
    endedAt: now.getTime(),
    expiresAt: wish.expired_date,
    refunds: [],
  };
  tx.put('payment', paymentKey(payment), payment);
  return payment;
}
