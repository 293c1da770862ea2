import { z } from 'zod';
import { cancellationPolicyWishShape } from './cancellation.ts';
import { clientLanguages } from './client-language.ts';
import { currencyShape } from './money.ts';
import { clientLanguageShape } from './session.ts';

/** What a change was based on: of another one the answer is changed_meanwhile, and nothing is overwritten. */
const versionShape = z.string().min(1).max(40).describe('Names what was read; hand it in with the change');

const text = (longest: number) => z.string().trim().max(longest);
const filled = (longest: number) => z.string().trim().min(1).max(longest);

/** Part of an address: `linden-and-salt`. */
export const slugShape = z
  .string()
  .min(2)
  .max(60)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
  .describe('Lower-case letters, digits and single hyphens: part of the booking page’s address');

export const countryShape = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .describe('ISO 3166-1 alpha-2');
export const timeZoneShape = z.string().min(1).max(60).describe('IANA, such as Europe/Kyiv');
const languagesShape = z.array(clientLanguageShape).min(1).max(clientLanguages.length);

/** Settings → My location → Business information, its first tab. The currency is what the books are kept in: it cannot be changed. */
const businessFields = {
  name: filled(120),
  slug: slugShape,
  country: countryShape,
  timeZone: timeZoneShape,
  address: text(300),
  phone: text(40),
  defaultLanguage: clientLanguageShape,
  languages: languagesShape,
};
export const businessWishShape = z.strictObject({ version: versionShape, ...businessFields });

/** Its tab Company details (A6): online payment cannot be switched on before they are there. */
const companyFields = {
  legalName: filled(200),
  registrationNumber: filled(60),
  taxNumber: text(60),
  legalAddress: filled(300),
  bankDetails: text(1000),
};
export const companyWishShape = z.strictObject({ version: versionShape, ...companyFields });

/** Settings → My location → Online booking. */
const bookingFields = {
  stepMinutes: z.union([5, 10, 15, 20, 30, 60].map((one) => z.literal(one))).describe('Starts are offered at these minutes'),
  leadMinutes: z.int().min(0).max(43_200).describe('How long before a visit it can still be booked'),
  horizonDays: z.int().min(1).max(366).describe('How far ahead one can book'),
  anyStaff: z.boolean().describe('Whether "any team member" is offered'),
  processingExtensionMinutes: z.int().min(0).max(30).describe('How much longer a time is kept while the provider checks a payment'),
  waitingOfferMinutes: z
    .int()
    .min(5)
    .max(1440)
    .describe('How long what became free is kept for who waits; minutes between 21:00 and 08:00 do not count'),
  holdsPerPhone: z.int().min(1).max(1000),
  holdsPerAddressPerHour: z.int().min(1).max(1_000_000),
  holdsSharePercent: z.int().min(1).max(100).describe('How much of a day may be held and unpaid'),
  cancellation: cancellationPolicyWishShape,
  terms: z
    .partialRecord(clientLanguageShape, text(5000))
    .describe('What clients agree to, by language; another text, or other rules of cancelling, are another version'),
};
export const bookingSettingsWishShape = z.strictObject({ version: versionShape, ...bookingFields });

export const locationSettingsShape = z
  .object({
    business: z.object({ version: z.string(), ...businessFields, currency: currencyShape }),
    company: z.object({ version: z.string(), ...companyFields, legalName: z.string(), registrationNumber: z.string(), legalAddress: z.string() }),
    companyFilled: z.boolean(),
    paysOnline: z.boolean().describe('Some method of online payment is switched on: the company details must stay'),
    booking: z.object({ version: z.string(), ...bookingFields, termsVersion: z.int() }),
    bookingPage: z.string().describe('Address of the hosted booking page'),
    upcomingAppointments: z.int().describe('While there are some, the time zone stays'),
  })
  .meta({ id: 'LocationSettings' });
export type LocationSettings = z.infer<typeof locationSettingsShape>;
export type BusinessWish = z.infer<typeof businessWishShape>;
export type CompanyWish = z.infer<typeof companyWishShape>;
export type BookingSettingsWish = z.infer<typeof bookingSettingsWishShape>;

/** `GET /api/v1/admin/locations` */
export const locationsShape = z
  .object({
    locations: z.array(
      z.object({
        id: z.string(),
        slug: z.string(),
        name: z.string(),
        address: z.string(),
        country: z.string(),
        currency: currencyShape,
        timeZone: z.string(),
        bookingPage: z.string(),
        staff: z.int(),
        services: z.int(),
        takesPayment: z.boolean(),
      }),
    ),
    chainPage: z.string().describe('Where clients choose the location first'),
  })
  .meta({ id: 'Locations' });
export type Locations = z.infer<typeof locationsShape>;

/** `POST /api/v1/admin/locations`: a new location, empty or with what another one has. Providers are connected anew: whom clients pay is another company. */
export const newLocationShape = z.strictObject({
  name: filled(120),
  slug: slugShape,
  country: countryShape,
  currency: currencyShape,
  timeZone: timeZoneShape,
  address: text(300),
  phone: text(40),
  defaultLanguage: clientLanguageShape,
  languages: languagesShape,
  copyFrom: z
    .strictObject({
      locationId: z.string().min(3).max(60),
      catalogue: z.boolean().describe('Categories and services; in another currency without prices, and not bookable online until they have some'),
      staff: z.boolean().describe('Team members, what they do and their week (needs the catalogue)'),
      settings: z.boolean().describe('Online booking: steps, limits, cancellation, terms'),
    })
    .nullable(),
});
export type NewLocation = z.infer<typeof newLocationShape>;
export const locationMadeShape = z.object({ id: z.string(), slug: z.string(), withoutPrices: z.boolean() }).meta({ id: 'LocationMade' });
export type LocationMade = z.infer<typeof locationMadeShape>;
