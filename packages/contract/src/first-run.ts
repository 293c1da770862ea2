import { z } from 'zod';
import { newLocationShape, slugShape } from './location-settings.ts';
import { amountMinorShape } from './money.ts';
import { languageShape } from './session.ts';

const filled = (longest: number) => z.string().trim().min(1).max(longest);
const minuteOfDay = z.int().min(0).max(1440);

/** `GET setup`: what the page of signing in has to know before anybody is known. */
export const installationShape = z
  .object({
    setUp: z.boolean().describe('There is a chain; if not, the first-run wizard comes first'),
    demo: z.boolean().describe('One may sign in as a demo user without a password'),
  })
  .meta({ id: 'Installation' });
export type Installation = z.infer<typeof installationShape>;

const codeShape = z.string().trim().min(1).max(60).describe('What the server printed when it started');
export const setupCodeWishShape = z.strictObject({ code: codeShape });

/** `POST setup`: everything a salon needs to take its first booking. */
export const firstRunShape = z.strictObject({
  code: codeShape,
  chain: z.strictObject({ name: filled(120), slug: slugShape }),
  owner: z.strictObject({
    name: filled(100),
    email: z.string().trim().min(3).max(254).includes('@'),
    password: z.string().min(1).max(1000),
    language: languageShape,
  }),
  location: newLocationShape.omit({ copyFrom: true }),
  catalogue: z
    .strictObject({
      category: filled(120),
      services: z
        .array(z.strictObject({ name: filled(200), priceMinor: amountMinorShape, minutes: z.int().min(5).max(1440) }))
        .min(1)
        .max(50),
    })
    .nullable(),
  teamMember: z
    .strictObject({
      name: filled(100),
      position: z.string().trim().max(100),
      weekdays: z.array(z.int().min(1).max(7)).max(7).describe('1 = Monday'),
      from: minuteOfDay.describe('Local minutes from midnight'),
      to: minuteOfDay,
    })
    .nullable()
    .describe('The owner, if they take clients themself'),
});
export type FirstRun = z.infer<typeof firstRunShape>;
export const firstRunDoneShape = z.object({ location: z.string().describe('Its slug'), bookingPage: z.string() }).meta({ id: 'FirstRunDone' });
export type FirstRunDone = z.infer<typeof firstRunDoneShape>;
