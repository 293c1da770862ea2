import {
  bookingLinksShape,
  linkMadeShape,
  linkPreviewShape,
  linkVersionShape,
  linkWishShape,
  newLinkShape,
  newPictureShape,
  pictureShape,
} from '@holdfast/contract/booking-links';
import { locationPageShape } from '@holdfast/contract/location-page';
import { z } from 'zod';
import { placeOf, whoOf } from '../access/guard.ts';
import { readLocationPage } from '../booking/location-page.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { archiveLink } from './archive-link.ts';
import { changeLink } from './change-link.ts';
import { chooseDefault } from './choose-default.ts';
import type { LinkSettingsContext } from './context.ts';
import { makeLink } from './make-link.ts';
import { readLinks } from './read-links.ts';
import { takePicture } from './take-picture.ts';

const atLocation = z.object({ location: z.string().max(60) });
const atLink = atLocation.extend({ link: z.string().max(60) });
const answers = { 200: bookingLinksShape, ...problemAnswers };

/** Settings → Online booking → Booking links. */
export async function bookingLinkRoutes(http: Http, ctx: LinkSettingsContext): Promise<void> {
  const config = { needs: 'location.edit' } as const;
  const schema = (operationId: string, summary: string) => ({ operationId, summary, tags: ['salon: settings'], response: answers });

  http.get(
    '/locations/:location/booking-links',
    { config, schema: { ...schema('readBookingLinks', 'Booking links and what each is set to'), params: atLocation } },
    async (request) => readLinks(ctx, placeOf(request).scope),
  );

  http.post(
    '/locations/:location/booking-links',
    {
      config,
      schema: {
        ...schema('makeBookingLink', 'Another booking link, plain or like one that is there'),
        params: atLocation,
        body: newLinkShape,
        response: { 201: linkMadeShape, ...problemAnswers },
      },
    },
    async (request, reply) => reply.code(201).send({ id: await makeLink(ctx, whoOf(request), placeOf(request), request.body) }),
  );

  http.put(
    '/locations/:location/booking-links/:link',
    { config, schema: { ...schema('changeBookingLink', 'All that a booking link is set to'), params: atLink, body: linkWishShape } },
    async (request) => {
      await changeLink(ctx, whoOf(request), placeOf(request), request.params.link, request.body);
      return readLinks(ctx, placeOf(request).scope);
    },
  );

  http.post(
    '/locations/:location/booking-links/:link/default',
    { config, schema: { ...schema('chooseDefaultLink', 'The link of who comes without one'), params: atLink, body: linkVersionShape } },
    async (request) => {
      await chooseDefault(ctx, whoOf(request), placeOf(request), request.params.link, request.body.version);
      return readLinks(ctx, placeOf(request).scope);
    },
  );

  http.post(
    '/locations/:location/booking-links/:link/archival',
    { config, schema: { ...schema('archiveBookingLink', 'Take a booking link out of use'), params: atLink, body: linkVersionShape } },
    async (request) => {
      await archiveLink(ctx, whoOf(request), placeOf(request), request.params.link, request.body.version);
      return readLinks(ctx, placeOf(request).scope);
    },
  );

  http.post(
    '/locations/:location/booking-links/preview',
    {
      config,
      schema: {
        ...schema('previewBookingLink', 'The booking page as these settings would make it; changes nothing'),
        params: atLocation,
        body: linkPreviewShape,
        response: { 200: locationPageShape, ...problemAnswers },
      },
    },
    async (request) => readLocationPage(ctx, placeOf(request).scope, { language: request.body.language, draft: request.body.settings }),
  );

  http.post(
    '/locations/:location/pictures',
    {
      config,
      bodyLimit: 300_000,
      schema: {
        ...schema('handInPicture', 'A logo for a booking link'),
        params: atLocation,
        body: newPictureShape,
        response: { 200: pictureShape, ...problemAnswers },
      },
    },
    async (request) => takePicture(ctx, placeOf(request).scope, request.body.base64),
  );
}
