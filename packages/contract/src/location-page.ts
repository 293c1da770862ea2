import { z } from 'zod';
import { cancellationPolicyShape } from './cancellation.ts';
import { membershipUses } from './membership-use.ts';
import { amountMinorShape, currencyShape } from './money.ts';
import { onlinePaymentStatusShape, policyShape } from './online-payment.ts';
import { dayShape, instantShape } from './time.ts';
import { widgetSettingsShape } from './widget-settings.ts';

/** `GET /api/v1/locations/:chain/:location`: all that the widget needs before it asks for times. */
export const serviceShape = z
  .object({
    id: z.string(),
    categoryId: z.string(),
    name: z.string(),
    description: z.string(),
    priceMinMinor: amountMinorShape.describe('Lowest price over the team members who do it'),
    priceMaxMinor: amountMinorShape,
    tax: z
      .object({ name: z.string(), basisPoints: z.int().min(0).max(10_000) })
      .nullable()
      .describe('What tax its price contains'),
    durationMinutes: z.int().describe('Shortest over the team members who do it'),
    durationMaxMinutes: z.int(),
    mark: onlinePaymentStatusShape.describe('The mark to show (A7): not_available = no mark'),
    membership: z.enum(membershipUses).describe('The mark to show: payment = no mark'),
    cancellation: cancellationPolicyShape.nullable().describe('Its own policy; null: the location’s. Of several services the strictest counts'),
  })
  .meta({ id: 'Service' });

export const staffShape = z
  .object({
    id: z.string(),
    name: z.string(),
    position: z.string(),
    about: z.string(),
    color: z.string(),
    mark: onlinePaymentStatusShape,
    services: z.array(
      z.object({
        serviceId: z.string(),
        priceMinMinor: amountMinorShape,
        priceMaxMinor: amountMinorShape,
        durationMinutes: z.int(),
        policy: policyShape.describe('What booking this service with this person asks for'),
      }),
    ),
  })
  .meta({ id: 'TeamMember' });

export const locationPageShape = z
  .object({
    chain: z.object({ slug: z.string(), name: z.string(), demo: z.boolean() }),
    location: z.object({
      slug: z.string(),
      name: z.string(),
      address: z.string(),
      phone: z.string(),
      country: z.string(),
      currency: currencyShape,
      timeZone: z.string().describe('IANA'),
      defaultLanguage: z.string(),
      languages: z.array(z.string()),
      anyStaff: z.boolean().describe('Whether "any team member" is offered'),
      firstDay: dayShape,
      lastDay: dayShape.describe('Last bookable day (horizon)'),
      offerMinutes: z.int().describe('How long an offer of the waiting list lasts; only minutes between 08:00 and 21:00 count'),
      cancellation: cancellationPolicyShape,
      terms: z.object({ version: z.int(), text: z.string() }),
      company: z
        .object({ legalName: z.string(), registrationNumber: z.string(), taxNumber: z.string(), legalAddress: z.string() })
        .nullable()
        .describe('Shown beside the pay button (A6)'),
    }),
    otherLocations: z.array(z.object({ slug: z.string(), name: z.string(), address: z.string() })),
    categories: z.array(z.object({ id: z.string(), name: z.string() })),
    services: z.array(serviceShape),
    staff: z.array(staffShape),
    events: z.boolean().describe('Group events are sold here: GET …/events says which'),
    widget: widgetSettingsShape.describe('What the booking link makes of the page'),
    now: instantShape.describe("The server's clock"),
  })
  .meta({ id: 'LocationPage' });
export type LocationPage = z.infer<typeof locationPageShape>;
export type ServiceOffer = z.infer<typeof serviceShape>;
export type StaffOffer = z.infer<typeof staffShape>;
