import {
  eventCancellationShape,
  eventChangeShape,
  eventDatesShape,
  eventPageShape,
  eventsAskedShape,
  eventTimeShape,
  eventWishShape,
  placesChangeShape,
  placesWishShape,
  salonEventsShape,
  seriesExtensionShape,
} from '@holdfast/contract/events';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { bookPlaces } from '../booking/book-places.ts';
import { asViewer } from '../booking/calendar-viewer.ts';
import { changePlaces } from '../booking/change-places.ts';
import type { BookingContext } from '../booking/context.ts';
import { csvStream } from '../kit/csv.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { cancelEvent } from './cancel-event.ts';
import { changeEvent, moveEvent } from './change-event.ts';
import { clientListFile } from './client-list-file.ts';
import { extendSeries } from './extend-series.ts';
import { foreseeDates, makeEvents } from './make-events.ts';
import { readEventPage, readEvents } from './read-events.ts';

const here = z.object({ location: z.string() });
const one = here.extend({ event: z.string().max(60) });
const tags = ['salon: events'];
const page = { 200: eventPageShape, ...problemAnswers };
const madeShape = z.object({ ids: z.array(z.string()) });

/** Group events: what staff do with them. Each change says which version it was made on, and answers the event anew. */
export async function eventRoutes(http: Http, ctx: BookingContext): Promise<void> {
  const pageOf = (request: FastifyRequest, id: string) => readEventPage(ctx, asViewer(request), id);

  http.get(
    '/locations/:location/events',
    {
      config: { needs: 'calendar.see' },
      schema: {
        operationId: 'readEvents',
        tags,
        summary: 'Events of some days',
        params: here,
        querystring: eventsAskedShape,
        response: { 200: salonEventsShape, ...problemAnswers },
      },
    },
    async (request) => readEvents(ctx, asViewer(request), request.query),
  );

  http.post(
    '/locations/:location/events/dates',
    {
      config: { needs: 'calendar.edit' },
      schema: {
        operationId: 'foreseeEvents',
        tags,
        summary: 'Which dates a wish would make, and what each of them meets',
        description: 'Changes nothing.',
        params: here,
        body: eventWishShape,
        response: { 200: eventDatesShape, ...problemAnswers },
      },
    },
    async (request) => foreseeDates(ctx, asViewer(request), request.body),
  );

  http.post(
    '/locations/:location/events',
    {
      config: { needs: 'calendar.edit' },
      schema: {
        operationId: 'makeEvents',
        tags,
        summary: 'One event, or a series: all of its dates or none',
        params: here,
        body: eventWishShape,
        response: { 201: madeShape, ...problemAnswers },
      },
    },
    async (request, reply) => reply.code(201).send({ ids: [...(await makeEvents(ctx, asViewer(request), request.body))] }),
  );

  http.post(
    '/locations/:location/event-series/:series/extension',
    {
      config: { needs: 'calendar.edit' },
      schema: {
        operationId: 'extendSeries',
        tags,
        summary: 'On by the same rule',
        params: here.extend({ series: z.string().max(60) }),
        body: seriesExtensionShape,
        response: { 201: madeShape, ...problemAnswers },
      },
    },
    async (request, reply) => reply.code(201).send({ ids: [...(await extendSeries(ctx, asViewer(request), request.params.series, request.body))] }),
  );

  http.get(
    '/locations/:location/events/:event',
    {
      config: { needs: 'calendar.see' },
      schema: { operationId: 'readEvent', tags, summary: 'An event with its client list', params: one, response: page },
    },
    async (request) => pageOf(request, request.params.event),
  );

  http.get(
    '/locations/:location/events/:event/clients.csv',
    {
      config: { needs: 'clients.see' },
      schema: {
        operationId: 'exportEventClients',
        tags,
        summary: 'The client list as a file',
        description: 'Contacts only with clients.contacts.',
        params: one,
        response: { 200: { description: 'One line per booking', content: { 'text/csv': { schema: z.string() } } }, ...problemAnswers },
      },
    },
    async (request, reply) => {
      const { heading, lines } = await clientListFile(ctx, asViewer(request), request.params.event);
      async function* pages() {
        yield lines;
      }
      reply.header('content-disposition', 'attachment; filename="clients.csv"');
      return reply.type('text/csv; charset=utf-8').send(csvStream(heading, pages()) as never);
    },
  );

  http.put(
    '/locations/:location/events/:event',
    {
      config: { needs: 'calendar.edit' },
      schema: {
        operationId: 'changeEvent',
        tags,
        summary: 'Change one event, this and later ones of its series, or all',
        description: 'Who has places keeps them and is told of another time. Fewer places than are taken are refused.',
        params: one,
        body: eventChangeShape,
        response: page,
      },
    },
    async (request) => {
      await changeEvent(ctx, asViewer(request), request.params.event, request.body);
      return pageOf(request, request.params.event);
    },
  );

  http.put(
    '/locations/:location/events/:event/time',
    {
      config: { needs: 'calendar.edit' },
      schema: { operationId: 'moveEvent', tags, summary: 'Move one event, with its clients', params: one, body: eventTimeShape, response: page },
    },
    async (request) => {
      await moveEvent(ctx, asViewer(request), request.params.event, request.body);
      return pageOf(request, request.params.event);
    },
  );

  http.post(
    '/locations/:location/events/:event/cancellation',
    {
      config: { needs: 'appointments.cancel' },
      schema: {
        operationId: 'cancelEvent',
        tags,
        summary: 'Cancel an event, and every booking of it',
        description: 'Closed at once. What was paid is proposed for refund in full; paid bookings need appointments.cancel_paid.',
        params: one,
        body: eventCancellationShape,
        response: page,
      },
    },
    async (request) => {
      await cancelEvent(ctx, asViewer(request), request.params.event, request.body);
      return pageOf(request, request.params.event);
    },
  );

  http.post(
    '/locations/:location/events/:event/places',
    {
      config: { needs: 'calendar.edit' },
      schema: {
        operationId: 'bookPlaces',
        tags,
        summary: 'Book places for a client',
        description: 'Nothing is held and nothing is asked for online. Who is known by telephone is recognised.',
        params: one,
        body: placesWishShape,
        response: { 201: eventPageShape, ...problemAnswers },
      },
    },
    async (request, reply) => {
      await bookPlaces(ctx, asViewer(request), request.params.event, request.body);
      return reply.code(201).send(await pageOf(request, request.params.event));
    },
  );

  http.put(
    '/locations/:location/events/:event/places/:appointment',
    {
      config: { needs: 'calendar.edit' },
      schema: {
        operationId: 'changePlaces',
        tags,
        summary: 'More or fewer places, or another event of the same service',
        params: one.extend({ appointment: z.string().max(60) }),
        body: placesChangeShape,
        response: page,
      },
    },
    async (request) => {
      await changePlaces(ctx, asViewer(request), request.params.event, request.params.appointment, request.body);
      return pageOf(request, request.params.event);
    },
  );
}
