import { z } from 'zod';
import { minorOf } from './money-text.ts';
import { Refusal } from './refusal.ts';

const amountShape = z
  .string()
  .refine((text) => (minorOf(text) ?? 0n) > 0n)
  .transform((text) => minorOf(text) ?? 0n);
const orderIdShape = z.string().min(1).max(255);
const addressShape = z.url({ protocol: /^https?$/ }).max(510);
const payTypes = ['apay', 'gpay', 'card', 'privat24', 'moment_part', 'paypart', 'cash', 'invoice', 'qr'];

/** `YYYY-MM-DD HH:mm:ss`, UTC. */
const momentShape = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
  .transform((text) => Date.parse(`${text.replace(' ', 'T')}Z`))
  .refine((at) => !Number.isNaN(at));

const head = { version: z.string(), public_key: z.string() };

export const checkoutShape = z.strictObject({
  ...head,
  action: z.literal('pay'),
  amount: amountShape,
  currency: z.enum(['UAH', 'USD', 'EUR']),
  description: z.string().min(1),
  order_id: orderIdShape,
  expired_date: momentShape.optional(),
  language: z.enum(['uk', 'en']).optional(),
  paytypes: z
    .string()
    .refine((list) => list.split(',').every((one) => payTypes.includes(one.trim())))
    .optional(),
  result_url: addressShape.optional(),
  server_url: addressShape.optional(),
  info: z.string().optional(),
  product_category: z.string().max(25).optional(),
  product_description: z.string().max(500).optional(),
  product_name: z.string().max(100).optional(),
  product_url: z.string().max(2000).optional(),
  sandbox: z.literal('1').optional(),
});

export const statusShape = z.strictObject({ ...head, action: z.literal('status'), order_id: orderIdShape });
export const refundShape = z.strictObject({ ...head, action: z.literal('refund'), order_id: orderIdShape, amount: amountShape.optional() });
const millisecondsShape = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);
export const reportsShape = z.strictObject({
  ...head,
  action: z.literal('reports'),
  date_from: millisecondsShape,
  date_to: millisecondsShape,
  resp_format: z.literal('json').optional(),
});

/** What LiqPay has and this sandbox does not act on: taking it silently would teach something false. */
const knownElsewhere: readonly string[] = [
  'rro_info', 'verifycode', 'split_rules', 'sender', 'regular_payment', 'one_click_payment', 'dae', 'customer', 'recurringbytoken', 'subscribe',
  'subscribe_date_start', 'subscribe_periodicity', 'prepare', 'payment_id',
]; // biome-ignore format: a list

const codes: Readonly<Record<string, string>> = {
  order_id: 'order_id_empty',
  currency: 'err_currency_is_not_allowed',
  amount: 'wrong_amount_currency',
};

/** The fields in their shape, or LiqPay's no naming the first thing that is wrong. */
export function readFields<T>(shape: z.ZodType<T>, fields: Readonly<Record<string, unknown>>): T {
  const read = shape.safeParse(fields);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    const name = issue.keys[0] ?? '';
    if (knownElsewhere.includes(name)) throw new Refusal('sandbox_not_supported', `This sandbox does not act on ${name}`);
    throw new Refusal('err_wrong', `Parameter ${name} is unknown`);
  }
  const name = String(issue?.path[0] ?? 'data');
  if (name === 'action') throw new Refusal('sandbox_not_supported', `This sandbox does not act on action ${String(fields['action'])}`);
  if (name === 'resp_format') throw new Refusal('sandbox_not_supported', 'This sandbox answers in JSON only');
  const missing = fields[name] === undefined || fields[name] === '';
  throw new Refusal(codes[name] ?? (missing ? 'err_missing' : 'err_wrong'), `Parameter ${name} is ${missing ? 'missing' : 'wrong'}`);
}
