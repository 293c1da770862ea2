import { z } from 'zod';
import { fieldRules, firstSteps, phoneConfirmations } from './link-settings.ts';
import { slugShape } from './location-settings.ts';
import { clientLanguageShape } from './session.ts';
import { instantShape } from './time.ts';

const versionShape = z.string().min(1).max(40).describe('Names what was read; hand it in with the change');
const hours = z.int().min(0).max(8760).nullable();
const byThemselves = z.strictObject({ unprepaid: hours, prepaid: hours });
const words = (longest: number) => z.partialRecord(clientLanguageShape, z.string().trim().max(longest));

export const linkSettingsShape = z.strictObject({
  first: z.enum(firstSteps),
  asksStaff: z.boolean().describe('False needs "any team member"'),
  anyStaff: z.boolean(),
  otherLocations: z.boolean(),
  fields: z.strictObject({ email: z.enum(fieldRules), comment: z.enum(fieldRules) }),
  phoneConfirmation: z.enum(phoneConfirmations),
  privacy: words(10_000).nullable().describe('Asked to agree to, by language; null: nothing'),
  cancelling: byThemselves.nullable().describe('Until so many hours before the visit clients cancel by themselves; null: as the location has it'),
  moving: byThemselves,
  languages: z.array(clientLanguageShape).max(10).describe('None: all that the location speaks'),
  accent: z
    .string()
    .regex(/^#[0-9a-f]{6}$/)
    .nullable(),
  logo: z
    .string()
    .regex(/^[A-Za-z0-9_-]{8,64}$/)
    .nullable()
    .describe('A picture that was handed in before'),
  welcome: words(500),
  afterBooking: words(1000),
});

const measurementIdShape = z
  .string()
  .regex(/^G-[A-Z0-9]{4,20}$/)
  .describe('Google Analytics 4, such as G-ABC123DEF4');
/** An origin of a partner's page: scheme and host, nothing after it. */
export const originShape = z
  .string()
  .max(200)
  .regex(/^https?:\/\/(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?::[0-9]{1,5})?$/);

const nameShape = z.string().trim().min(1).max(80);

/** `POST /api/v1/admin/locations/:location/booking-links` */
export const newLinkShape = z.strictObject({
  name: nameShape,
  slug: slugShape,
  copyOf: z.string().min(3).max(60).nullable().describe('A booking link whose settings it begins with'),
});

export const linkWishShape = z.strictObject({
  version: versionShape,
  name: nameShape,
  slug: slugShape,
  settings: linkSettingsShape,
  measurementId: measurementIdShape.nullable(),
  apiSecret: z.string().trim().min(1).max(100).nullable().optional().describe('Of the Measurement Protocol; left out: it stays; null: taken away'),
  allowedOrigins: z
    .array(originShape)
    .max(20)
    .describe('The sites that embed it: clients come back to them after paying. From any other they come back to the pages of this house'),
});
export type LinkWish = z.infer<typeof linkWishShape>;

export const bookingLinkShape = z
  .object({
    id: z.string(),
    version: z.string(),
    name: z.string(),
    slug: z.string(),
    isDefault: z.boolean(),
    address: z.string().describe('Where clients come by it'),
    settings: linkSettingsShape,
    measurementId: z.string().nullable(),
    hasApiSecret: z.boolean(),
    allowedOrigins: z.array(z.string()),
    bookings: z.int().describe('How many came by it in the last 30 days'),
  })
  .meta({ id: 'BookingLink' });
export type BookingLink = z.infer<typeof bookingLinkShape>;

export const bookingLinksShape = z
  .object({
    links: z.array(bookingLinkShape).describe('The default one first'),
    location: z.object({
      anyStaff: z.boolean().describe('False: no link can offer it'),
      languages: z.array(z.string()),
      otherLocations: z.boolean(),
      cancelling: z.object({ unprepaid: z.number().nullable(), prepaid: z.number().nullable() }),
    }),
    page: z.string().describe('The hosted booking page, without a link'),
  })
  .meta({ id: 'BookingLinks' });
export type BookingLinks = z.infer<typeof bookingLinksShape>;

export const linkVersionShape = z.strictObject({ version: versionShape });
export const linkMadeShape = z.object({ id: z.string() }).meta({ id: 'BookingLinkMade' });

/** `POST …/booking-links/preview`: the booking page as these settings would make it. Changes nothing. */
export const linkPreviewShape = z.strictObject({ settings: linkSettingsShape, language: clientLanguageShape });

/** `POST …/pictures` */
export const newPictureShape = z.strictObject({ base64: z.string().min(8).max(280_000).describe('PNG, JPEG or WebP of at most 200 kB') });
export const pictureShape = z.object({ id: z.string(), address: z.string() }).meta({ id: 'Picture' });
export type Picture = z.infer<typeof pictureShape>;

/** `GET …/booking-links/:link/events` */
export const sentEventsShape = z
  .object({
    events: z
      .array(
        z.object({
          id: z.string(),
          at: instantShape,
          name: z.string(),
          sender: z.enum(['browser', 'server']),
          outcome: z.enum(['handed_over', 'accepted', 'unreachable', 'refused']),
          params: z.record(z.string(), z.unknown()),
        }),
      )
      .describe('The last ones first'),
  })
  .meta({ id: 'SentEvents' });
export type SentEvents = z.infer<typeof sentEventsShape>;
