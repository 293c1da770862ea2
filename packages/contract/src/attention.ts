import { z } from 'zod';
import { amountMinorShape, currencyShape } from './money.ts';
import { instantShape } from './time.ts';

/** What a person may do about something in *Needs attention*. What closes by itself has none of these, and says where it is dealt with. */
export const attentionActions = [
  'keep', // the money stays on the client’s account
  'refund', // a refund is proposed (Finance → Refunds)
  'to_account', // nobody’s money becomes the client’s
  'look_again', // ask the provider now
  'note', // seen, with a reason
  'evidence_sent', // a dispute was answered at the provider: the bank's word is waited for
  'accept_loss', // a dispute is given up
] as const;
export type AttentionAction = (typeof attentionActions)[number];

/** Where something is dealt with that closes by itself. */
export const attentionPlaces = ['refunds', 'reconciliation', 'cashless_payment', 'client', 'phone_confirmation', 'webhooks'] as const;

const whyNotShape = z.enum(['right_missing', 'too_long_ago', 'nobodys', 'nothing_left']).nullable();
export type WhyNotAction = NonNullable<z.infer<typeof whyNotShape>>;

/** `GET …/attention`: money and payments that a person has to look at, oldest first; or what was, newest first. */
export const attentionListShape = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        kind: z.string(),
        subject: z.object({ kind: z.string(), id: z.string() }),
        appointment: z.object({ id: z.string(), startsAt: instantShape, serviceNames: z.array(z.string()) }).nullable(),
        client: z.object({ id: z.string(), name: z.string() }).nullable().describe('Null: nobody is known, or without the right to see clients'),
        payment: z.object({ id: z.string(), reference: z.string(), provider: z.string(), connection: z.string() }).nullable(),
        amountMinor: amountMinorShape.nullable(),
        currency: currencyShape.nullable(),
        detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).describe('Facts that go with the kind'),
        openedAt: instantShape,
        actions: z.array(z.object({ action: z.enum(attentionActions), whyNot: whyNotShape })),
        place: z.enum(attentionPlaces).nullable().describe('Where it is dealt with'),
        resolved: z.object({ at: instantShape, by: z.string().nullable(), resolution: z.string(), because: z.string() }).nullable(),
      }),
    ),
    open: z.int().describe('How many wait'),
    timeZone: z.string(),
  })
  .meta({ id: 'AttentionList' });
export type AttentionList = z.infer<typeof attentionListShape>;
export type AttentionItem = AttentionList['items'][number];

export const attentionQueryShape = z.object({ state: z.enum(['open', 'done']).default('open') });

/** `GET …/attention/count`: how many wait; what the menu shows. */
export const attentionCountShape = z.object({ open: z.int() }).meta({ id: 'AttentionCount' });
export type AttentionCount = z.infer<typeof attentionCountShape>;

/** `POST …/attention/:id/resolution` */
export const attentionWishShape = z.strictObject({ action: z.enum(attentionActions), because: z.string().trim().max(300).default('') });
export type AttentionWish = z.infer<typeof attentionWishShape>;
