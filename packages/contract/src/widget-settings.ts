import { z } from 'zod';
import { fieldRules, firstSteps, phoneConfirmations } from './link-settings.ts';

const shadesShape = z.object({ accent: z.string(), strong: z.string(), onAccent: z.string(), soft: z.string() });

export const lookShape = z.object({
  colors: z.object({ light: shadesShape, dark: shadesShape }).nullable().describe('Null: the house’s own'),
  logo: z.string().nullable().describe('Address of the picture'),
});

/** What a booking link makes of the booking page, in one language. Languages and "any team member" are in `location` of the page already. */
export const widgetSettingsShape = z
  .object({
    link: z.string().describe('The slug of the booking link; hand it in with the booking'),
    first: z.enum(firstSteps),
    asksStaff: z.boolean().describe('False: nobody is asked with whom; it is any team member'),
    otherLocations: z.boolean().describe('Whether the way to the other locations is shown'),
    fields: z.object({ email: z.enum(fieldRules), comment: z.enum(fieldRules) }).describe('Name and phone are always required'),
    phoneConfirmation: z.enum(phoneConfirmations),
    consentVersion: z.int().describe('Moves with the privacy text and the rules of cancelling and moving; hand it in with the booking'),
    privacy: z.string().nullable().describe('Agreed to besides the terms; null: nothing more is asked'),
    look: lookShape,
    texts: z.object({ welcome: z.string(), afterBooking: z.string() }),
    measurementId: z.string().nullable().describe('Google Analytics 4; null: nothing is measured'),
  })
  .meta({ id: 'WidgetSettings' });
export type WidgetSettings = z.infer<typeof widgetSettingsShape>;
