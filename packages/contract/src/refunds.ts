import { z } from 'zod';
import { amountMinorShape, currencyShape } from './money.ts';
import { appointmentStatuses } from './steps.ts';
import { instantShape } from './time.ts';

/** How a refund stands. Nothing is erased: what is over stays in the list. */
export const refundStatuses = [
  'open', // proposed: waits for somebody who may approve it
  'approved', // may be sent
  'sending', // the provider has it, or another refund of the same payment is first
  'given_back',
  'declined', // kept, with the reason
  'nothing_left', // all of that payment has gone back another way
] as const;
export type RefundStatus = (typeof refundStatuses)[number];

/** Why it was proposed. */
export const refundReasons = ['cancelled_by_client', 'cancelled_by_staff', 'no_show', 'asked_by_client', 'by_staff'] as const;
export type RefundReason = (typeof refundReasons)[number];

/** Which way money goes back. */
export const refundWays = ['provider', 'account', 'register'] as const;
export type RefundWay = (typeof refundWays)[number];

/** Where money that may go back came from. */
export const refundSourceShape = z.strictObject({
  kind: z
    .enum(['payment', 'desk', 'account'])
    .describe('payment: a line of an online payment; desk: cash or card at the desk; account: a client account'),
  id: z.string().max(60).describe('The payment’s id; the appointment’s for money of a client account'),
  lineNo: z.int().min(0).max(1000).describe('0 where there is only one'),
});
export type RefundSource = z.infer<typeof refundSourceShape>;

/** Why something cannot be done here and now. */
const whyNotShape = z
  .enum([
    'right_missing',
    'over_limit', // the role may give back less
    'second_person', // somebody else has to approve
    'not_approved',
    'under_way',
    'closed',
    'nothing_left',
    'disputed', // the client's bank may still take it back
    'provider_cannot', // gives nothing back by a call
    'only_in_full',
    'not_by_provider', // did not come through one
    'already_on_account',
    'not_on_account', // the client has spent it
    'nobodys', // no client it could belong to
    'no_register',
  ])
  .nullable();
export type WhyNotRefund = NonNullable<z.infer<typeof whyNotShape>>;

export const moneySourceShape = z.object({
  source: refundSourceShape,
  by: z.string().describe('What the salon calls it: the provider’s connection; empty otherwise'),
  kind: z.enum(['online', 'link', 'cash', 'card', 'account']),
  placed: z.enum(['applied', 'credited', 'unplaced']).describe('credited: it lies on the client’s account; unplaced: nobody’s'),
  cameAt: instantShape,
  cameMinor: amountMinorShape,
  leftMinor: amountMinorShape,
  currency: currencyShape,
});

const stamp = z.object({ at: instantShape, by: z.string() });

export const refundItemShape = z
  .object({
    id: z.string(),
    version: z.int(),
    status: z.enum(refundStatuses),
    reason: z.enum(refundReasons),
    appointmentId: z.string(),
    appointment: z.object({ status: z.enum(appointmentStatuses), startsAt: instantShape, staffName: z.string(), serviceNames: z.array(z.string()) }),
    clientName: z.string().nullable().describe('Null: without the right to see clients'),
    money: moneySourceShape,
    currency: currencyShape,
    proposedMinor: amountMinorShape.describe('What the terms said, or who proposed it'),
    amountMinor: amountMinorShape.describe('What is to go back, as it was changed last'),
    policy: z
      .object({
        percent: z.int(),
        paidMinor: amountMinorShape,
        hoursBefore: z.number().describe('How long before the visit it was cancelled; below zero: after it began'),
        of: z.string().optional(),
        seen: z.object({ at: instantShape, backMinor: amountMinorShape }).optional().describe('What the client was shown'),
      })
      .nullable(),
    words: z.string().describe('What staff wrote, or why it was declined'),
    opened: stamp,
    edited: stamp.nullable(),
    approved: stamp.nullable(),
    closed: stamp.nullable(),
    way: z.enum(refundWays).nullable(),
    trouble: z.string().nullable().describe('What the provider said when it failed last, in its words'),
    provider: z
      .object({ status: z.enum(['waiting', 'intended', 'pending', 'refunded', 'failed']), tries: z.int(), nextLookAt: instantShape.nullable() })
      .nullable()
      .describe('waiting: another refund of the same payment is first'),
    ways: z.array(z.object({ way: z.enum(refundWays), whyNot: whyNotShape })),
    may: z.object({ edit: whyNotShape, approve: whyNotShape, send: whyNotShape, decline: whyNotShape }),
  })
  .meta({ id: 'Refund' });
export type RefundItem = z.infer<typeof refundItemShape>;

/** What is left of an account or of a membership, which one person wants to give back and another one has to agree to. */
const askedRefundShape = z
  .object({
    of: z.object({ kind: z.enum(['account', 'membership']), id: z.string(), name: z.string().nullable().describe('Null: the ordinary account') }),
    client: z.object({ id: z.string(), name: z.string() }).nullable().describe('Null: without the right to see clients'),
    amountMinor: amountMinorShape,
    currency: currencyShape,
    because: z.string(),
    asked: stamp,
    may: z.object({ agree: whyNotShape, decline: whyNotShape }),
  })
  .meta({ id: 'AskedRefund' });
export type AskedRefund = z.infer<typeof askedRefundShape>;

/** `GET …/refunds`: Finance → Refunds. */
export const refundListShape = z
  .object({
    items: z.array(refundItemShape),
    asked: z
      .array(askedRefundShape)
      .describe('What waits for a second person outside of payments of visits; longest waiting first. Not with what is closed, nor of one visit'),
    counts: z.object({ asked: z.int(), open: z.int(), approved: z.int(), sending: z.int(), closed: z.int() }),
    next: z.string().nullable().describe('Hand it in as `before` for what is older'),
    registers: z
      .array(z.object({ id: z.string(), name: z.string(), kind: z.enum(['cash', 'cashless']) }))
      .describe('From which the user may pay out'),
    settings: z.object({ secondPersonFromMinor: amountMinorShape.nullable(), mayChange: z.boolean(), currency: currencyShape }),
    limitMinor: amountMinorShape.nullable().describe('How much the user may give back; null: as much as there is'),
  })
  .meta({ id: 'RefundList' });
export type RefundList = z.infer<typeof refundListShape>;

export const refundQueryShape = z.object({
  state: z.enum(['todo', 'closed', 'all']).default('todo'),
  appointment: z.string().max(60).optional(),
  before: z.string().max(60).optional(),
});

const words = z.string().trim().max(300);
const based = { version: z.int().min(1) };

/** `POST …/refunds`: somebody proposes to give money back. */
export const refundWishShape = z.strictObject({
  key: z.string().min(16).max(64).describe('Made by the screen: repeating it has one effect'),
  appointmentId: z.string().max(60),
  source: refundSourceShape,
  amountMinor: z.int().min(1),
  because: words,
});
export type RefundWish = z.infer<typeof refundWishShape>;

/** `PUT …/refunds/:refund` */
export const refundEditShape = z.strictObject({ ...based, amountMinor: z.int().min(1), because: words });
/** `POST …/refunds/:refund/approval` */
export const refundApprovalShape = z.strictObject(based);
/** `POST …/refunds/:refund/refusal` */
export const refundRefusalShape = z.strictObject({ ...based, because: words.min(1) });
/** `POST …/asked-refunds/:kind/:subject/refusal` */
export const askedRefusalShape = z.strictObject({ because: words.min(1) });
/** `POST …/refunds/:refund/sending` */
export const refundSendingShape = z.strictObject({
  ...based,
  key: z.string().min(16).max(64).describe('Made by the screen: repeating it has one effect'),
  way: z.enum(refundWays),
  registerId: z.string().max(60).nullable().describe('Which register pays it out, where the way is register'),
});
export type RefundSending = z.infer<typeof refundSendingShape>;

/** `PUT …/refund-settings` */
export const refundSettingsShape = z.strictObject({
  secondPersonFromMinor: z
    .int()
    .min(0)
    .nullable()
    .describe('Above this amount somebody else than who proposed or changed it approves; null: nobody has to'),
});

/** `GET …/appointments/:id/refundable`: what was paid for a visit, payment by payment, and what of it is left. */
export const refundableShape = z
  .object({
    appointmentId: z.string(),
    currency: currencyShape,
    money: z.array(moneySourceShape.extend({ open: z.boolean().describe('A refund of it is under way already') })),
  })
  .meta({ id: 'Refundable' });
export type Refundable = z.infer<typeof refundableShape>;
