import { paymentStartedShape } from '@holdfast/contract/booking';
import {
  membershipBoughtShape,
  membershipCoverAskedShape,
  membershipCoverShape,
  membershipLinkShape,
  membershipPurchaseShape,
  membershipsOnSaleShape,
  myMembershipsShape,
  ownMembershipsShape,
} from '@holdfast/contract/memberships';
import { toJsonAmount } from '@holdfast/contract/money';
import { myBookingsAskedShape } from '@holdfast/contract/my-bookings';
import { z } from 'zod';
import type { Scope } from '../access/scope.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { askCover } from './ask-cover.ts';
import { buyMembership } from './buy-membership.ts';
import type { MayComeBack } from './come-back.ts';
import type { MembershipsContext } from './context.ts';
import { payMembership } from './pay-membership.ts';
import { readMembershipLink, scopeOfMembershipLink } from './read-membership-link.ts';
import { readOnSale } from './read-on-sale.ts';
import { type OwnPages, readMembershipsOfBooking, readMyMemberships } from './read-own.ts';

const byPlace = z.object({ chain: z.string().max(60), location: z.string().max(60) });
const byToken = z.object({ token: z.string().max(200) });

export interface MembershipClientContext extends MembershipsContext, OwnPages {
  scopeOf(chain: string, location: string): Promise<Scope>;
  scopeOfBooking(token: string): Promise<{ scope: Scope; bookingId: string }>;
  readonly mayComeBack: MayComeBack;
}

/** Memberships for those who use them: what is sold, what covers a wish, and the page of a link. */
export async function membershipClientRoutes(http: Http, ctx: MembershipClientContext): Promise<void> {
  const schema = (operationId: string, summary: string) => ({ operationId, summary, tags: ['client'] });
  const { payments } = ctx;

  http.get(
    '/locations/:chain/:location/memberships',
    {
      schema: {
        ...schema('readMembershipsOnSale', 'Memberships that clients may buy'),
        params: byPlace,
        response: { 200: membershipsOnSaleShape, ...problemAnswers },
      },
    },
    async ({ params }) => readOnSale(payments.db.read, await ctx.scopeOf(params.chain, params.location), payments.now()),
  );
  http.post(
    '/locations/:chain/:location/memberships',
    {
      schema: {
        ...schema('buyMembership', 'Buys a membership: where to pay'),
        description: 'The same draft and type answer the same one while it is not paid.',
        params: byPlace,
        body: membershipPurchaseShape,
        response: { 200: membershipBoughtShape, ...problemAnswers },
      },
    },
    async ({ params, body }) => buyMembership(ctx, await ctx.scopeOf(params.chain, params.location), body, ctx.mayComeBack),
  );
  http.post(
    '/locations/:chain/:location/membership-cover',
    {
      schema: {
        ...schema('askMembershipCover', 'What the memberships on a confirmed phone cover'),
        description: 'Changes nothing.',
        params: byPlace,
        body: membershipCoverAskedShape,
        response: { 200: membershipCoverShape, ...problemAnswers },
      },
    },
    async ({ params, body }) => askCover(payments.db.read, await ctx.scopeOf(params.chain, params.location), body, payments.now()),
  );
  http.post(
    '/locations/:chain/:location/my-memberships',
    {
      schema: {
        ...schema('readMyMemberships', 'All memberships of whoever has this telephone'),
        description: 'Only with a confirmed telephone. Changes nothing.',
        params: byPlace,
        body: myBookingsAskedShape,
        response: { 200: myMembershipsShape, ...problemAnswers },
      },
    },
    async ({ params, body }, reply) => {
      const scope = await ctx.scopeOf(params.chain, params.location);
      reply.header('cache-control', 'no-store');
      return readMyMemberships(payments.db.read, scope, body, { pages: ctx, at: payments.now() });
    },
  );
  http.get(
    '/bookings/:token/memberships',
    {
      schema: {
        ...schema('readMembershipsOfBooking', 'The client’s memberships'),
        params: byToken,
        response: { 200: ownMembershipsShape, ...problemAnswers },
      },
    },
    async ({ params }, reply) => {
      const { scope, bookingId } = await ctx.scopeOfBooking(params.token);
      reply.header('cache-control', 'no-store');
      return readMembershipsOfBooking(payments.db.read, scope, bookingId, payments.now());
    },
  );
  http.get(
    '/membership-links/:token',
    {
      schema: {
        ...schema('readMembershipLink', 'What a membership’s link asks for'),
        params: byToken,
        response: { 200: membershipLinkShape, ...problemAnswers },
      },
    },
    async ({ params }, reply) => {
      const { scope, membershipId } = await scopeOfMembershipLink(ctx, params.token);
      reply.header('cache-control', 'no-store');
      return readMembershipLink(ctx, scope, membershipId);
    },
  );
  http.post(
    '/membership-links/:token/payments',
    {
      schema: {
        ...schema('payMembershipByLink', 'Where to go and pay a membership'),
        params: byToken,
        response: { 200: paymentStartedShape, ...problemAnswers },
      },
    },
    async ({ params }) => {
      const { scope, membershipId } = await scopeOfMembershipLink(ctx, params.token);
      const { pageUrl, payableUntil, amountMinor, currency } = await payMembership(ctx, scope, membershipId);
      return { pageUrl, payableUntil: payableUntil.toISOString(), amountMinor: toJsonAmount(amountMinor), currency };
    },
  );
}
