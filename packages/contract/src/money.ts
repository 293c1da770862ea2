import { z } from 'zod';

/** An amount in JSON: an integer of minor units, small enough to be exact in every JSON reader (below 2^53). */
export const amountMinorShape = z.int().min(0).describe('Minor units of the currency (cents; whole units for JPY).');
/** An amount that may be below nothing: a balance, a difference. */
export const signedMinorShape = z.int().describe('Minor units of the currency; may be below zero');
export const currencyShape = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .describe('ISO 4217');

/** bigint → JSON integer. Throws above 2^53 − 1 instead of rounding money. */
export function toJsonAmount(amountMinor: bigint): number {
  const number = Number(amountMinor);
  if (!Number.isSafeInteger(number)) throw new RangeError('amount beyond 2^53');
  return number;
}
