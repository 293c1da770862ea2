import {
  appointmentShape,
  appointmentWishShape,
  cancellationWishShape,
  commentWishShape,
  servicesWishShape,
  stepWishShape,
  timeWishShape,
} from '@holdfast/contract/calendar';
import { cancellationQuoteShape } from '@holdfast/contract/cancellation';
import { z } from 'zod';
import { type Http, problemAnswers } from '../kit/http.ts';
import { bookByStaff } from './book-by-staff.ts';
import { asViewer } from './calendar-viewer.ts';
import { cancelByStaff } from './cancel-by-staff.ts';
import { changeServices } from './change-services.ts';
import { commentAppointment } from './comment-appointment.ts';
import type { BookingContext } from './context.ts';
import { moveByStaff } from './move-appointment.ts';
import { quoteForStaff } from './quote-for-staff.ts';
import { readAppointment } from './read-appointment.ts';
import { takeStep } from './take-step.ts';

const here = z.object({ location: z.string() });
const one = here.extend({ appointment: z.string().max(60) });
const answers = { 200: appointmentShape, ...problemAnswers };
const tags = ['salon: calendar'];

/** What staff do with appointments. Each change says which version it was made on, and answers the appointment anew. */
export async function appointmentRoutes(http: Http, ctx: BookingContext): Promise<void> {
  http.post(
    '/locations/:location/appointments',
    {
      config: { needs: 'calendar.edit' },
      schema: {
        operationId: 'bookByStaff',
        tags,
        summary: 'Book for a client',
        description: 'Nothing is held and nothing is asked for online. Who is known by telephone is recognised.',
        params: here,
        body: appointmentWishShape,
        response: { 201: appointmentShape, ...problemAnswers },
      },
    },
    async (request, reply) => {
      const viewer = asViewer(request);
      const id = await bookByStaff(ctx, viewer, request.body);
      return reply.code(201).send(await readAppointment(ctx, viewer, id));
    },
  );

  http.put(
    '/locations/:location/appointments/:appointment/time',
    {
      config: { needs: 'calendar.edit' },
      schema: {
        operationId: 'moveAppointment',
        tags,
        summary: 'Move or resize',
        description: 'Its money and a hold’s deadline go along.',
        params: one,
        body: timeWishShape,
        response: answers,
      },
    },
    async (request) => {
      const viewer = asViewer(request);
      await moveByStaff(ctx, viewer, request.params.appointment, request.body);
      return readAppointment(ctx, viewer, request.params.appointment);
    },
  );

  http.put(
    '/locations/:location/appointments/:appointment/services',
    {
      config: { needs: 'calendar.edit' },
      schema: {
        operationId: 'changeServices',
        tags,
        summary: 'What is done and what it costs',
        description: 'Prices need calendar.price. A payment page that is open is closed.',
        params: one,
        body: servicesWishShape,
        response: answers,
      },
    },
    async (request) => {
      const viewer = asViewer(request);
      await changeServices(ctx, viewer, request.params.appointment, request.body);
      return readAppointment(ctx, viewer, request.params.appointment);
    },
  );

  http.put(
    '/locations/:location/appointments/:appointment/comment',
    {
      config: { needs: 'calendar.edit' },
      schema: { operationId: 'commentAppointment', tags, summary: 'The salon’s comment', params: one, body: commentWishShape, response: answers },
    },
    async (request) => {
      const viewer = asViewer(request);
      await commentAppointment(ctx, viewer, request.params.appointment, request.body);
      return readAppointment(ctx, viewer, request.params.appointment);
    },
  );

  http.post(
    '/locations/:location/appointments/:appointment/steps',
    {
      config: { needs: 'calendar.edit' },
      schema: {
        operationId: 'takeStep',
        tags,
        summary: 'Confirmed, arrived, did not come; and each undone',
        params: one,
        body: stepWishShape,
        response: answers,
      },
    },
    async (request) => {
      const viewer = asViewer(request);
      await takeStep(ctx, viewer, request.params.appointment, request.body);
      return readAppointment(ctx, viewer, request.params.appointment);
    },
  );

  http.get(
    '/locations/:location/appointments/:appointment/cancellation-quote',
    {
      config: { needs: 'appointments.cancel' },
      schema: {
        operationId: 'quoteCancellation',
        tags,
        summary: 'What cancelling it would propose to give back',
        description: 'The same that its client is shown on their own page.',
        params: one,
        response: { 200: cancellationQuoteShape, ...problemAnswers },
      },
    },
    async (request) => quoteForStaff(ctx, asViewer(request), request.params.appointment),
  );

  http.post(
    '/locations/:location/appointments/:appointment/cancellation',
    {
      config: { needs: 'appointments.cancel' },
      schema: {
        operationId: 'cancelByStaff',
        tags,
        summary: 'Cancel one appointment',
        description: 'Paid ones need appointments.cancel_paid. No money moves by itself: a refund is proposed.',
        params: one,
        body: cancellationWishShape,
        response: answers,
      },
    },
    async (request) => {
      const viewer = asViewer(request);
      await cancelByStaff(ctx, viewer, request.params.appointment, request.body);
      return readAppointment(ctx, viewer, request.params.appointment);
    },
  );
}
