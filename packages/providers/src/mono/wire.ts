import { z } from 'zod';
import { currencyCode } from './currency-number.ts';

/**
 * The parts of monobank's objects that we read, after its acquiring specification (v2412). Numbers come as their texts (see `readExactJson`). What the
 * specification leaves out of `required` may be missing or null. A status it does not name is an unreadable answer, never a guess.
 */

/** Minor units. */
const amountShape = z
  .string()
  .regex(/^-?\d{1,18}$/)
  .transform((text) => BigInt(text));
const currencyShape = z
  .string()
  .regex(/^\d{1,3}$/)
  .transform((text, context) => {
    const code = currencyCode(Number(text));
    if (code === undefined) context.addIssue(`an unknown currency: ${text}`);
    return code ?? z.NEVER;
  });
const idShape = z.string().min(1).max(100);
/** RFC 3339, with any offset. */
const momentShape = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const textShape = z.string().nullish();

export const invoiceCreatedShape = z.object({ invoiceId: idShape, pageUrl: z.url({ protocol: /^https?$/ }) });

const cancelShape = z.object({
  status: z.enum(['processing', 'success', 'failure']),
  amount: amountShape.nullish(),
  extRef: textShape,
});
export type MonoCancel = z.infer<typeof cancelShape>;

export const invoiceShape = z.object({
  invoiceId: idShape,
  status: z.enum(['created', 'processing', 'hold', 'success', 'failure', 'reversed', 'expired']),
  amount: amountShape,
  ccy: currencyShape,
  finalAmount: amountShape.nullish(),
  modifiedDate: textShape,
  reference: textShape,
  cancelList: z.array(cancelShape).nullish(),
  paymentInfo: z.object({ fee: amountShape.nullish() }).nullish(),
});
export type MonoInvoice = z.infer<typeof invoiceShape>;

export const cancelAnswerShape = z.object({ status: cancelShape.shape.status });

/** "Empty": `{}`, or nothing at all. */
export const emptyShape = z.unknown();

export const publicKeyShape = z.object({ key: z.base64().min(1) });

export const merchantShape = z.object({ merchantId: idShape, merchantName: z.string() });

/** Only operations with money: what nobody has begun to pay is not in a statement. */
const statementItemShape = z.object({
  invoiceId: idShape,
  status: z.enum(['hold', 'processing', 'success', 'failure']),
  date: momentShape,
  amount: amountShape,
  profitAmount: amountShape.nullish(),
  ccy: currencyShape,
  reference: textShape,
  cancelList: z.array(z.object({ amount: amountShape, ccy: currencyShape, date: momentShape, approvalCode: textShape, rrn: textShape })).nullish(),
});
export type MonoStatementItem = z.infer<typeof statementItemShape>;
export const statementShape = z.object({ list: z.array(statementItemShape).nullish() });

export const errorShape = z.object({ errCode: z.string().min(1), errText: z.string() });
