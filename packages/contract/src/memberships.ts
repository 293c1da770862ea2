import { z } from 'zod';
import { secondLookShape } from './accounts.ts';
import { draftIdShape, paymentAskedShape, wishedAppointmentShape, wishedEventShape } from './booking.ts';
import { notCoveredReasons } from './membership-use.ts';
import { amountMinorShape, currencyShape } from './money.ts';
import { instantShape } from './time.ts';

/*
 * For the salon, under `/api/v1/admin/locations/:location`; the right a route needs stands behind it.
 *   GET  membership-types                                   checkout.see         → MembershipTypes
 *   POST membership-types, PUT membership-types/:type       finance.edit         → MembershipTypes
 *   GET  clients/:client/memberships                        checkout.see         → MembershipsOfClient
 *   POST clients/:client/memberships                        accounts.top_up      → MembershipsOfClient
 *   POST memberships/:membership/freeze, …/unfreeze         accounts.top_up      → MembershipsOfClient
 *   POST memberships/:membership/cancellation               accounts.top_up      → MembershipsOfClient (an unpaid link)
 *   POST memberships/:membership/refund                     transactions.delete, refunds.make → MembershipsOfClient
 *   POST appointments/:appointment/membership-cover         accounts.pay         → Checkout
 *   POST appointments/:appointment/membership-cover/undo    accounts.pay         → Checkout
 * For clients, under `/api/v1/locations/:chain/:location`:
 *   GET  memberships                    what is sold online            → MembershipsOnSale
 *   POST memberships                    buy one: where to pay          → MembershipBought
 *   POST membership-cover               what covers this wish          → MembershipCover
 *   POST my-memberships                 all of a confirmed phone       → MyMemberships
 * `GET /api/v1/bookings/:token/memberships`, `GET /api/v1/membership-links/:token`, `POST /api/v1/membership-links/:token/payments`.
 */

const idShape = z.string().min(1).max(60);
const keyShape = z.string().min(16).max(64).describe('The screen’s name for this try: repeating it has one effect');
const periodShape = z.strictObject({ count: z.int().min(1).max(1000), unit: z.enum(['days', 'months']) });

const typeFields = {
  name: z.string().trim().min(1).max(80),
  priceMinor: z.int().min(1).max(Number.MAX_SAFE_INTEGER).describe('With tax'),
  visits: z.int().min(1).max(1000).nullable().describe('Null: as many as they like while it lasts'),
  period: periodShape.nullable().describe('Null: it never ends by itself'),
  begins: z.enum(['sale', 'first_visit']),
  locationIds: z.array(idShape).min(1).max(1000).describe('Where it may be bought and used; all of its currency'),
  serviceIds: z.array(idShape).min(1).max(2000).nullable().describe('Null: every service that takes memberships'),
  freezeDays: z.int().min(0).max(1000).describe('In all; 0: it cannot be frozen'),
  freezeTimes: z.int().min(0).max(100),
  lateHours: z.int().min(0).max(1000).nullable().describe('A visit cancelled by less than so long before counts as used. Null: it always comes back'),
  online: z.boolean().describe('Clients may buy it themselves'),
};
interface Ending {
  readonly visits: number | null;
  readonly period: unknown;
  readonly begins: string;
}
const ends = ({ visits, period }: Ending) => visits !== null || period !== null;
const beginsRightly = ({ period, begins }: Ending) => begins === 'sale' || period !== null;
const ENDS = { path: ['visits'], message: 'Visits, a period, or both.' };
const BEGINS = { path: ['begins'], message: 'Only a period can begin with the first visit.' };

/** `POST …/membership-types`: already_there (the name), invalid_request (a location of another currency, a service that is not there), right_missing. */
export const newMembershipTypeShape = z
  .strictObject({ ...typeFields, currency: currencyShape })
  .refine(ends, ENDS)
  .refine(beginsRightly, BEGINS);
export type NewMembershipType = z.infer<typeof newMembershipTypeShape>;
/** `PUT …/membership-types/:type`: what was sold keeps its terms. */
export const membershipTypeWishShape = z
  .strictObject({ ...typeFields, version: z.int().min(1), archived: z.boolean() })
  .refine(ends, ENDS)
  .refine(beginsRightly, BEGINS);
export type MembershipTypeWish = z.infer<typeof membershipTypeWishShape>;

export const membershipTypesShape = z
  .object({
    types: z
      .array(
        z.object({
          ...typeFields,
          id: z.string(),
          version: z.int(),
          currency: currencyShape,
          active: z.int().describe('How many clients can use one now'),
          archivedAt: instantShape.nullable().describe('What was sold can still be used; nobody buys one any more'),
        }),
      )
      .describe('By name, archived ones last'),
    locations: z.array(z.object({ id: z.string(), name: z.string(), currency: currencyShape, mayChoose: z.boolean() })),
    services: z.array(z.object({ id: z.string(), locationId: z.string(), name: z.string(), membership: z.enum(['payment', 'either', 'members']) })),
  })
  .meta({ id: 'MembershipTypes' });
export type MembershipTypes = z.infer<typeof membershipTypesShape>;

export const membershipStates = [
  'offered', // a link that nobody has paid
  'checking', // the provider is checking
  'cancelled', // the link leads nowhere any more
  'active',
  'frozen',
  'used_up',
  'ended',
  'refunding',
  'refunded',
] as const;
export type MembershipState = (typeof membershipStates)[number];

const membershipVisitShape = z.object({
  id: z.string(),
  status: z.enum(['reserved', 'used', 'returned']),
  because: z.string(),
  serviceName: z.string(),
  appointmentId: z.string(),
  locationName: z.string(),
  startsAt: instantShape,
  at: instantShape.describe('When it became so'),
});
const standing = {
  name: z.string(),
  state: z.enum(membershipStates),
  visits: z.int().nullable(),
  reserved: z.int(),
  used: z.int(),
  left: z.int().nullable().describe('Null: as many as they like'),
  soldAt: instantShape.nullable(),
  beginsAt: instantShape.nullable().describe('Null: with the first visit'),
  endsAt: instantShape.nullable().describe('The first moment it cannot be used; null: not known yet, or never'),
  frozenUntil: instantShape.nullable(),
};

export const membershipShape = z.object({
  ...standing,
  id: z.string(),
  version: z.int(),
  typeId: z.string(),
  currency: currencyShape,
  priceMinor: amountMinorShape,
  earnedMinor: amountMinorShape.describe('What of it the salon has earned by now'),
  refundableMinor: amountMinorShape.describe('What is not earned yet'),
  refundedMinor: amountMinorShape,
  lateHours: z.int().nullable(),
  allServices: z.boolean(),
  services: z.array(z.string()),
  locationId: z.string().describe('Where it was sold'),
  locationName: z.string(),
  way: z.enum(['register', 'account', 'link']),
  registerId: z.string().nullable(),
  by: z.string(),
  linkUrl: z.string().nullable().describe('While it waits to be paid'),
  freeze: z.object({ daysLeft: z.int(), timesLeft: z.int() }),
  mayFreeze: z.boolean(),
  mayRefund: z.boolean().describe('Sold here, and something of it is not earned'),
  refundAsked: secondLookShape.nullable().describe('Two people have to look: somebody has asked to refund it'),
  history: z.array(membershipVisitShape).describe('Newest first'),
});
export type Membership = z.infer<typeof membershipShape>;

export const membershipsOfClientShape = z
  .object({
    clientId: z.string(),
    clientName: z.string(),
    memberships: z.array(membershipShape).describe('What can be used first'),
    onSale: z.array(z.object({ typeId: z.string(), name: z.string(), currency: currencyShape, priceMinor: amountMinorShape })),
    registers: z.array(z.object({ id: z.string(), name: z.string(), mayTake: z.boolean() })),
    accounts: z.array(z.object({ id: z.string(), name: z.string(), spendableMinor: amountMinorShape })),
    link: z.boolean().describe('Payment by link is switched on here'),
    rights: z.object({ sell: z.boolean(), refund: z.boolean() }),
    now: instantShape,
  })
  .meta({ id: 'MembershipsOfClient' });
export type MembershipsOfClient = z.infer<typeof membershipsOfClientShape>;

/** `POST …/clients/:client/memberships`: not_enough_on_account, already_there (the key), payment_unavailable, changed_meanwhile (the price is another by now). */
export const membershipSaleShape = z.strictObject({
  key: keyShape,
  typeId: idShape,
  priceMinor: z.int().min(1).describe('What the screen showed'),
  pay: z.discriminatedUnion('way', [
    z.strictObject({ way: z.literal('register'), registerId: idShape }),
    z.strictObject({ way: z.literal('account'), accountId: z.string().max(140) }),
    z.strictObject({ way: z.literal('link') }),
  ]),
});
export type MembershipSale = z.infer<typeof membershipSaleShape>;

/** `POST …/memberships/:membership/freeze`: step_not_allowed (`reason`: not_active, too_long, too_often, visits_reserved), changed_meanwhile. */
export const membershipFreezeShape = z.strictObject({ version: z.int(), days: z.int().min(1).max(1000) });
export const membershipUnfreezeShape = z.strictObject({ version: z.int() });
/** `POST …/memberships/:membership/refund`: what is not earned goes back the way it came, or from another register. still_used (`reserved`), right_missing (also above the role’s limit), second_person_needed. */
export const membershipRefundShape = z.strictObject({
  version: z.int(),
  because: z.string().trim().min(3).max(500),
  registerId: idShape.optional(),
});
export type MembershipRefund = z.infer<typeof membershipRefundShape>;

/** `POST …/appointments/:appointment/membership-cover`: membership_not_usable (`reason`). */
export const coverVisitShape = z.strictObject({ version: z.int() });

/** A membership as a client sees it. */
export const ownMembershipShape = z.object({ ...standing, id: z.string(), services: z.array(z.string()), allServices: z.boolean() });
export const ownMembershipsShape = z
  .object({
    memberships: z.array(ownMembershipShape.extend({ history: z.array(membershipVisitShape.omit({ id: true, appointmentId: true })) })),
    timeZone: z.string(),
  })
  .meta({ id: 'OwnMemberships' });
export type OwnMemberships = z.infer<typeof ownMembershipsShape>;

/** `POST …/my-memberships`: phone_not_confirmed, invalid_phone. */
export const myMembershipsShape = z
  .object({
    clientName: z.string().describe('Empty: nobody is known by this telephone'),
    memberships: z
      .array(
        ownMembershipShape.extend({
          timeZone: z.string().describe('By whose clock its days are counted'),
          pageUrl: z.string().nullable().describe('Of one that was bought online: what was paid'),
          booked: z
            .array(
              membershipVisitShape
                .pick({ serviceName: true, locationName: true, startsAt: true })
                .extend({ timeZone: z.string(), token: z.string() }),
            )
            .describe('Visits that are still to come, the next one first; `token` opens the page of each'),
        }),
      )
      .describe('Of the whole chain; those that can be used first'),
  })
  .meta({ id: 'MyMemberships' });
export type MyMemberships = z.infer<typeof myMembershipsShape>;

export const membershipsOnSaleShape = z
  .object({
    currency: currencyShape,
    canPay: z.boolean(),
    memberships: z.array(
      z.object({
        typeId: z.string(),
        name: z.string(),
        priceMinor: amountMinorShape,
        visits: z.int().nullable(),
        period: periodShape.nullable(),
        begins: z.enum(['sale', 'first_visit']),
        lateHours: z.int().nullable(),
        allServices: z.boolean(),
        services: z.array(z.string()).describe('Names, of this location'),
        serviceIds: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'MembershipsOnSale' });
export type MembershipsOnSale = z.infer<typeof membershipsOnSaleShape>;

/** `POST …/memberships`: phone_not_confirmed, not_found, changed_meanwhile (the price), payment_unavailable. */
export const membershipPurchaseShape = z.strictObject({
  draftId: draftIdShape,
  typeId: idShape,
  priceMinor: z.int().min(1),
  phoneConfirmation: z.string().max(200),
  client: z.strictObject({
    name: z.string().trim().min(1).max(120),
    phone: z.string().trim().min(5).max(40),
    email: z.union([z.email().max(200), z.literal('')]),
  }),
  language: z.string().min(2).max(10),
  returnTo: paymentAskedShape.shape.returnTo.describe('Where to come back to: the page that the client is on'),
  link: z.string().max(60).optional().describe('The slug of the booking link they came by, which says what pages of others are allowed'),
  analytics: z
    .strictObject({ clientId: z.string().max(100), sessionId: z.string().max(100) })
    .optional()
    .describe('GA4’s own, handed over only with the client’s consent'),
});
export type MembershipPurchase = z.infer<typeof membershipPurchaseShape>;
export const membershipBoughtShape = z
  .object({ token: z.string(), pageUrl: z.string().describe('Where to pay'), linkUrl: z.string() })
  .meta({ id: 'MembershipBought' });
export type MembershipBought = z.infer<typeof membershipBoughtShape>;

/** `POST …/membership-cover`: what of a wish the memberships on a confirmed phone would cover, taken one after another. Changes nothing. */
export const membershipCoverAskedShape = z.strictObject({
  draftId: draftIdShape,
  phone: z.string().trim().min(5).max(40),
  phoneConfirmation: z.string().max(200),
  appointments: z.array(wishedAppointmentShape.pick({ serviceIds: true, startsAt: true })).max(5),
  event: wishedEventShape.optional(),
});
export type MembershipCoverAsked = z.infer<typeof membershipCoverAskedShape>;
export const membershipCoverShape = z
  .object({
    services: z.array(
      z.object({
        line: z.int().describe('Of the wish’s appointments; an event is line 0'),
        serviceId: z.string(),
        membership: z
          .object({ id: z.string(), name: z.string(), visits: z.int().nullable(), left: z.int().nullable(), endsAt: instantShape.nullable() })
          .nullable(),
        reason: z.enum(notCoveredReasons).nullable(),
      }),
    ),
  })
  .meta({ id: 'MembershipCover' });
export type MembershipCover = z.infer<typeof membershipCoverShape>;

/** `GET /api/v1/membership-links/:token` */
export const membershipLinkShape = z
  .object({
    state: z.enum(['ready', 'checking', 'paid', 'returned', 'cancelled', 'off', 'unavailable']),
    name: z.string(),
    amountMinor: amountMinorShape,
    currency: currencyShape,
    chainName: z.string(),
    locationName: z.string(),
    address: z.string(),
    phone: z.string(),
    company: z.object({ legalName: z.string(), registrationNumber: z.string(), legalAddress: z.string() }).nullable(),
    language: z.string(),
    now: instantShape,
  })
  .meta({ id: 'MembershipLink' });
export type MembershipLink = z.infer<typeof membershipLinkShape>;
