import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { answerCalls, type Prepare } from './answer-call.ts';
import { disputeRoutes } from './dispute-routes.ts';
import { endpointRoutes } from './endpoint-routes.ts';
import { expand, lineItems } from './expand.ts';
import { expireByCall } from './expire-session.ts';
import { createRefundShape, giveRefund, refundElsewhere } from './give-refund.ts';
import { listPage, listParams } from './list-page.ts';
import { openSession } from './open-session.ts';
import type { PayoutRow } from './pay-out.ts';
import { sessionRow } from './pay-session.ts';
import { expandList, readShape, text } from './read-shape.ts';
import { noSuch, Refusal } from './refusal.ts';
import type { SandboxState } from './sandbox-state.ts';
import { checkMethodsFor, createSessionShape, knownElsewhere } from './session-shape.ts';
import type { Work } from './work.ts';

type Plain = { [key: string]: unknown };
const show = (work: Work, object: object, paths: readonly string[] | undefined) => expand(work.tx, object as Plain, paths ?? []);

const readParams = z.strictObject({ expand: expandList.optional() });
const sessionList = z.strictObject({ ...listParams, payment_intent: text().optional(), status: z.enum(['open', 'complete', 'expired']).optional() });
const refundList = z.strictObject({ ...listParams, payment_intent: text().optional(), charge: text().optional() });
const movementList = z.strictObject({ ...listParams, payout: text().optional(), type: text().optional(), currency: text().optional() });
const payoutList = z.strictObject({ ...listParams, status: text().optional() });
const eventList = z.strictObject({
  ...listParams,
  type: text().optional(),
  types: z.array(text()).optional(),
  delivery_success: z.enum(['true', 'false']).optional(),
});

/** Stripe's own paths. */
export function apiRoutes(app: FastifyInstance, state: SandboxState): void {
  const answer = answerCalls(state);

  app.post(
    '/v1/checkout/sessions',
    answer('create', ({ values, version }) => {
      const wish = readShape(createSessionShape, values, knownElsewhere);
      checkMethodsFor(version, wish);
      return (work) => show(work, openSession(work, wish), wish.expand);
    }),
  );
  app.get(
    '/v1/checkout/sessions',
    answer('read', ({ values }) => {
      const wish = readShape(sessionList, values);
      return (work) => {
        const mine = work.tx
          .list('session')
          .filter((row) => row.account === work.account.id)
          .map((row) => row.session);
        const asked = mine.filter(
          (one) =>
            (wish.status === undefined || one.status === wish.status) &&
            (wish.payment_intent === undefined || one.payment_intent === wish.payment_intent),
        );
        return show(work, listPage(asked, wish, '/v1/checkout/sessions'), wish.expand);
      };
    }),
  );
  app.get(
    '/v1/checkout/sessions/:id',
    answer('read', ({ params, values }) => {
      const wish = readShape(readParams, values);
      return (work) => show(work, sessionRow(work, params['id'] ?? '').session, wish.expand);
    }),
  );
  app.get(
    '/v1/checkout/sessions/:id/line_items',
    answer(
      'read',
      ({ params }) =>
        (work) =>
          lineItems(sessionRow(work, params['id'] ?? '')),
    ),
  );
  app.post(
    '/v1/checkout/sessions/:id/expire',
    answer('close', ({ params, values }) => {
      const wish = readShape(readParams, values);
      return (work) => show(work, expireByCall(work, params['id'] ?? ''), wish.expand);
    }),
  );

  app.get('/v1/payment_intents/:id', answer('read', readOwned('intent', 'payment_intent')));
  app.get('/v1/charges/:id', answer('read', readOwned('charge', 'charge')));
  app.get('/v1/balance_transactions/:id', answer('read', readOwned('txn', 'balance transaction')));
  app.get(
    '/v1/balance_transactions',
    answer('read', ({ values }) => {
      const wish = readShape(movementList, values);
      return (work) => {
        const settled = wish.payout === undefined ? undefined : payoutOf(work, wish.payout).settles;
        const asked = work.tx
          .list('txn')
          .filter(({ account: owner, object }) => owner === work.account.id && (settled === undefined || settled.includes(object.id)))
          .map(({ object }) => object)
          .filter((one) => (wish.type === undefined || one.type === wish.type) && (wish.currency === undefined || one.currency === wish.currency));
        return show(work, listPage(asked, wish, '/v1/balance_transactions'), wish.expand);
      };
    }),
  );
  app.get(
    '/v1/payouts',
    answer('read', ({ values }) => {
      const wish = readShape(payoutList, values);
      return (work) => {
        const mine = work.tx.list('payout').filter((row) => row.account === work.account.id);
        const asked = mine.map(({ object }) => object).filter((one) => wish.status === undefined || one.status === wish.status);
        return show(work, listPage(asked, wish, '/v1/payouts'), wish.expand);
      };
    }),
  );
  app.get('/v1/refunds/:id', answer('read', readOwned('refund', 'refund')));
  app.post(
    '/v1/refunds',
    answer('refund', ({ values }) => {
      const wish = readShape(createRefundShape, values, refundElsewhere);
      return (work) => show(work, giveRefund(work, wish, state.refundMode), wish.expand);
    }),
  );
  app.get(
    '/v1/refunds',
    answer('read', ({ values }) => {
      const wish = readShape(refundList, values);
      return (work) => {
        const mine = work.tx
          .list('refund')
          .filter((row) => row.account === work.account.id)
          .map((row) => row.object);
        const asked = mine.filter(
          (one) =>
            (wish.payment_intent === undefined || one.payment_intent === wish.payment_intent) &&
            (wish.charge === undefined || one.charge === wish.charge),
        );
        return show(work, listPage(asked, wish, '/v1/refunds'), wish.expand);
      };
    }),
  );

  app.get(
    '/v1/events',
    answer('read', ({ values }) => {
      const wish = readShape(eventList, values);
      return (work) => {
        const mine = work.tx.list('event').filter((row) => row.account === work.account.id);
        const asked = mine.filter(
          ({ event, delivery }) =>
            (wish.type === undefined || event.type === wish.type) &&
            (wish.types === undefined || wish.types.includes(event.type)) &&
            (wish.delivery_success === undefined || (wish.delivery_success === 'true') === (delivery === 'delivered')),
        );
        return listPage(
          asked.map((row) => row.event),
          wish,
          '/v1/events',
        );
      };
    }),
  );
  app.get(
    '/v1/events/:id',
    answer('read', ({ params }) => (work) => {
      const row = work.tx.get('event', params['id'] ?? '');
      if (row?.account !== work.account.id) throw noSuch('event', params['id'] ?? '', 'id');
      return row.event;
    }),
  );

  disputeRoutes(app, answer);
  endpointRoutes(app, state, answer);

  const account: Prepare = () => (work) => ({
    id: work.account.id,
    object: 'account',
    business_profile: { name: 'Stripe sandbox' },
    charges_enabled: true,
    payouts_enabled: true,
    details_submitted: true,
    country: 'IE',
    default_currency: 'eur',
    type: 'standard',
    settings: { dashboard: { display_name: 'Stripe sandbox', timezone: 'Etc/UTC' } },
  });
  app.get('/v1/account', answer('read', account));
  app.get(
    '/v1/balance',
    answer('read', () => (work) => balance(work)),
  );

  app.all(
    '/v1/*',
    answer('read', () => () => {
      throw new Refusal(404, 'Unrecognized request URL. The sandbox answers the paths listed in its README.');
    }),
  );
}

function payoutOf(work: Work, id: string): PayoutRow {
  const row = work.tx.get('payout', id);
  if (row?.account !== work.account.id) throw noSuch('payout', id, 'payout');
  return row;
}

function readOwned(kind: 'intent' | 'charge' | 'txn' | 'refund', name: string): Prepare {
  return ({ params, values }) => {
    const wish = readShape(readParams, values);
    const id = params['id'] ?? '';
    return (work) => {
      const row = work.tx.get(kind, id);
      if (row?.account !== work.account.id) throw noSuch(name, id, kind === 'intent' ? 'intent' : 'id');
      return show(work, row.object, wish.expand);
    };
  };
}

/** What the movements add up to, by currency. */
function balance(work: Work): object {
  const sums = new Map<string, number>();
  for (const { account, object } of work.tx.list('txn')) {
    if (account === work.account.id) sums.set(object.currency, (sums.get(object.currency) ?? 0) + object.net);
  }
  const list = [...sums].map(([currency, amount]) => ({ amount, currency, source_types: { card: amount } }));
  return { object: 'balance', available: list, livemode: false, pending: list.map((one) => ({ ...one, amount: 0, source_types: { card: 0 } })) };
}
