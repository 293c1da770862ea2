import { checkoutShape } from '@holdfast/contract/checkout';
import {
  coverVisitShape,
  membershipFreezeShape,
  membershipRefundShape,
  membershipSaleShape,
  membershipsOfClientShape,
  membershipTypesShape,
  membershipTypeWishShape,
  membershipUnfreezeShape,
  newMembershipTypeShape,
} from '@holdfast/contract/memberships';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { placeOf, whoOf } from '../access/guard.ts';
import type { BookingContext } from '../booking/context.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { addMembershipType, changeMembershipType, readMembershipTypes } from '../memberships/membership-types.ts';
import { coverVisit, uncoverVisit } from './cover-visit.ts';
import { freezeMembership, unfreezeMembership } from './freeze-membership.ts';
import { readCheckout } from './read-checkout.ts';
import { readMemberships } from './read-memberships.ts';
import { refundMembership } from './refund-membership.ts';
import { cancelMembershipLink, sellMembership } from './sell-membership.ts';
import type { AtDesk } from './take-for-visit.ts';

const id = z.string().max(60);
const here = z.object({ location: id });
const byClient = here.extend({ client: id });
const byMembership = here.extend({ membership: id });
const byAppointment = here.extend({ appointment: id });
const at = '/locations/:location';
const desk = (request: FastifyRequest): AtDesk => ({ who: whoOf(request), place: placeOf(request) });

/** Memberships (B9): their types, what was sold to whom, and visits that are paid with them. */
export async function membershipRoutes(http: Http, ctx: BookingContext): Promise<void> {
  const schema = (operationId: string, summary: string) => ({ operationId, summary, tags: ['salon: memberships'] });
  const types = { 200: membershipTypesShape, ...problemAnswers };
  const ofClient = { 200: membershipsOfClientShape, ...problemAnswers };
  const checkout = { 200: checkoutShape, ...problemAnswers };

  http.get(
    `${at}/membership-types`,
    {
      config: { needs: 'checkout.see' },
      schema: { ...schema('readMembershipTypes', 'The chain’s membership types'), params: here, response: types },
    },
    async (request) => readMembershipTypes(ctx.db.read, whoOf(request), ctx.now()),
  );
  http.post(
    `${at}/membership-types`,
    {
      config: { needs: 'finance.edit' },
      schema: { ...schema('addMembershipType', 'A new type of membership'), params: here, body: newMembershipTypeShape, response: types },
    },
    async (request) => {
      await addMembershipType(ctx, whoOf(request), request.body);
      return readMembershipTypes(ctx.db.read, whoOf(request), ctx.now());
    },
  );
  http.put(
    `${at}/membership-types/:type`,
    {
      config: { needs: 'finance.edit' },
      schema: {
        ...schema('changeMembershipType', 'What is sold from now on; archive it, bring it back'),
        params: here.extend({ type: id }),
        body: membershipTypeWishShape,
        response: types,
      },
    },
    async (request) => {
      await changeMembershipType(ctx, whoOf(request), request.params.type, request.body);
      return readMembershipTypes(ctx.db.read, whoOf(request), ctx.now());
    },
  );

  http.get(
    `${at}/clients/:client/memberships`,
    {
      config: { needs: 'checkout.see' },
      schema: { ...schema('readMemberships', 'A client’s memberships, with what they were used for'), params: byClient, response: ofClient },
    },
    async (request) => readMemberships(ctx, desk(request), request.params.client),
  );
  http.post(
    `${at}/clients/:client/memberships`,
    {
      config: { needs: 'accounts.top_up' },
      schema: {
        ...schema('sellMembership', 'Sells one, or makes a link to pay it'),
        params: byClient,
        body: membershipSaleShape,
        response: ofClient,
      },
    },
    async (request) => {
      await sellMembership(ctx, desk(request), request.params.client, request.body);
      return readMemberships(ctx, desk(request), request.params.client);
    },
  );
  http.post(
    `${at}/memberships/:membership/freeze`,
    {
      config: { needs: 'accounts.top_up' },
      schema: {
        ...schema('freezeMembership', 'Days that are added at its end'),
        params: byMembership,
        body: membershipFreezeShape,
        response: ofClient,
      },
    },
    async (request) => readMemberships(ctx, desk(request), await freezeMembership(ctx, desk(request), request.params.membership, request.body)),
  );
  http.post(
    `${at}/memberships/:membership/unfreeze`,
    {
      config: { needs: 'accounts.top_up' },
      schema: { ...schema('unfreezeMembership', 'It is used again'), params: byMembership, body: membershipUnfreezeShape, response: ofClient },
    },
    async (request) =>
      readMemberships(ctx, desk(request), await unfreezeMembership(ctx, desk(request), request.params.membership, request.body.version)),
  );
  http.post(
    `${at}/memberships/:membership/cancellation`,
    {
      config: { needs: 'accounts.top_up' },
      schema: {
        ...schema('cancelMembershipLink', 'An unpaid link leads nowhere any more'),
        params: byMembership,
        body: membershipUnfreezeShape,
        response: ofClient,
      },
    },
    async (request) =>
      readMemberships(ctx, desk(request), await cancelMembershipLink(ctx, desk(request), request.params.membership, request.body.version)),
  );
  http.post(
    `${at}/memberships/:membership/refund`,
    {
      config: { needs: 'transactions.delete' },
      schema: {
        ...schema('refundMembership', 'What is not earned goes back'),
        params: byMembership,
        body: membershipRefundShape,
        response: ofClient,
      },
    },
    async (request) => {
      const { clientId } = await refundMembership(ctx, desk(request), request.params.membership, request.body);
      return readMemberships(ctx, desk(request), clientId);
    },
  );

  http.post(
    `${at}/appointments/:appointment/membership-cover`,
    {
      config: { needs: 'accounts.pay' },
      schema: { ...schema('coverVisit', 'Pays a visit with a membership'), params: byAppointment, body: coverVisitShape, response: checkout },
    },
    async (request) => {
      await coverVisit(ctx, desk(request), request.params.appointment, request.body.version);
      return readCheckout(ctx, placeOf(request), request.params.appointment);
    },
  );
  http.post(
    `${at}/appointments/:appointment/membership-cover/undo`,
    {
      config: { needs: 'accounts.pay' },
      schema: {
        ...schema('uncoverVisit', 'The visits come back, and are due again'),
        params: byAppointment,
        body: coverVisitShape,
        response: checkout,
      },
    },
    async (request) => {
      await uncoverVisit(ctx, desk(request), request.params.appointment, request.body.version);
      return readCheckout(ctx, placeOf(request), request.params.appointment);
    },
  );
}
