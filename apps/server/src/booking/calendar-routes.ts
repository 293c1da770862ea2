import { appointmentShape, appointmentsAskedShape, calendarAppointmentsShape, calendarAskedShape, calendarShape } from '@holdfast/contract/calendar';
import { z } from 'zod';
import { type Http, problemAnswers } from '../kit/http.ts';
import { asViewer } from './calendar-viewer.ts';
import type { BookingContext } from './context.ts';
import { readAppointment } from './read-appointment.ts';
import { readCalendar, readCalendarAppointments } from './read-calendar.ts';

const here = z.object({ location: z.string() });

/** What the Appointment Calendar and the booking window show. */
export async function calendarRoutes(http: Http, ctx: BookingContext): Promise<void> {
  http.get(
    '/locations/:location/calendar',
    {
      config: { needs: 'calendar.see' },
      schema: {
        operationId: 'readCalendar',
        tags: ['salon: calendar'],
        summary: 'Some days of the Appointment Calendar',
        description: 'Without calendar.see_all only the column of the team member one is.',
        params: here,
        querystring: calendarAskedShape,
        response: { 200: calendarShape, ...problemAnswers },
      },
      // a full day is 6,000 appointments: looking at each field again would take longer than finding them; a test holds the answer against the shape
      serializerCompiler: () => JSON.stringify,
    },
    async (request) => readCalendar(ctx, asViewer(request), { fromDay: request.query.from, days: request.query.days }),
  );

  http.get(
    '/locations/:location/appointments',
    {
      config: { needs: 'calendar.see' },
      schema: {
        operationId: 'readCalendarAppointments',
        tags: ['salon: calendar'],
        summary: 'Some appointments as the calendar shows them',
        description: 'What a live message named. In any status; what is not there, or not to be seen, is left out.',
        params: here,
        querystring: appointmentsAskedShape,
        response: { 200: calendarAppointmentsShape, ...problemAnswers },
      },
    },
    async (request) => readCalendarAppointments(ctx, asViewer(request), request.query.ids.split(',')),
  );

  http.get(
    '/locations/:location/appointments/:appointment',
    {
      config: { needs: 'calendar.see' },
      schema: {
        operationId: 'readAppointment',
        tags: ['salon: calendar'],
        summary: 'The booking window',
        params: here.extend({ appointment: z.string().max(60) }),
        response: { 200: appointmentShape, ...problemAnswers },
      },
    },
    async (request) => readAppointment(ctx, asViewer(request), request.params.appointment),
  );
}
