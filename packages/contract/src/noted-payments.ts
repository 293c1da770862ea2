import { z } from 'zod';
import { amountMinorShape, currencyShape } from './money.ts';
import { instantShape } from './time.ts';

/** A payment at which a person notes what has come in and gone back, because there is nobody to ask. */
export const notedPaymentShape = z
  .object({
    id: z.string(),
    reference: z.string().describe('What the client was asked to write'),
    lines: z.array(z.string()).describe('What it is for'),
    amountMinor: amountMinorShape,
    currency: currencyShape,
    status: z.enum(['intended', 'open', 'processing', 'captured', 'failed', 'closed']),
    madeAt: instantShape,
    payableUntil: instantShape,
    capturedMinor: amountMinorShape.describe('Noted as having come'),
    refundedMinor: amountMinorShape.describe('Noted as having gone back'),
  })
  .meta({ id: 'NotedPayment' });
export type NotedPayment = z.infer<typeof notedPaymentShape>;

export const notedPaymentsShape = z.object({ payments: z.array(notedPaymentShape) }).meta({ id: 'NotedPayments' });
export type NotedPayments = z.infer<typeof notedPaymentsShape>;

const noteShape = z.object({ capturedMinor: amountMinorShape, refundedMinor: amountMinorShape });

/** What shall stand from now on, and what stood when it was decided. */
export const noteWishShape = noteShape.extend({ basedOn: noteShape }).meta({ id: 'NoteWish' });
export type NoteWish = z.infer<typeof noteWishShape>;
