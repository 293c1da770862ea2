import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { currencyOf } from './currencies.ts';
import { Refusal } from './refusal.ts';
import type { OrderRow, Work } from './work.ts';

const LEAST = 30;
const DEFAULT_TIMEOUT = 1800;
const LONGEST_TIMEOUT = 432_000;
/** Where Viva's order codes begin to be too large for a floating-point number. */
const BEYOND_DOUBLES = 9_007_199_254_740_992n;

const text = z.string().max(2048);
const off = z.literal(false, { error: 'the sandbox does not act on it' });

/** Viva passes over what it does not know; the sandbox names it, because it is nearly always a slip of the pen. */
const wishShape = z.strictObject({
  amount: z.int(),
  customerTrns: text.optional(),
  customer: z
    .strictObject({
      email: z.string().max(256).nullish(),
      fullName: z.string().max(256).nullish(),
      phone: z.string().max(32).nullish(),
      countryCode: z.string().length(2).nullish(),
      requestLang: z
        .string()
        .regex(/^[a-z]{2}(-[A-Z]{2})?$/)
        .nullish(),
    })
    .optional(),
  paymentTimeout: z.int().min(0).max(LONGEST_TIMEOUT).optional(),
  currencyCode: z.union([z.int().min(0).max(999), z.string().regex(/^\d{1,3}$/)]).optional(),
  sourceCode: z.string().optional(),
  merchantTrns: text.optional(),
  tags: z.array(z.string()).optional(),
  paymentNotification: z.boolean().optional(),
  disableExactAmount: z.boolean().optional(),
  disableCash: z.boolean().optional(),
  disableWallet: z.boolean().optional(),
  preauth: off.optional(),
  allowRecurring: off.optional(),
  maxInstallments: z.literal(0, { error: 'the sandbox does not act on it' }).optional(),
  dynamicDescriptor: z.string().max(13).optional(),
});

/** `POST /checkout/v2/orders`: no key makes it safe to repeat, each call makes an order. */
export function openOrder({ tx, account, now }: Work, body: unknown): OrderRow {
  const wish = read(body);
  if (wish.amount < LEAST) throw invalid(`amount must be at least ${LEAST}`);
  const currency = wish.currencyCode === undefined ? 'EUR' : currencyOf(String(wish.currencyCode));
  if (currency === undefined) throw new Refusal(403, `Person ${account.merchantId} does not support currency '${wish.currencyCode}'`);
  const sourceCode = wish.sourceCode || 'Default';
  if (sourceCode !== 'Default' && sourceCode !== account.sourceCode) throw invalid(`source ${sourceCode} is none of merchant ${account.merchantId}`);
  const order: OrderRow = {
    code: newOrderCode(),
    merchantId: account.merchantId,
    amount: wish.amount,
    currency,
    merchantTrns: wish.merchantTrns ?? '',
    customerTrns: wish.customerTrns ?? '',
    sourceCode,
    requestLang: wish.customer?.requestLang ?? 'en-GB',
    email: wish.customer?.email ?? null,
    fullName: wish.customer?.fullName ?? null,
    phone: wish.customer?.phone ?? null,
    tags: wish.tags ?? [],
    disableCash: wish.disableCash ?? false,
    state: 0,
    expiresAt: now.getTime() + (wish.paymentTimeout || DEFAULT_TIMEOUT) * 1000,
  };
  tx.put('order', order.code, order);
  return order;
}

/** 16 digits and odd: read as a floating-point number it becomes another one. */
function newOrderCode(): string {
  return String(BEYOND_DOUBLES + BigInt(randomInt(2 ** 47) * 2 + 1));
}

function read(body: unknown): z.output<typeof wishShape> {
  if (typeof body !== 'object' || body === null) throw invalid('Null options');
  // both spellings are taken
  const { paymentTimeOut, ...given } = body as Record<string, unknown>;
  const result = wishShape.safeParse(paymentTimeOut === undefined ? given : { ...given, paymentTimeout: paymentTimeOut });
  if (!result.success) throw invalid(result.error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': ')).join('; '));
  return result.data;
}

function invalid(why: string): Refusal {
  return new Refusal(400, `RedirectCheckoutCreateOrderValidationFailed: ${why}`, 100_700);
}
