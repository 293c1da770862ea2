import { z } from 'zod';
import { amountMinorShape, currencyShape } from './money.ts';

/** `GET …/bookables`: what staff can book here and who does it, with what each team member takes for it. Archived ones and events are left out; online booking does not matter. */
export const bookablesShape = z
  .object({
    currency: currencyShape,
    stepMinutes: z.int(),
    categories: z.array(z.object({ id: z.string(), name: z.string() })).describe('In the owner’s order; only those that have a service'),
    services: z.array(
      z.object({
        id: z.string(),
        categoryId: z.string(),
        name: z.string(),
        priceMinMinor: amountMinorShape,
        priceMaxMinor: amountMinorShape,
        durationMinutes: z.int(),
      }),
    ),
    staff: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        position: z.string(),
        services: z
          .array(z.object({ serviceId: z.string(), priceMinMinor: amountMinorShape, priceMaxMinor: amountMinorShape, durationMinutes: z.int() }))
          .describe('What they do: their own price and length where they have one'),
      }),
    ),
  })
  .meta({ id: 'Bookables' });
export type Bookables = z.infer<typeof bookablesShape>;
