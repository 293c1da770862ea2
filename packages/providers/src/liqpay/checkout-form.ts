import { toDecimal } from '../kit/decimal-amount.ts';
import { asWritten } from '../kit/exact-json.ts';
import type { OwnPage, PaymentOrder } from '../payment-provider.ts';
import type { LiqpayKeys } from './credentials.ts';
import { signData } from './sign-data.ts';

export const liqpayCurrencies: readonly string[] = ['UAH', 'USD', 'EUR'];

/** What is decided while the client looks. Left out are cash, invoices by e-mail and instalments. */
const instantMethods = 'card,privat24,apay,gpay,qr';
const longestDescription = 250;

/**
 * The form that a page of ours posts to LiqPay in the client's name. Made of the order alone, to the last byte: a repeated call is the same call, and
 * LiqPay knows one payment for one `order_id`.
 *
 * @throws RangeError when the lines do not add up to the amount, or our address is longer than LiqPay takes
 */
export function checkoutForm(order: PaymentOrder, keys: LiqpayKeys, origin: string): OwnPage & { readonly kind: 'form' } {
  const { reference, amountMinor, currency, lines, payableUntil, returnUrl, webhookUrl, language } = order;
  const sum = lines.reduce((total, line) => total + line.amountMinor, 0n);
  if (sum !== amountMinor) throw new RangeError(`the lines of ${reference} add up to ${sum}, not to ${amountMinor}`);
  for (const url of [returnUrl, webhookUrl]) if (url.length > 510) throw new RangeError('LiqPay takes addresses of 510 characters at most');
  const { data, signature } = signData(
    {
      action: 'pay',
      amount: asWritten(toDecimal(amountMinor, currency)),
      currency,
      description: describe(order),
      order_id: reference,
      expired_date: utcText(pageClosesAt(payableUntil)),
      language: /^uk\b/i.test(language) ? 'uk' : 'en',
      result_url: returnUrl,
      server_url: webhookUrl,
      ...(order.instantMethodsOnly && { paytypes: instantMethods }),
    },
    keys,
  );
  return { kind: 'form', action: `${origin}/api/3/checkout`, fields: { data, signature } };
}

/** LiqPay counts whole seconds. */
export function pageClosesAt(payableUntil: Date): Date {
  return new Date(Math.floor(payableUntil.getTime() / 1000) * 1000);
}

/** `2026-11-21 11:00:00`, UTC. */
function utcText(at: Date): string {
  return at.toISOString().slice(0, 19).replace('T', ' ');
}

function describe({ lines, reference }: PaymentOrder): string {
  const said = lines
    .map(({ text }) => text.trim())
    .filter((text) => text !== '')
    .join(', ');
  return Array.from(said).slice(0, longestDescription).join('').toWellFormed() || reference;
}
