import { dayLineAskedShape, dayWaitingByStaffShape, waitingByStaffShape, waitingLineShape, waitingRemovalShape } from '@holdfast/contract/waiting';
import { z } from 'zod';
import { asViewer } from '../booking/calendar-viewer.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import type { WaitingContext } from './context.ts';
import { joinDayByStaff, joinEventByStaff, removeFromLine } from './join-by-staff.ts';
import { readLine } from './read-line.ts';

const here = z.object({ location: z.string() });
const ofEvent = here.extend({ event: z.string().max(60) });
const tags = ['salon: events'];
const line = { 200: waitingLineShape, ...problemAnswers };
const joined = { 201: waitingLineShape, ...problemAnswers };

/** Waiting lists for staff. They see who waits and why, add at the end and take off; there is no way to jump the line. */
export async function waitingRoutes(http: Http, ctx: WaitingContext): Promise<void> {
  http.get(
    '/locations/:location/events/:event/waiting',
    {
      config: { needs: 'calendar.see' },
      schema: { operationId: 'readEventLine', tags, summary: 'Who waits for places at an event, and what happened', params: ofEvent, response: line },
    },
    async (request) => readLine(ctx, asViewer(request), { eventId: request.params.event }),
  );

  http.post(
    '/locations/:location/events/:event/waiting',
    {
      config: { needs: 'calendar.edit' },
      schema: {
        operationId: 'addToEventLine',
        tags,
        summary: 'A client at the end of the line',
        params: ofEvent,
        body: waitingByStaffShape,
        response: joined,
      },
    },
    async (request, reply) => {
      await joinEventByStaff(ctx, asViewer(request), request.params.event, request.body);
      return reply.code(201).send(await readLine(ctx, asViewer(request), { eventId: request.params.event }));
    },
  );

  http.get(
    '/locations/:location/waiting',
    {
      config: { needs: 'calendar.see' },
      schema: {
        operationId: 'readDayLine',
        tags,
        summary: 'Who waits for time on a day, and what happened',
        params: here,
        querystring: dayLineAskedShape,
        response: line,
      },
    },
    async (request) => readLine(ctx, asViewer(request), { day: request.query.day }),
  );

  http.post(
    '/locations/:location/waiting',
    {
      config: { needs: 'calendar.edit' },
      schema: {
        operationId: 'addToDayLine',
        tags,
        summary: 'A client who waits for a day',
        params: here,
        body: dayWaitingByStaffShape,
        response: joined,
      },
    },
    async (request, reply) => {
      await joinDayByStaff(ctx, asViewer(request), request.body);
      return reply.code(201).send(await readLine(ctx, asViewer(request), { day: request.body.day }));
    },
  );

  http.post(
    '/locations/:location/waiting/:entry/removal',
    {
      config: { needs: 'calendar.edit' },
      schema: {
        operationId: 'removeFromLine',
        tags,
        summary: 'Take somebody off the list',
        description: 'What they were offered goes to the next at once.',
        params: here.extend({ entry: z.string().max(60) }),
        body: waitingRemovalShape,
        response: line,
      },
    },
    async (request) => {
      const viewer = asViewer(request);
      return readLine(ctx, viewer, await removeFromLine(ctx, viewer, request.params.entry, request.body.because));
    },
  );
}
