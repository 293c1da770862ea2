import { z } from 'zod';
import { amountMinorShape, currencyShape } from './money.ts';
import { widgetEvents } from './widget-events.ts';

/** `POST /api/v1/bookings/:token/purchase-claims`: payments that the client's page, and nobody else, is to tell Google Analytics of. */
export const purchasesShape = z
  .object({
    purchases: z
      .array(
        z.object({
          transactionId: z.string(),
          valueMinor: amountMinorShape,
          currency: currencyShape,
          items: z
            .array(z.object({ id: z.string(), name: z.string(), priceMinor: amountMinorShape, quantity: z.int(), staffId: z.string().optional() }))
            .describe('What was paid for; prices times quantities come to the value'),
        }),
      )
      .describe('Empty: there are none, or somebody else tells of them'),
  })
  .meta({ id: 'Purchases' });
export type Purchases = z.infer<typeof purchasesShape>;

/** `POST /api/v1/locations/:chain/:location/measured-events`: what a client's page has handed to Google's script, for the salon's list of the last ones. */
export const measuredEventShape = z.strictObject({
  link: z.string().max(60),
  name: z.enum([...widgetEvents, 'purchase']),
  valueMinor: amountMinorShape.optional(),
  currency: currencyShape.optional(),
  transactionId: z.string().max(80).optional(),
});
