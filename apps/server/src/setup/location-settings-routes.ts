import {
  bookingSettingsWishShape,
  businessWishShape,
  companyWishShape,
  type LocationSettings,
  locationSettingsShape,
} from '@holdfast/contract/location-settings';
import { z } from 'zod';
import { placeOf, whoOf } from '../access/guard.ts';
import type { Place } from '../access/who.ts';
import { countUpcoming } from '../booking/count-upcoming.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { paysOnline } from '../payments/read-methods.ts';
import { changeBookingSettings, changeBusiness, changeCompany, removeCompany } from './change-location-settings.ts';
import type { SetupContext } from './context.ts';
import { readLocationSettings } from './read-location-settings.ts';
import { bookingPageOf } from './read-locations.ts';

const atLocation = z.object({ location: z.string().max(60) });
const answers = { 200: locationSettingsShape, ...problemAnswers };

/** Settings → My location: Business information with Company details, Online booking. */
export async function locationSettingsRoutes(http: Http, ctx: SetupContext): Promise<void> {
  const settingsOf = async ({ scope }: Place): Promise<LocationSettings> => ({
    ...(await readLocationSettings(ctx.db.read, scope)),
    paysOnline: await paysOnline(ctx.db.read, scope),
    bookingPage: await bookingPageOf(ctx, scope),
    upcomingAppointments: await countUpcoming(ctx.db.read, scope, ctx.now()),
  });
  const config = { needs: 'location.edit' } as const;
  const schema = (operationId: string, summary: string) => ({
    operationId,
    summary,
    tags: ['salon: settings'],
    params: atLocation,
    response: answers,
  });

  http.get('/locations/:location/settings', { config, schema: schema('readLocationSettings', 'My location: all that can be set') }, async (request) =>
    settingsOf(placeOf(request)),
  );

  http.put(
    '/locations/:location/settings/business',
    { config, schema: { ...schema('changeBusiness', 'Name, address, time zone, languages'), body: businessWishShape } },
    async (request) => {
      await changeBusiness(ctx, whoOf(request), placeOf(request), request.body);
      return settingsOf(placeOf(request));
    },
  );

  http.put(
    '/locations/:location/settings/company',
    { config, schema: { ...schema('changeCompany', 'Company details: whom clients pay'), body: companyWishShape } },
    async (request) => {
      await changeCompany(ctx, whoOf(request), placeOf(request), request.body);
      return settingsOf(placeOf(request));
    },
  );

  http.post(
    '/locations/:location/settings/company/removal',
    { config, schema: { ...schema('removeCompany', 'Take the company details away'), body: z.strictObject({ version: z.string().max(40) }) } },
    async (request) => {
      await removeCompany(ctx, whoOf(request), placeOf(request), request.body.version);
      return settingsOf(placeOf(request));
    },
  );

  http.put(
    '/locations/:location/settings/booking',
    {
      config,
      schema: { ...schema('changeBookingSettings', 'Online booking: when, how far ahead, cancellation, terms'), body: bookingSettingsWishShape },
    },
    async (request) => {
      await changeBookingSettings(ctx, whoOf(request), placeOf(request), request.body);
      return settingsOf(placeOf(request));
    },
  );
}
