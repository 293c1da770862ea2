import { z } from 'zod';
import { cancellationQuoteShape } from './cancellation.ts';
import { instantShape } from './time.ts';

/** `POST /api/v1/bookings/:token/appointments/:appointmentId/move-quotes`: what would moving it there mean? Changes nothing. */
export const moveAskedShape = z.strictObject({
  startsAt: instantShape,
  staffId: z.string().min(3).max(60).nullable().describe('null = any team member who does it at the agreed price'),
});

/** `POST /api/v1/bookings/:token/appointments/:appointmentId/moves` */
export const moveByClientShape = moveAskedShape.extend({
  from: instantShape.describe('When it was to begin as the client saw it: whoever moved it meanwhile is not overruled'),
  seen: z
    .strictObject({
      at: instantShape.describe('`cancellation.at` of the quote for moving'),
      mostPercent: z.int().min(0).max(100),
      visitsLost: z.int().min(0),
    })
    .optional()
    .describe(
      'What the client was shown. It holds for five minutes; after that, where something else comes back by now, the answer is quote_changed (because: other_consequence)',
    ),
});
export type MoveByClient = z.infer<typeof moveByClientShape>;

export const moveQuoteShape = z
  .object({
    startsAt: instantShape,
    endsAt: instantShape,
    staffId: z.string(),
    staffName: z.string(),
    mostPercent: z.int().describe('Of what was paid no more than this comes back after moving: what cancelling now would give'),
    cancellation: cancellationQuoteShape.describe('What cancelling would mean once it is moved'),
  })
  .meta({ id: 'MoveQuote' });
export type MoveQuote = z.infer<typeof moveQuoteShape>;
