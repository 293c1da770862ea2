import { z } from 'zod';
import { instantShape } from './time.ts';

const draftIdShape = z
  .string()
  .min(16)
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/)
  .describe('Of the booking it is for');
const phoneShape = z.string().trim().min(5).max(40).describe('As typed; national numbers are read in the location’s country');

/** `POST …/phone-codes`: a code is sent to this telephone. Whatever number it is, the answer looks the same. */
export const phoneCodeWishShape = z.strictObject({
  draftId: draftIdShape,
  phone: phoneShape,
  language: z.string().min(2).max(10).describe('Of the message'),
});
export type PhoneCodeWish = z.infer<typeof phoneCodeWishShape>;

export const phoneCodeShape = z
  .object({
    phone: z.string().describe('As it was understood, to be shown'),
    resendAt: instantShape.describe('From when on another one can be asked for'),
    expiresAt: instantShape,
    now: instantShape,
  })
  .meta({ id: 'PhoneCode' });
export type PhoneCode = z.infer<typeof phoneCodeShape>;

/** `POST …/phone-codes/confirmation`. Refuses with `wrong_code`: detail.because says which way, detail.triesLeft how many tries this code still has. */
export const phoneCodeTryShape = z.strictObject({
  draftId: draftIdShape,
  phone: phoneShape,
  code: z.string().regex(/^\d{6}$/, 'six digits'),
});
export type PhoneCodeTry = z.infer<typeof phoneCodeTryShape>;

export const wrongCodes = ['wrong', 'run_out', 'too_many_tries'] as const;
export type WrongCode = (typeof wrongCodes)[number];

export const phoneConfirmedShape = z
  .object({
    proof: z.string().describe('Goes into the booking as phoneConfirmation; good for this draft and phone only'),
    phone: z.string(),
    validUntil: instantShape,
    now: instantShape,
  })
  .meta({ id: 'PhoneConfirmed' });
export type PhoneConfirmed = z.infer<typeof phoneConfirmedShape>;

/** `GET …/phone-codes` of the salon: what codes cost, and who abuses them. */
export const phoneCodesShape = z
  .object({
    codesPerDay: z.int().describe('How many this location sends in 24 hours'),
    version: z.int().describe('Hand it in with the change'),
    smsIsOn: z.boolean().describe('Without SMS no telephone can be confirmed'),
    lastDay: z.object({ sent: z.int(), confirmed: z.int(), heldBack: z.int().describe('Asked for with a blocked prefix: nothing was sent') }),
    blocked: z.array(
      z.object({ prefix: z.string(), numbers: z.int().describe('How many had been asked for'), blockedAt: instantShape, blockedUntil: instantShape }),
    ),
    now: instantShape,
    timeZone: z.string(),
  })
  .meta({ id: 'PhoneCodes' });
export type PhoneCodes = z.infer<typeof phoneCodesShape>;

/** `PUT …/phone-codes/budget` */
export const phoneCodeBudgetWishShape = z.strictObject({ codesPerDay: z.int().min(1).max(100_000), version: z.int().min(0) });
export type PhoneCodeBudgetWish = z.infer<typeof phoneCodeBudgetWishShape>;

/** `POST …/phone-codes/unblocked-prefixes` */
export const unblockPrefixShape = z.strictObject({ prefix: z.string().regex(/^\+\d{1,14}$/) });
