import { z } from 'zod';
import { cancellationPolicyWishShape } from './cancellation.ts';
import { membershipUses } from './membership-use.ts';
import { amountMinorShape, currencyShape } from './money.ts';
import { onlinePaymentStatusShape, policyShape } from './online-payment.ts';
import { serviceSaysShape, serviceTaxShape } from './taxes.ts';

const idShape = z
  .string()
  .min(3)
  .max(60)
  .regex(/^[A-Za-z0-9_-]+$/);
const nameShape = z.string().trim().min(1).max(120);
const versionShape = z.int().min(1).describe('Hand it in with a change: if somebody else was faster, the answer is changed_meanwhile');
const priceShape = amountMinorShape.max(1_000_000_000_000);
const durationShape = z.int().min(5).max(1440);
const bufferShape = z.int().min(0).max(240);

/** Whether paying online can happen here at all. */
export const payingHereShape = z.object({
  methodOn: z.boolean().describe('Payment in the form of online registration is switched on'),
  companyDetails: z.boolean().describe('They are filled in: clients see whom they pay'),
  minimumChargeMinor: amountMinorShape.nullable().describe("The provider's smallest charge; null: the method is off"),
});
export type PayingHere = z.infer<typeof payingHereShape>;

/** What can never work as it is set. None of it stops anybody from saving. */
export const catalogWarningCodes = [
  'company_details_missing',
  'method_off',
  'below_provider_minimum',
  'price_is_zero',
  'nobody_does_it', // a service without team members, or a team member without services
  'other_side_not_available', // nothing is ever asked: everybody on the other side is Not available
] as const;
export const catalogWarningShape = z
  .object({
    code: z.enum(catalogWarningCodes),
    minimumMinor: amountMinorShape.optional().describe("The provider's smallest charge"),
    names: z.array(z.string()).optional().describe('The team members or services that it is about'),
  })
  .meta({ id: 'CatalogWarning' });
export type CatalogWarning = z.infer<typeof catalogWarningShape>;

const serviceKindShape = z
  .enum(['appointment', 'event'])
  .describe('An event has dates and places of its own (B1); it is never found among free times');
const placesShape = z.int().min(1).max(1000).nullable().describe("How many places an event has unless it says otherwise; null: not an event's");

const namedShape = z.object({ id: z.string(), version: z.int(), name: z.string() });

/** `GET …/catalog`: the lists of Settings → Services, Staff and Positions, archived ones included, in the owner's order. */
export const salonCatalogShape = z
  .object({
    currency: currencyShape,
    paying: payingHereShape,
    taxes: z
      .object({ defaultRateId: z.string().nullable(), rates: z.array(serviceTaxShape) })
      .describe('What a service’s tax can be; see Finance → Tax rates'),
    categories: z.array(namedShape.extend({ archived: z.boolean() })),
    positions: z.array(namedShape.extend({ staffCount: z.int() })),
    services: z.array(
      namedShape.extend({
        categoryId: z.string(),
        kind: serviceKindShape,
        places: z.int().nullable(),
        priceMinMinor: amountMinorShape,
        priceMaxMinor: amountMinorShape,
        durationMinutes: z.int(),
        onlineBooking: z.boolean(),
        onlinePayment: onlinePaymentStatusShape,
        archived: z.boolean(),
        staffCount: z.int().describe('Team members who do it, archived ones left out'),
      }),
    ),
    staff: z.array(
      namedShape.extend({
        positionId: z.string().nullable(),
        color: z.string(),
        onlineBooking: z.boolean(),
        onlinePayment: onlinePaymentStatusShape,
        archived: z.boolean(),
        serviceCount: z.int().describe('Services they do, archived ones left out'),
      }),
    ),
  })
  .meta({ id: 'SalonCatalog' });
export type SalonCatalog = z.infer<typeof salonCatalogShape>;

/** How one team member does one service; null: as the service says. Both prices or none. */
export const ownTermsShape = z
  .strictObject({ priceMinMinor: priceShape.nullable(), priceMaxMinor: priceShape.nullable(), durationMinutes: durationShape.nullable() })
  .refine(({ priceMinMinor: min, priceMaxMinor: max }) => (min === null) === (max === null) && (min === null || max === null || max >= min), {
    path: ['priceMaxMinor'],
    message: 'The highest price is not below the lowest; both or none.',
  });
export type OwnTerms = z.infer<typeof ownTermsShape>;

/** One change of who does what. `was` is what it was based on: if it is something else by now, the answer is changed_meanwhile. Null: does not do it. */
const offerChange = { was: ownTermsShape.nullable(), becomes: ownTermsShape.nullable() };
export const teamChangeShape = z.strictObject({ staffId: idShape, ...offerChange });
export const doesChangeShape = z.strictObject({ serviceId: idShape, ...offerChange });

/** What a booking of this service with this person asks for: under each status that the card could carry, so that a form can show it before saving. */
const policiesShape = z.object({ not_available: policyShape, available: policyShape, required: policyShape });

export const serviceFieldsShape = z.strictObject({
  categoryId: idShape,
  name: nameShape,
  description: z.string().trim().max(4000),
  priceMinMinor: priceShape,
  priceMaxMinor: priceShape,
  durationMinutes: durationShape,
  bufferBeforeMinutes: bufferShape,
  bufferAfterMinutes: bufferShape,
  onlineBooking: z.boolean(),
  onlinePayment: onlinePaymentStatusShape.describe('Changing it needs the right catalog.online_payment as well'),
  membership: z.enum(membershipUses).optional().describe('Paid for only, a membership or a payment, members only; left out: it stays as it is'),
  tax: serviceSaysShape
    .optional()
    .describe('As the location (`default`), `none`, or a rate; left out: it stays as it is. Changing it needs the right finance.edit as well'),
  cancellation: cancellationPolicyWishShape.nullable().default(null).describe('A cancellation policy of its own; null: as the location'),
  kind: serviceKindShape.optional().describe('Left out: it stays as it is. Cannot change once it was booked or has events'),
  places: placesShape.optional().describe('Left out: as they are; an event’s without any has ten'),
});
export type ServiceFields = z.infer<typeof serviceFieldsShape>;
const pricesInOrder = ({ priceMinMinor, priceMaxMinor }: Pick<ServiceFields, 'priceMinMinor' | 'priceMaxMinor'>) => priceMaxMinor >= priceMinMinor;
export const serviceWishShape = serviceFieldsShape.refine(pricesInOrder, {
  path: ['priceMaxMinor'],
  message: 'The highest price is not below the lowest.',
});

/** `PUT …/catalog/services/:service` */
export const serviceChangeShape = z.strictObject({ version: versionShape, fields: serviceWishShape, team: z.array(teamChangeShape).max(500) });
export type ServiceChange = z.infer<typeof serviceChangeShape>;

/** `GET …/catalog/services/:service`: the card of a service. Every change of it answers it anew. */
export const serviceCardShape = z
  .object({
    id: z.string(),
    version: z.int(),
    archived: z.boolean(),
    fields: z.object({
      ...serviceFieldsShape.shape,
      tax: serviceSaysShape,
      membership: z.enum(membershipUses),
      kind: serviceKindShape,
      places: placesShape,
    }),
    team: z
      .array(
        z.object({
          staffId: z.string(),
          name: z.string(),
          color: z.string(),
          archived: z.boolean(),
          onlineBooking: z.boolean(),
          onlinePayment: onlinePaymentStatusShape,
          own: ownTermsShape.nullable().describe('Null: does not do it'),
          policies: policiesShape,
        }),
      )
      .describe('Everybody, whether they do it or not; archived ones only if they do'),
    warnings: z.array(catalogWarningShape),
    appointmentsAhead: z.int().describe('Future appointments with it: archiving leaves them as they are'),
    everBooked: z.boolean().describe('Then it can be archived, not deleted'),
  })
  .meta({ id: 'ServiceCard' });
export type ServiceCard = z.infer<typeof serviceCardShape>;

export const staffFieldsShape = z.strictObject({
  name: nameShape,
  about: z.string().trim().max(2000),
  color: z.string().regex(/^#[0-9a-f]{6}$/i),
  positionId: idShape.nullable(),
  onlineBooking: z.boolean(),
  onlinePayment: onlinePaymentStatusShape.describe('Changing it needs the right catalog.online_payment as well'),
});
export type StaffFields = z.infer<typeof staffFieldsShape>;

/** `PUT …/catalog/staff/:staff` */
export const staffChangeShape = z.strictObject({ version: versionShape, fields: staffFieldsShape, does: z.array(doesChangeShape).max(1000) });
export type StaffChange = z.infer<typeof staffChangeShape>;

/** `GET …/catalog/staff/:staff`: the card of a team member. Every change of it answers it anew. */
export const staffCardShape = z
  .object({
    id: z.string(),
    version: z.int(),
    archived: z.boolean(),
    fields: z.object(staffFieldsShape.shape),
    services: z
      .array(
        z.object({
          serviceId: z.string(),
          categoryId: z.string(),
          name: z.string(),
          archived: z.boolean(),
          onlineBooking: z.boolean(),
          onlinePayment: onlinePaymentStatusShape,
          priceMinMinor: amountMinorShape.describe("The service's own"),
          priceMaxMinor: amountMinorShape,
          durationMinutes: z.int(),
          own: ownTermsShape.nullable().describe('Null: they do not do it'),
          policies: policiesShape,
        }),
      )
      .describe('Every service, whether they do it or not; archived ones only if they do'),
    warnings: z.array(catalogWarningShape),
    appointmentsAhead: z.int(),
    everBooked: z.boolean(),
  })
  .meta({ id: 'StaffCard' });
export type StaffCard = z.infer<typeof staffCardShape>;

/** `PUT …/online-payment` of a service or a team member: for who may change nothing but that. */
export const onlinePaymentChangeShape = z.strictObject({ version: versionShape, onlinePayment: onlinePaymentStatusShape });

/** `PUT …/archived` of a category, a service or a team member: put away, or brought back. */
export const archivedChangeShape = z.strictObject({ version: versionShape, archived: z.boolean() });

/** Categories and positions are made of a name. */
export const nameWishShape = z.strictObject({ name: nameShape });
export const nameChangeShape = z.strictObject({ version: versionShape, name: nameShape });

/** `PUT …/catalog/order`: these lines in this order, in the places they have now. Lines that are not named stay where they are. */
export const orderChangeShape = z.strictObject({ of: z.enum(['categories', 'services', 'staff']), ids: z.array(idShape).min(1).max(1000) });
export type OrderChange = z.infer<typeof orderChangeShape>;
