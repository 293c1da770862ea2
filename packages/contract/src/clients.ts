import { z } from 'zod';
import { amountMinorShape, currencyShape } from './money.ts';
import { clientLanguageShape } from './session.ts';
import { appointmentStatuses } from './steps.ts';
import { instantShape } from './time.ts';

const idShape = z
  .string()
  .min(3)
  .max(60)
  .regex(/^[A-Za-z0-9_-]+$/);

/** `GET /api/v1/admin/clients?search=ann`: by any part of name, phone or e-mail; without a search the newest. */
export const clientsAskedShape = z.object({
  search: z.string().max(100).default(''),
  limit: z.coerce.number().int().min(1).max(100).default(30),
  after: z.string().max(200).optional().describe('`next` of the page before'),
});
export const listedClientShape = z.object({
  id: z.string(),
  name: z.string(),
  phone: z.string().nullable().describe('Null: none, or without the right to see contacts'),
  email: z.string().nullable(),
  visits: z.int().describe('Appointments that took place or are to come'),
  lastVisitAt: instantShape.nullable(),
});
export const clientsShape = z
  .object({ clients: z.array(listedClientShape), next: z.string().nullable().describe('Hand it in as `after` for more; null: that was all') })
  .meta({ id: 'Clients' });
export type Clients = z.infer<typeof clientsShape>;
export type ListedClient = z.infer<typeof listedClientShape>;

/** `GET /api/v1/admin/clients/:client` */
export const clientShape = z
  .object({
    id: z.string(),
    version: z.int(),
    name: z.string(),
    phone: z.string().nullable(),
    otherPhones: z.array(z.string()).describe('Of those who were merged into this one: they book as this one'),
    email: z.string().nullable(),
    language: clientLanguageShape,
    note: z.string(),
    createdAt: instantShape,
    erasedAt: instantShape.nullable(),
    mergedInto: z.string().nullable(),
    visits: z
      .array(
        z.object({
          appointmentId: z.string(),
          locationId: z.string(),
          locationSlug: z.string(),
          locationName: z.string(),
          timeZone: z.string(),
          status: z.enum(appointmentStatuses),
          startsAt: instantShape,
          staffName: z.string(),
          serviceNames: z.array(z.string()),
          costMinor: amountMinorShape.nullable().describe('Null: without the right to see the checkout'),
          paidMinor: amountMinorShape.nullable(),
          currency: currencyShape,
        }),
      )
      .describe('At the locations where one has a role, newest first, at most 100'),
    counts: z.object({ visited: z.int(), upcoming: z.int(), noShows: z.int(), cancelled: z.int() }),
    money: z
      .array(
        z.object({
          currency: currencyShape,
          paidMinor: amountMinorShape,
          creditMinor: amountMinorShape.describe('What the salon owes them: on their account'),
        }),
      )
      .describe('One line for each currency'),
    consents: z.array(z.object({ locationName: z.string(), version: z.int(), at: instantShape })).describe('Terms they agreed to, newest first'),
    lookAlikes: z.array(listedClientShape).describe('Perhaps the same person: same name, phone or e-mail'),
  })
  .meta({ id: 'Client' });
export type Client = z.infer<typeof clientShape>;

const fields = {
  name: z.string().trim().min(1).max(120),
  phone: z.string().trim().max(40).describe('May be empty; national numbers are read in the country of the first location'),
  email: z.union([z.email().max(200), z.literal('')]),
  language: clientLanguageShape,
  note: z.string().max(2000),
};
/** `POST /api/v1/admin/clients`; the phone of somebody who is there already: already_there, with their id. */
export const newClientShape = z.strictObject(fields);
export type NewClient = z.infer<typeof newClientShape>;
/** `PUT /api/v1/admin/clients/:client` */
export const clientWishShape = z.strictObject({ version: z.int().min(1), ...fields });
export type ClientWish = z.infer<typeof clientWishShape>;

/** `POST /api/v1/admin/clients/:client/merge`: the other one becomes this one; their visits and money come along. */
export const mergeWishShape = z.strictObject({ version: z.int().min(1), other: idShape });
/** `POST /api/v1/admin/clients/:client/erasure`: personal data go, visits and money stay without a name. */
export const erasureWishShape = z.strictObject({ version: z.int().min(1) });
