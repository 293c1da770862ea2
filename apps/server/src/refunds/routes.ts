import {
  askedRefusalShape,
  refundApprovalShape,
  refundableShape,
  refundEditShape,
  refundListShape,
  refundQueryShape,
  refundRefusalShape,
  refundSendingShape,
  refundSettingsShape,
  refundWishShape,
} from '@holdfast/contract/refunds';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { placeOf, whoOf } from '../access/guard.ts';
import type { BookingContext } from '../booking/context.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { declineAskedRefund } from './asked-refunds.ts';
import { approveRefund, declineRefund, editRefund, type Refunder } from './change-refund.ts';
import { changeRefundSettings } from './change-refund-settings.ts';
import { proposeByStaff } from './propose-by-staff.ts';
import { readRefundable, readRefunds } from './read-refunds.ts';
import { sendRefund } from './send-refund.ts';

const id = z.string().max(60);
const here = z.object({ location: id });
const one = z.object({ location: id, refund: id });
const tags = ['salon: refunds'];
const response = { 200: refundListShape, ...problemAnswers };
const byOf = (request: FastifyRequest): Refunder => ({ who: whoOf(request), place: placeOf(request) });

/** Finance → Refunds. Every change answers the list of what is to be done anew. */
export async function refundRoutes(http: Http, ctx: BookingContext): Promise<void> {
  const todo = (request: FastifyRequest) => readRefunds(ctx, byOf(request), { state: 'todo' });

  http.get(
    '/locations/:location/refunds',
    {
      config: { needs: 'transactions.see' },
      schema: {
        operationId: 'readRefunds',
        tags,
        summary: 'Money that is to go back, is on its way, or went',
        params: here,
        querystring: refundQueryShape,
        response,
      },
    },
    async (request) => readRefunds(ctx, byOf(request), request.query),
  );

  http.post(
    '/locations/:location/refunds',
    {
      config: { needs: 'refunds.make' },
      schema: {
        operationId: 'proposeRefund',
        tags,
        summary: 'Propose to give something of one payment back',
        description: 'The visit stays as it is. The same key has one effect.',
        params: here,
        body: refundWishShape,
        response,
      },
    },
    async (request) => {
      await proposeByStaff(ctx, byOf(request), request.body);
      return todo(request);
    },
  );

  http.get(
    '/locations/:location/appointments/:appointment/refundable',
    {
      config: { needs: 'checkout.see' },
      schema: {
        operationId: 'readRefundable',
        tags,
        summary: 'What was paid for a visit and has not gone back, payment by payment',
        params: here.extend({ appointment: id }),
        response: { 200: refundableShape, ...problemAnswers },
      },
    },
    async (request) => readRefundable(ctx, placeOf(request), request.params.appointment),
  );

  http.put(
    '/locations/:location/refunds/:refund',
    {
      config: { needs: 'refunds.make' },
      schema: {
        operationId: 'editRefund',
        tags,
        summary: 'Change how much is to go back',
        description: 'Never more than is left of that payment (more_than_left). What was approved has to be approved anew.',
        params: one,
        body: refundEditShape,
        response,
      },
    },
    async (request) => {
      await editRefund(ctx, byOf(request), request.params.refund, request.body);
      return todo(request);
    },
  );

  http.post(
    '/locations/:location/refunds/:refund/approval',
    {
      config: { needs: 'refunds.make' },
      schema: {
        operationId: 'approveRefund',
        tags,
        summary: 'Approve a refund',
        description:
          'Within what the role may give back. Above the location’s limit by somebody else than who proposed or changed it (second_person_needed).',
        params: one,
        body: refundApprovalShape,
        response,
      },
    },
    async (request) => {
      await approveRefund(ctx, byOf(request), request.params.refund, request.body);
      return todo(request);
    },
  );

  http.post(
    '/locations/:location/refunds/:refund/refusal',
    {
      config: { needs: 'refunds.make' },
      schema: { operationId: 'declineRefund', tags, summary: 'Give nothing back, with the reason', params: one, body: refundRefusalShape, response },
    },
    async (request) => {
      await declineRefund(ctx, byOf(request), request.params.refund, request.body);
      return todo(request);
    },
  );

  http.post(
    '/locations/:location/refunds/:refund/sending',
    {
      config: { needs: 'refunds.make' },
      schema: {
        operationId: 'sendRefund',
        tags,
        summary: 'Give an approved refund back',
        description: 'Through the provider, onto the client’s account, or out of a register. The same key has one effect.',
        params: one,
        body: refundSendingShape,
        response,
      },
    },
    async (request) => {
      await sendRefund(ctx, byOf(request), request.params.refund, request.body);
      return todo(request);
    },
  );

  http.post(
    '/locations/:location/asked-refunds/:kind/:subject/refusal',
    {
      config: { needs: 'refunds.make' },
      schema: {
        operationId: 'declineAskedRefund',
        tags,
        summary: 'Do not give back what somebody has asked a second person for',
        description: 'What is left of a client account or of a membership stays there. Who agrees gives it back as who asked did.',
        params: here.extend({ kind: z.enum(['account', 'membership']), subject: z.string().max(140) }),
        body: askedRefusalShape,
        response,
      },
    },
    async (request) => {
      const { kind, subject } = request.params;
      await declineAskedRefund(ctx, byOf(request), { kind, id: subject }, request.body.because);
      return todo(request);
    },
  );

  http.put(
    '/locations/:location/refund-settings',
    {
      config: { needs: 'finance.edit' },
      schema: {
        operationId: 'changeRefundSettings',
        tags,
        summary: 'From which amount a second person approves',
        params: here,
        body: refundSettingsShape,
        response,
      },
    },
    async (request) => {
      await changeRefundSettings(ctx, byOf(request), request.body);
      return todo(request);
    },
  );
}
