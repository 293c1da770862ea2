import { createHash } from 'node:crypto';
import { asWritten } from '../kit/exact-json.ts';
import type { PaymentOrder } from '../payment-provider.ts';
import { currencyNumber } from './currency-number.ts';

/** monobank cuts a longer life to this without saying so. */
const longestSeconds = 30 * 24 * 60 * 60;
const longestText = 280;

/** What to ask for as an invoice, and when its page closes. `refused`: monobank has no number for this currency. */
export function invoiceRequest(
  order: PaymentOrder,
  now: Date,
): { readonly body: string; readonly closesAt: Date } | { readonly refused: 'currency_not_supported' } {
  const ccy = currencyNumber(order.currency);
  if (ccy === undefined) return { refused: 'currency_not_supported' };
  // whole seconds, never none: that would mean the provider's own day
  const left = Math.ceil((order.payableUntil.getTime() - now.getTime()) / 1000);
  const validity = Math.min(Math.max(left, 1), longestSeconds);
  const request = {
    amount: asWritten(String(order.amountMinor)),
    ccy,
    merchantPaymInfo: {
      reference: order.reference,
      destination: cut(order.lines.map(({ text }) => text.trim()).join(', ')) || order.reference,
      ...(order.clientEmail === undefined ? {} : { customerEmails: [order.clientEmail] }),
      ...basket(order),
    },
    redirectUrl: order.returnUrl,
    webHookUrl: order.webhookUrl,
    validity,
    paymentType: 'debit',
  };
  return { body: JSON.stringify(request), closesAt: new Date(now.getTime() + validity * 1000) };
}

/** What the page lists, and what a fiscal receipt is made of where the merchant has tied a cash register to monobank. Only where it is the whole sum. */
function basket({ lines, amountMinor, reference }: PaymentOrder): { readonly basketOrder?: readonly object[] } {
  const paid = lines.filter((line) => line.amountMinor !== 0n);
  const whole = paid.reduce((sum, line) => sum + line.amountMinor, 0n) === amountMinor && paid.every((line) => line.amountMinor > 0n);
  if (!whole || paid.length === 0) return {};
  return {
    basketOrder: paid.map((line) => {
      const name = cut(line.text.trim()) || reference;
      const sum = asWritten(String(line.amountMinor));
      // a code is asked for; the same service always has the same one
      return { name, qty: 1, sum, total: sum, code: createHash('sha256').update(name).digest('hex').slice(0, 32) };
    }),
  };
}

/** At most so many UTF-16 units, never half of a character. */
function cut(text: string): string {
  let short = '';
  for (const character of text.toWellFormed()) {
    if (short.length + character.length > longestText) break;
    short += character;
  }
  return short;
}
