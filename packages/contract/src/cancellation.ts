import { z } from 'zod';
import { policyFault } from './cancellation-rules.ts';
import { amountMinorShape, currencyShape } from './money.ts';
import { instantShape } from './time.ts';

const hoursShape = z.int().min(0).max(8760);
const percentShape = z.int().min(0).max(100);

const fields = {
  steps: z
    .array(z.strictObject({ hours: hoursShape.describe('Until so many hours before the visit'), percent: percentShape }))
    .max(6)
    .describe('Earliest first; less notice never gives more back'),
  afterPercent: percentShape.describe('What comes back after the last step'),
  noShowPercent: percentShape.describe('What comes back to who did not come'),
  cancelOnline: z
    .strictObject({ unprepaid: hoursShape.nullable(), prepaid: hoursShape.nullable() })
    .describe('Until so many hours before the visit clients cancel by themselves; null: never'),
};

/** What cancelling means at a location, or for a service that has a policy of its own. */
export const cancellationPolicyWishShape = z.strictObject(fields).refine((policy) => policyFault(policy) === undefined, {
  path: ['steps'],
  message: 'Steps go from the earliest to the latest, and less notice never gives more back.',
});

/** The same as it is read: of an appointment it also says which service made a step so strict. */
export const cancellationPolicyShape = z
  .object({
    ...fields,
    steps: z.array(z.object({ hours: z.number(), percent: z.int(), of: z.string().optional() })),
    moveOnline: z
      .object({ unprepaid: hoursShape.nullable(), prepaid: hoursShape.nullable() })
      .optional()
      .describe('Until so many hours before the visit clients move it by themselves; null: never'),
  })
  .meta({ id: 'CancellationPolicy' });

/** One payment of a visit and what of it would come back. */
const quotedPaymentShape = z.object({
  kind: z.enum(['online', 'link', 'cash', 'card', 'account']),
  by: z.string().describe('The provider’s name; empty where there is none'),
  leftMinor: amountMinorShape.describe('What of it has not gone back yet'),
  backMinor: amountMinorShape,
});

/** Visits of one membership that are reserved for an appointment. Those without a number are not named: as many are left as they like. */
const quotedVisitsShape = z.object({
  membershipName: z.string(),
  visits: z.int().min(1),
  back: z.boolean().describe('Cancelled now they come back; false: they are used'),
  until: instantShape.nullable().describe('Until when they come back; null: always, or no more'),
});

/** What cancelling one appointment would give back, now and later. */
export const quotedCancellationShape = z.object({
  appointmentId: z.string(),
  paidMinor: amountMinorShape,
  backMinor: amountMinorShape,
  percent: z.int(),
  of: z.string().optional().describe('The service whose own policy decides'),
  steps: z
    .array(z.object({ until: instantShape.nullable().describe('Null: from then on'), backMinor: amountMinorShape, percent: z.int() }))
    .describe('From now on; the first is what holds now'),
  payments: z.array(quotedPaymentShape),
  visits: z.array(quotedVisitsShape).describe('Of memberships'),
});

export const cancellationQuoteShape = z
  .object({
    currency: currencyShape,
    at: instantShape.describe('Hand it in with the cancellation: what was seen a moment ago still holds'),
    backMinor: amountMinorShape.describe('What would be proposed to go back, in all'),
    until: instantShape.nullable().describe('When that changes'),
    thenMinor: amountMinorShape.nullable().describe('And to what'),
    visitsLost: z.int().min(0).describe('Visits of memberships that would be used'),
    cancelUntil: instantShape.nullable().describe('Until when clients can cancel by themselves; null: they have to call'),
    appointments: z.array(quotedCancellationShape),
  })
  .meta({ id: 'CancellationQuote' });
export type CancellationQuote = z.infer<typeof cancellationQuoteShape>;

/** What the client saw before they confirmed. Within five minutes it holds, also if the amount has changed since. */
export const seenQuoteShape = z.strictObject({
  at: instantShape,
  backMinor: amountMinorShape,
  visitsLost: z.int().min(0).optional().describe('Left out: nobody was shown what becomes of visits of memberships'),
});
export type SeenQuote = z.infer<typeof seenQuoteShape>;
