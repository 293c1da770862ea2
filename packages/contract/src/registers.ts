import { z } from 'zod';
import { amountMinorShape, currencyShape, signedMinorShape } from './money.ts';
import { dayShape, instantShape } from './time.ts';

export const registerKinds = ['cash', 'cashless'] as const;
const registerKindShape = z.enum(registerKinds);

/** What a bank keeps of each card payment that is taken into a register at the desk. */
const acquiringFeeShape = z.object({
  basisPoints: z.int().min(0).max(10_000).describe('Hundredths of a percent of the amount'),
  fixedMinor: amountMinorShape.max(1_000_000_000).describe('And this much of each payment'),
});

export const registerShape = z
  .object({
    id: z.string(),
    version: z.int().describe('Hand it in with a change: if somebody else was faster, the answer is changed_meanwhile'),
    name: z.string().describe('`main`, `card` (screens have their own words for these two), or the name it was given'),
    standard: z.boolean().describe('One of the two that every location has: it keeps its name and is never archived'),
    kind: registerKindShape,
    currency: currencyShape,
    fee: acquiringFeeShape.describe('Charged by itself on each card payment that is taken into it at the desk'),
    comment: z.string(),
    balanceMinor: signedMinorShape.describe('What is in it now'),
    withProviders: z
      .array(z.object({ connectionId: z.string(), provider: z.string(), label: z.string(), amountMinor: signedMinorShape, currency: currencyShape }))
      .describe('What providers that pay into it still have of ours'),
    opening: z
      .object({ entryId: z.string(), amountMinor: amountMinorShape, happenedAt: instantShape })
      .nullable()
      .describe('What was in it before the books began; null: never said, or undone'),
    archivedAt: instantShape.nullable(),
    mayChoose: z.boolean().describe('Whether the user’s role may put money into it and take money out'),
  })
  .meta({ id: 'CashRegister' });
export type CashRegister = z.infer<typeof registerShape>;

/** `GET …/registers`: in their order, the archived ones last. */
export const registersShape = z.object({ registers: z.array(registerShape) }).meta({ id: 'CashRegisters' });
export type CashRegisters = z.infer<typeof registersShape>;

const nameShape = z.string().trim().min(1).max(80);
const commentShape = z.string().trim().max(500);

/** `POST …/registers` */
export const registerWishShape = z.strictObject({
  name: nameShape,
  kind: registerKindShape,
  fee: acquiringFeeShape.default({ basisPoints: 0, fixedMinor: 0 }).describe('Of a cashless one only'),
  comment: commentShape.default(''),
});
export type RegisterWish = z.input<typeof registerWishShape>;

/** `PATCH …/registers/:register` */
export const registerChangeShape = z.strictObject({
  version: z.int().min(1),
  name: nameShape.optional().describe('Of own ones only'),
  fee: acquiringFeeShape.optional(),
  comment: commentShape.optional(),
});
export type RegisterChange = z.infer<typeof registerChangeShape>;

/** `PUT …/register-order`, `PUT …/payment-item-order` */
export const orderWishShape = z.strictObject({
  ids: z.array(z.string().min(1).max(60)).max(200).describe('All that are not archived, in their new order'),
});

/** `POST …/registers/:register/archival` */
export const archivalWishShape = z.strictObject({ version: z.int().min(1), archived: z.boolean() });

/** What keeps a register from being archived: `detail.uses` of the refusal `still_used`. */
export const registerUseShape = z.union([
  z.object({ kind: z.literal('money'), amountMinor: signedMinorShape, currency: currencyShape }),
  z.object({ kind: z.literal('connection'), id: z.string(), name: z.string() }),
  z.object({ kind: z.literal('role'), id: z.string(), name: z.string() }),
]);
export type RegisterUse = z.infer<typeof registerUseShape>;

const keyShape = z.string().min(16).max(64).describe('Names the try of a screen: repeating it has one effect');
const positiveShape = z.int().min(1).max(1_000_000_000_000);

/** `POST …/registers/:register/opening-balance`: what was in it before. A mistake is undone, never edited. */
export const openingWishShape = z.strictObject({ key: keyShape, amountMinor: positiveShape, day: dayShape, comment: commentShape.default('') });
export type OpeningWish = z.input<typeof openingWishShape>;

/** `POST …/register-transfers`: between two registers of one currency. */
export const transferWishShape = z.strictObject({
  key: keyShape,
  fromRegisterId: z.string().min(1).max(60),
  toRegisterId: z.string().min(1).max(60),
  amountMinor: positiveShape,
  happenedAt: instantShape,
  comment: commentShape.default(''),
});
export type TransferWish = z.input<typeof transferWishShape>;

export const paymentItemShape = z
  .object({
    id: z.string(),
    name: z.string().describe('Empty for a standard one: screens have their own words for it'),
    standard: z.boolean(),
    direction: z.enum(['in', 'out']),
    version: z.int().describe('0 for a standard one, which is never changed'),
    used: z.boolean().describe('Money stands under it'),
    archivedAt: instantShape.nullable(),
  })
  .meta({ id: 'PaymentItem' });
export type PaymentItem = z.infer<typeof paymentItemShape>;

/** `GET …/payment-items`: the standard ones first, own ones in their order, the archived ones last. */
export const paymentItemsShape = z.object({ items: z.array(paymentItemShape) }).meta({ id: 'PaymentItems' });
export type PaymentItems = z.infer<typeof paymentItemsShape>;

/** `POST …/payment-items` */
export const paymentItemWishShape = z.strictObject({ name: nameShape, direction: z.enum(['in', 'out']) });
export type PaymentItemWish = z.infer<typeof paymentItemWishShape>;

/** `PATCH …/payment-items/:item` */
export const paymentItemChangeShape = z.strictObject({ version: z.int().min(1), name: nameShape });
