import { z } from 'zod';
import { clientLanguages } from './client-language.ts';
import { currencyShape } from './money.ts';
import { rights } from './rights.ts';
import { instantShape } from './time.ts';

export const languageShape = z.enum(['en', 'uk', 'pt']);
/** Of clients, and of what is written for them. */
export const clientLanguageShape = z.enum(clientLanguages);
export type Language = z.infer<typeof languageShape>;

/** `GET /api/v1/admin/session`: who is signed in, and what they may do where. Everything the admin app's frame is made of. */
export const sessionShape = z
  .object({
    user: z.object({
      id: z.string(),
      name: z.string(),
      email: z.string(),
      language: languageShape,
      totp: z.boolean().describe('Signs in with a second factor'),
    }),
    chain: z.object({ id: z.string(), slug: z.string(), name: z.string(), demo: z.boolean() }),
    locations: z.array(
      z.object({
        id: z.string(),
        slug: z.string(),
        name: z.string(),
        country: z.string(),
        currency: currencyShape,
        timeZone: z.string(),
        languages: z.array(z.string()),
        role: z.string(),
        rights: z.array(z.enum(rights)),
        staffId: z.string().nullable().describe('The team member they are here, if they are one'),
      }),
    ),
    now: instantShape,
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof sessionShape>;
export type SessionLocation = Session['locations'][number];
