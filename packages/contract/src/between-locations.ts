import { z } from 'zod';
import { currencyShape, signedMinorShape } from './money.ts';

const registerOfShape = z.object({ id: z.string(), name: z.string() });

/** `GET …/between-locations`: what this location owes others of the chain, because clients have spent there what lies here. */
export const betweenLocationsShape = z
  .object({
    debts: z.array(
      z.object({
        locationId: z.string(),
        name: z.string(),
        currency: currencyShape,
        owedMinor: signedMinorShape.describe('What this location owes it; below zero: what it owes this one'),
        from: z.array(registerOfShape).describe('Registers here out of which who asks may pay'),
        into: z.array(registerOfShape).describe('Registers there into which they may pay; none: no right there'),
      }),
    ),
  })
  .meta({ id: 'BetweenLocations' });
export type BetweenLocations = z.infer<typeof betweenLocationsShape>;

/** `POST …/between-locations/payments`: pays another location back, register to register; in both books. The same key has one effect. */
export const betweenPaymentWishShape = z.strictObject({
  key: z.string().min(16).max(64),
  locationId: z.string().max(60),
  fromRegisterId: z.string().max(60),
  toRegisterId: z.string().max(60),
  amountMinor: z.int().min(1),
  comment: z.string().trim().max(300).default(''),
});
export type BetweenPaymentWish = z.input<typeof betweenPaymentWishShape>;
