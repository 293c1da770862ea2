import { z } from 'zod';
import { amountMinorShape, currencyShape } from './money.ts';
import { dayShape, instantShape } from './time.ts';

export const receiptKinds = ['receipt', 'credit_note'] as const;
export type ReceiptKind = (typeof receiptKinds)[number];

const taxedShape = z.object({
  name: z.string(),
  basisPoints: z.int(),
  netMinor: amountMinorShape,
  taxMinor: amountMinorShape,
  grossMinor: amountMinorShape,
});

/** What a document says, as it was when it was issued. */
export const receiptContentShape = z
  .object({
    company: z
      .object({ legalName: z.string(), registrationNumber: z.string(), taxNumber: z.string(), legalAddress: z.string() })
      .nullable()
      .describe('Null: the company details had not been filled in'),
    location: z.object({ name: z.string(), address: z.string(), phone: z.string(), timeZone: z.string() }),
    for: z.enum(['prepayment', 'visit', 'account', 'membership', 'other']).describe('prepayment: the visit was still to come'),
    visitAt: instantShape.nullable(),
    lines: z.array(
      z.object({ name: z.string(), amountMinor: amountMinorShape, tax: z.object({ name: z.string(), basisPoints: z.int() }).nullable() }),
    ),
    taxes: z.array(taxedShape).describe('By rate'),
    paidBy: z.string().describe('`cash`, `card`, `account`, or how a provider is called'),
    of: z
      .object({ name: z.string(), happenedAt: instantShape })
      .nullable()
      .describe('What a credit note takes back; of a receipt: the one that it stands for instead'),
    footer: z.string(),
  })
  .meta({ id: 'ReceiptContent' });
export type ReceiptContent = z.infer<typeof receiptContentShape>;

export const receiptRowShape = z.object({
  id: z.string(),
  kind: z.enum(receiptKinds),
  name: z.string().describe('R-2026-000123'),
  happenedAt: instantShape,
  amountMinor: amountMinorShape,
  currency: currencyShape,
  clientId: z.string().nullable(),
  clientName: z.string().nullable().describe('Null: nobody is named, or the client was erased'),
  appointmentId: z.string().nullable(),
  paidBy: z.string(),
  paymentId: z.string().nullable().describe('What it is for, or what a credit note takes back: a payment as the visit’s checkout names it'),
});

/** `GET …/receipts/:receipt`: one document. */
export const receiptShape = receiptRowShape
  .extend({
    language: z.string(),
    issuedAt: instantShape,
    erased: z.boolean().describe('The client was erased: the document stays, without their name'),
    content: receiptContentShape,
    takenBackBy: z.array(z.object({ id: z.string(), name: z.string() })),
    pageUrl: z.string().describe('The page that the client may be sent'),
    mayBeSentBy: z.array(z.enum(['sms', 'email'])).describe('Channels that are set up and for which the client has an address'),
  })
  .meta({ id: 'Receipt' });
export type Receipt = z.infer<typeof receiptShape>;

export const receiptFilterShape = z.object({
  from: dayShape.optional(),
  to: dayShape.optional().describe('Included'),
  kind: z.enum(receiptKinds).optional(),
  client: z.string().max(60).optional(),
  appointment: z.string().max(60).optional(),
  search: z.string().trim().max(80).optional().describe('A number or a part of it, or a name'),
});
export type ReceiptFilter = z.infer<typeof receiptFilterShape>;

export const receiptListQueryShape = receiptFilterShape.extend({
  after: z.string().max(200).optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** `GET …/receipts`: newest first. */
export const receiptListShape = z
  .object({
    items: z.array(receiptRowShape),
    next: z.string().nullable(),
    companyMissing: z.boolean().describe('Documents are being issued without company details'),
  })
  .meta({ id: 'ReceiptList' });
export type ReceiptList = z.infer<typeof receiptListShape>;

const seriesShape = z.string().regex(/^[A-Z0-9]{1,8}$/);

export const receiptSettingsWishShape = z.strictObject({
  version: z.int().min(0),
  receiptSeries: seriesShape,
  creditNoteSeries: seriesShape,
  namesClient: z.boolean(),
  footer: z.string().trim().max(500),
});
export type ReceiptSettingsWish = z.infer<typeof receiptSettingsWishShape>;

/** `GET …/receipt-settings`. */
export const receiptSettingsShape = z
  .object({
    version: z.int(),
    receiptSeries: z.string(),
    creditNoteSeries: z.string(),
    namesClient: z.boolean(),
    footer: z.string(),
    companyMissing: z.boolean(),
  })
  .meta({ id: 'ReceiptSettings' });
export type ReceiptSettings = z.infer<typeof receiptSettingsShape>;
