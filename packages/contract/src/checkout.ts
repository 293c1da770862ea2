import { z } from 'zod';
import { accountHoldShape, clientAccountShape } from './accounts.ts';
import { paymentUnderWayShape } from './calendar.ts';
import { notCoveredReasons } from './membership-use.ts';
import { amountMinorShape, currencyShape } from './money.ts';
import { attemptStatuses } from './steps.ts';
import { serviceTaxShape } from './taxes.ts';
import { instantShape } from './time.ts';

/** `GET …/appointments/:id/checkout`: the Checkout tab of the booking window. */
export const checkoutShape = z
  .object({
    appointmentId: z.string(),
    version: z.int(),
    currency: currencyShape,
    lines: z.array(
      z.object({
        name: z.string(),
        costMinor: amountMinorShape,
        tax: serviceTaxShape.pick({ name: true, basisPoints: true }).nullable().describe('Contained in the cost'),
      }),
    ),
    costMinor: amountMinorShape,
    paidMinor: amountMinorShape,
    heldMinor: amountMinorShape.describe('Kept on client accounts for this visit until the rest is paid'),
    dueMinor: amountMinorShape.describe('What is still due, without what is held: the amount a payment link asks for'),
    registers: z
      .array(z.object({ id: z.string(), name: z.string().describe('`main`, `card`, or the name it was given'), kind: z.enum(['cash', 'cashless']) }))
      .describe('Into which the user may take money'),
    payments: z
      .array(
        z.object({
          id: z.string(),
          kind: z.enum(['online', 'link', 'cash', 'card', 'account']),
          at: instantShape,
          amountMinor: amountMinorShape,
          refundedMinor: amountMinorShape,
          disputedMinor: amountMinorShape.describe('Withdrawn because the client’s bank disputes it, until that has decided'),
          chargedBackMinor: amountMinorShape.describe('The client’s bank has taken it back for good'),
          status: z.enum(['taken', 'reversed', ...attemptStatuses]),
          placed: z
            .enum(['applied', 'credited', 'unplaced', 'pending', 'handed_back'])
            .describe('credited: it lies on the client’s account; handed_back: it was paid out from a register'),
          by: z.string().describe('A provider’s or a user’s name'),
          mayReverse: z.boolean(),
          account: z
            .object({ id: z.string(), clientId: z.string(), clientName: z.string().nullable(), typeName: z.string().nullable() })
            .nullable()
            .describe('Of kind `account`: from whose; perhaps another client’s'),
        }),
      )
      .describe('Newest first; payments that came to nothing included'),
    link: z.object({
      state: z.enum(['ready', 'off', 'nothing_due', 'not_payable']).describe('off: the method is switched off; not_payable: cancelled or expired'),
      url: z.string().nullable().describe('Null until the link is made (or may be made)'),
      mayBeSentBy: z.array(z.enum(['sms', 'email'])).describe('Channels that are set up and for which the client has an address'),
    }),
    payment: paymentUnderWayShape.extend({ attemptId: z.string(), via: z.enum(['online', 'link']), mayCancel: z.boolean() }).nullable(),
    accounts: z
      .array(clientAccountShape)
      .describe('The client’s own that may pay here; empty without the right. Another client’s: …/clients/:client/accounts'),
    holds: z.array(accountHoldShape).describe('Live ones, oldest first'),
    cover: z
      .object({
        offer: z
          .array(
            z.object({ serviceId: z.string(), name: z.string(), costMinor: amountMinorShape, membershipName: z.string(), left: z.int().nullable() }),
          )
          .describe('Services that a membership of the client would cover'),
        reason: z.enum(notCoveredReasons).nullable().describe('Why there is none'),
        covered: z.array(
          z.object({
            id: z.string(),
            serviceName: z.string(),
            membershipName: z.string(),
            status: z.enum(['reserved', 'used']),
            because: z.string(),
          }),
        ),
      })
      .nullable()
      .describe('Null: without the right to pay from memberships'),
    client: z.object({ id: z.string(), name: z.string(), phone: z.string().nullable(), email: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'Checkout' });
export type Checkout = z.infer<typeof checkoutShape>;

/** `POST …/appointments/:id/desk-payments`: cash or card at the desk, into a register. Repeating it with the same key has one effect. */
export const deskPaymentWishShape = z.strictObject({
  key: z.string().min(16).max(64),
  registerId: z.string().min(3).max(60),
  amountMinor: z.int().min(1),
  version: z.int().min(1),
});
export type DeskPaymentWish = z.infer<typeof deskPaymentWishShape>;

/** `POST …/desk-payments/:paymentId/reversal`: taken by mistake. The books keep it and add its reversal. */
export const reversalWishShape = z.strictObject({ because: z.string().trim().min(1).max(300) });

/** `POST …/appointments/:id/payment-link/messages` */
export const linkMessageWishShape = z.strictObject({ channel: z.enum(['sms', 'email']) });

/** `GET /api/v1/payment-links/:token`: what the link page shows. Changes nothing, however often it is opened. */
export const paymentLinkShape = z
  .object({
    state: z
      .enum(['ready', 'checking', 'paid', 'cancelled', 'off', 'nothing_due', 'expired', 'unavailable'])
      .describe('ready: a POST leads to the provider’s page; the others have nothing to pay, and say why'),
    chainName: z.string(),
    locationName: z.string(),
    address: z.string(),
    phone: z.string(),
    language: z.string(),
    timeZone: z.string(),
    serviceNames: z.array(z.string()),
    staffName: z.string(),
    startsAt: instantShape,
    dueMinor: amountMinorShape,
    paidMinor: amountMinorShape,
    currency: currencyShape,
    company: z.object({ legalName: z.string(), registrationNumber: z.string(), legalAddress: z.string() }).nullable(),
    now: instantShape,
  })
  .meta({ id: 'PaymentLink' });
export type PaymentLink = z.infer<typeof paymentLinkShape>;
