import { z } from 'zod';
import { currencyShape, signedMinorShape } from './money.ts';
import { dayShape, instantShape } from './time.ts';

/** The tax of one service of a visit, as it was when that was booked. */
export const serviceTaxShape = z
  .object({
    rateId: z.string(),
    name: z.string(),
    basisPoints: z.int().min(0).max(10_000).describe('Hundredths of a percent: 2300 is 23 %'),
    inclusive: z.boolean().describe('Whether the price in the catalogue contained it already. What a client is asked for always does.'),
  })
  .meta({ id: 'ServiceTax' });
export type ServiceTax = z.infer<typeof serviceTaxShape>;

export const taxRateWishShape = z.strictObject({
  name: z.string().trim().min(1).max(60),
  basisPoints: z.int().min(0).max(10_000),
  inclusive: z.boolean(),
});
export type TaxRateWish = z.infer<typeof taxRateWishShape>;

/** What a service says of its tax: as the location does, none, or a rate of its own. */
export const serviceSaysShape = z.union([z.literal('default'), z.literal('none'), z.string().min(3).max(60)]);

/** `GET …/taxes`: Finance → Tax rates. */
export const taxesShape = z
  .object({
    rates: z.array(
      serviceTaxShape.extend({
        madeAt: instantShape,
        endedAt: instantShape.nullable().describe('Ended rates stay for what was booked under them'),
        services: z.int(),
      }),
    ),
    defaultRateId: z.string().nullable().describe('Of services that say nothing else'),
    services: z.array(z.object({ serviceId: z.string(), name: z.string(), category: z.string(), tax: serviceSaysShape, version: z.int() })),
  })
  .meta({ id: 'Taxes' });
export type Taxes = z.infer<typeof taxesShape>;

/** `PUT …/taxes/use`: which rate is for what. Only what is named changes. */
export const taxUseShape = z.strictObject({
  defaultRate: z.strictObject({ was: z.string().max(60).nullable(), becomes: z.string().max(60).nullable() }).optional(),
  services: z.array(z.strictObject({ serviceId: z.string().max(60), was: serviceSaysShape, becomes: serviceSaysShape })).max(2000),
});
export type TaxUse = z.infer<typeof taxUseShape>;

export const taxReportQueryShape = z.object({ from: dayShape, to: dayShape.describe('Included') });

/** `GET …/tax-report`: what visits of these days have earned, by rate. */
export const taxReportShape = z
  .object({
    from: dayShape,
    to: dayShape,
    lines: z.array(
      z.object({
        rateId: z.string().nullable().describe('Null: without tax'),
        name: z.string().nullable(),
        basisPoints: z.int().nullable(),
        currency: currencyShape,
        netMinor: signedMinorShape,
        taxMinor: signedMinorShape,
        grossMinor: signedMinorShape,
      }),
    ),
  })
  .meta({ id: 'TaxReport' });
export type TaxReport = z.infer<typeof taxReportShape>;
