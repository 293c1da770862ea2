import { z } from 'zod';

/**
 * The parts of LiqPay's answers that we read. Numbers are texts here: they are read from the JSON as they were written (see kit/exact-json.ts), because
 * amounts are decimal and ids have 64 bits.
 */

const amount = z.string().max(40);
const id = z.string().min(1).max(64);

/** Every status that LiqPay's documentation names, of version 3 or 7. Another one is an answer that cannot be read, never a guess. */
export const liqpayStatuses = [
  // final
  'success',
  'failure',
  'error',
  'reversed',
  'sandbox',
  'subscribed',
  'unsubscribed',
  // the client has something to do
  '3ds_verify',
  'captcha_verify',
  'cvv_verify',
  'ivr_verify',
  'mp_verify',
  'otp_verify',
  'p24_verify',
  'password_verify',
  'phone_verify',
  'pin_verify',
  'receiver_verify',
  'sender_verify',
  'senderapp_verify',
  'wait_qr',
  'wait_sender',
  'cash_wait',
  'invoice_wait',
  'prepared',
  'try_again',
  // LiqPay has
  'processing',
  'hold_wait',
  'wait_accept',
  'wait_card',
  'wait_compensation',
  'wait_lc',
  'wait_reserve',
  'wait_secure',
] as const;
export type LiqpayStatus = (typeof liqpayStatuses)[number];

/** A payment, as `action=status` and `action=reports` tell of it. */
export const paymentShape = z.object({
  payment_id: id,
  order_id: z.string().min(1).max(255),
  status: z.enum(liqpayStatuses),
  amount,
  currency: z.string().regex(/^[A-Z]{3}$/),
  err_code: z.string().nullish(),
  refund_amount: amount.nullish(),
  receiver_commission: amount.nullish(),
  /** Money is being put aside for a refund that was asked for. */
  wait_reserve_status: z.union([z.boolean(), z.string()]).nullish(),
  wait_amount: z.union([z.boolean(), z.string()]).nullish(),
  create_date: amount.nullish(),
  end_date: amount.nullish(),
  refund_date_last: amount.nullish(),
});
export type LiqpayPayment = z.infer<typeof paymentShape>;

/** The answer to `action=refund`. */
export const refundShape = z.object({
  payment_id: id.nullish(),
  status: z.enum(liqpayStatuses),
  /** It will be taken from what comes in: nothing has gone back yet. */
  wait_amount: z.union([z.boolean(), z.string()]).nullish(),
});

export const reportsShape = z.object({ data: z.array(paymentShape.partial().extend({ status: z.string() })) });

/** What a callback says, as far as it is believed: which payment it is about. */
export const callbackShape = z.object({
  public_key: z.string(),
  order_id: z.string().min(1).max(255),
  status: z.string().min(1).max(64),
  payment_id: id.nullish(),
  refund_amount: amount.nullish(),
  end_date: amount.nullish(),
});

/** LiqPay's words of refusal, whatever the HTTP status. */
export const refusalShape = z.object({
  result: z.string().nullish(),
  status: z.string().nullish(),
  err_code: z.string().nullish(),
  code: z.string().nullish(),
  err_description: z.string().nullish(),
  payment_id: z.string().nullish(),
});

/** Booleans come as such or as text. */
export function isTrue(value: boolean | string | null | undefined): boolean {
  return value === true || value === 'true';
}
