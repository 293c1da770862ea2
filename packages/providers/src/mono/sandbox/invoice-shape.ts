import { z } from 'zod';

const amount = z.int().positive();
const url = z.url({ protocol: /^https?$/ }).max(2048);
const text = z.string().max(1000);
const discounts = z.array(
  z.strictObject({
    type: z.enum(['DISCOUNT', 'EXTRA_CHARGE']),
    mode: z.enum(['PERCENT', 'VALUE']),
    value: z.number().min(0.01),
    tax: z.array(z.int()).optional(),
  }),
);

const basketLine = z.strictObject({
  name: text.min(1),
  qty: z.number().positive(),
  sum: z.int().min(0),
  total: z.int().min(0).optional(),
  icon: text.optional(),
  unit: text.optional(),
  code: text.min(1),
  barcode: text.optional(),
  header: text.optional(),
  footer: text.optional(),
  tax: z.array(z.int()).optional(),
  uktzed: text.optional(),
  discounts: discounts.optional(),
});

const unique = (list: readonly string[]) => new Set(list).size === list.length;

/** What the bank takes to make an invoice. Its schema names no other fields; here another one is refused, because it would be a slip of the pen. */
export const invoiceShape = z.strictObject({
  amount,
  ccy: z.union([z.literal(980), z.literal(978), z.literal(840)]).default(980),
  merchantPaymInfo: z
    .strictObject({
      reference: text.optional(),
      destination: z.string().max(280).optional(),
      comment: z.string().max(280).optional(),
      customerEmails: z.array(z.string()).refine(unique, 'not unique').optional(),
      discounts: discounts.optional(),
      metadata: z
        .record(z.string(), z.string())
        .refine((data) => Object.keys(data).length <= 10, 'more than 10')
        .optional(),
      basketOrder: z.array(basketLine).optional(),
    })
    .optional(),
  redirectUrl: url.optional(),
  webHookUrl: url.optional(),
  validity: z.int().positive().default(86_400),
  paymentType: z.enum(['debit', 'hold']).default('debit'),
  withAppUrl: z.boolean().optional(),
});
export type InvoiceWish = z.output<typeof invoiceShape>;

/** What the bank also knows, and the sandbox does not act on: taking it silently would teach something false. */
export const knownElsewhere: readonly string[] = ['successUrl', 'failUrl', 'qrId', 'code', 'saveCardData', 'agentFeePercent', 'displayType'];

const returned = z.strictObject({
  name: text,
  qty: z.number(),
  sum: z.int(),
  code: text,
  barcode: text.optional(),
  header: text.optional(),
  footer: text.optional(),
  tax: z.array(z.int()).optional(),
  uktzed: text.optional(),
});

export const cancelShape = z.strictObject({
  invoiceId: z.string().min(1),
  extRef: text.optional(),
  amount: z.int().optional(),
  items: z.array(returned).optional(),
});

export const removeShape = z.strictObject({ invoiceId: z.string().min(1) });
