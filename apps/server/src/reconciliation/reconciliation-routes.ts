import { currencyExponent } from '@holdfast/contract/currency-exponent';
import {
  acceptanceShape,
  acceptedShape,
  decisionsShape,
  differencesQueryShape,
  differencesShape,
  dismissalShape,
  doneShape,
  explainedPayoutShape,
  handPayoutShape,
  matchShape,
  onItsWayShape,
  reconciliationSettingsShape,
  reconciliationShape,
  type SettlementAccepted,
} from '@holdfast/contract/reconciliation';
import { z } from 'zod';
import { placeOf, whoOf } from '../access/guard.ts';
import { csvStream } from '../kit/csv.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { Problem } from '../kit/problem.ts';
import type { PaymentsContext } from '../payments/context.ts';
import { acceptDifference } from './accept-difference.ts';
import { changeReconciliation } from './change-settings.ts';
import { dismissDifference, matchByHand } from './decide-otherwise.ts';
import { explainPayout, PAYOUT_HEADING, payoutHere, walkPayout } from './explain-payout.ts';
import { notePayout } from './note-payout.ts';
import { readDecisions, readDifferences } from './read-differences.ts';
import { readOnItsWay } from './read-on-its-way.ts';
import { readReconciliation } from './read-overview.ts';
import { readProviderBooks } from './read-provider-books.ts';
import { connectionHere } from './store-items.ts';
import { undoDecision } from './undo-decision.ts';

const BASE = '/locations/:location/reconciliation';
const id = z.string().max(60);
const here = z.object({ location: id });
const tags = ['salon: reconciliation'];
const see = { needs: 'transactions.see' } as const;
const make = { needs: 'reconciliation.make' } as const;
const all = { 200: reconciliationShape, ...problemAnswers };
const done = { 200: doneShape, ...problemAnswers };

/** Finance → Reconciliation: payouts, differences, what is on its way. */
export async function reconciliationRoutes(http: Http, ctx: PaymentsContext): Promise<void> {
  http.get(
    BASE,
    {
      config: see,
      schema: { operationId: 'readReconciliation', tags, summary: 'Connections, newest payouts and files', params: here, response: all },
    },
    async (request) => readReconciliation(ctx, placeOf(request)),
  );
  http.post(
    `${BASE}/connections/:connection/readings`,
    {
      config: make,
      schema: {
        operationId: 'readProviderBooks',
        tags,
        summary: 'Read the provider’s own books now',
        description: 'It is read every hour anyway; reading twice has one effect.',
        params: here.extend({ connection: id }),
        response: all,
      },
    },
    async (request) => {
      const place = placeOf(request);
      const connection = await connectionHere(ctx.db.read, place.scope, request.params.connection);
      if (!connection) throw new Problem('not_found', 404, 'There is no such payment connection.');
      await readProviderBooks(ctx, connection);
      return readReconciliation(ctx, place);
    },
  );
  http.put(
    `${BASE}/connections/:connection/settings`,
    {
      config: make,
      schema: {
        operationId: 'changeReconciliation',
        tags,
        summary: 'How a connection is reconciled',
        params: here.extend({ connection: id }),
        body: reconciliationSettingsShape,
        response: all,
      },
    },
    async (request) => {
      const place = placeOf(request);
      await changeReconciliation(ctx, { who: whoOf(request), place }, request.params.connection, request.body);
      return readReconciliation(ctx, place);
    },
  );
  http.get(
    `${BASE}/connections/:connection/on-its-way`,
    {
      config: see,
      schema: {
        operationId: 'readOnItsWay',
        tags,
        summary: 'What the provider still owes, listed: the sum is the account’s balance',
        params: here.extend({ connection: id }),
        response: { 200: z.object({ currencies: z.array(onItsWayShape) }), ...problemAnswers },
      },
    },
    async (request) => {
      const place = placeOf(request);
      if (!(await connectionHere(ctx.db.read, place.scope, request.params.connection)))
        throw new Problem('not_found', 404, 'There is no such payment connection.');
      return { currencies: await readOnItsWay(ctx.db.read, place, request.params.connection) };
    },
  );
  http.post(
    `${BASE}/connections/:connection/payouts`,
    {
      config: make,
      schema: {
        operationId: 'notePayout',
        tags,
        summary: 'A payout as the bank’s statement says it, where the provider tells of none',
        params: here.extend({ connection: id }),
        body: handPayoutShape,
        response: all,
      },
    },
    async (request) => {
      const place = placeOf(request);
      await notePayout(ctx, { who: whoOf(request), place }, request.params.connection, request.body);
      return readReconciliation(ctx, place);
    },
  );
  http.get(
    `${BASE}/payouts/:payout`,
    {
      config: see,
      schema: {
        operationId: 'explainPayout',
        tags,
        summary: 'Explain this payout to the cent',
        params: here.extend({ payout: id }),
        response: { 200: explainedPayoutShape, ...problemAnswers },
      },
    },
    async (request) => explainPayout(ctx, placeOf(request), request.params.payout),
  );
  http.get(
    `${BASE}/payouts/:payout/lines.csv`,
    {
      config: see,
      schema: {
        operationId: 'readPayoutCsv',
        tags,
        summary: 'A payout’s lines for a table program',
        params: here.extend({ payout: id }),
        response: { 200: { description: 'Every line', content: { 'text/csv': { schema: z.string() } } }, ...problemAnswers },
      },
    },
    async (request, reply) => {
      const place = placeOf(request);
      const payout = await payoutHere(ctx, place, request.params.payout);
      const decimal = (amountMinor: number, currency: string) => amountMinor / 10 ** currencyExponent(currency);
      reply.header('content-disposition', `attachment; filename="payout-${payout.at.toISOString().slice(0, 10)}.csv"`);
      // a stream goes past the answer's shape
      return reply.type('text/csv; charset=utf-8').send(csvStream(PAYOUT_HEADING, walkPayout(ctx, place, payout, decimal)) as never);
    },
  );
  http.get(
    `${BASE}/differences`,
    {
      config: see,
      schema: {
        operationId: 'readDifferences',
        tags,
        summary: 'What somebody has to decide about, each with the postings it would make',
        params: here,
        querystring: differencesQueryShape,
        response: { 200: differencesShape, ...problemAnswers },
      },
    },
    async (request) => readDifferences(ctx, placeOf(request), request.query),
  );
  http.post(
    `${BASE}/acceptances`,
    {
      config: make,
      schema: {
        operationId: 'acceptDifferences',
        tags,
        summary: 'Accept differences: exactly what was shown is posted',
        description: 'Each by itself: what somebody else has decided meanwhile, or what is another difference now, is left alone and said.',
        params: here,
        body: acceptanceShape,
        response: { 200: acceptedShape, ...problemAnswers },
      },
    },
    async (request): Promise<SettlementAccepted> => {
      const deciding = { who: whoOf(request), place: placeOf(request) };
      const outcomes: SettlementAccepted['outcomes'] = [];
      for (const { id: itemId, revision } of request.body.items) {
        try {
          await acceptDifference(ctx, deciding, itemId, revision);
          outcomes.push({ id: itemId, outcome: 'accepted' });
        } catch (error) {
          const code = error instanceof Problem ? error.code : undefined;
          if (code !== 'choice_already_made' && code !== 'changed_meanwhile' && code !== 'not_found') throw error;
          if (code === 'not_found' && request.body.items.length === 1) throw error;
          outcomes.push({ id: itemId, outcome: code });
        }
      }
      return { outcomes };
    },
  );
  http.post(
    `${BASE}/differences/:item/dismissal`,
    {
      config: make,
      schema: {
        operationId: 'dismissDifference',
        tags,
        summary: 'Leave a difference as it is, and say why',
        params: here.extend({ item: id }),
        body: dismissalShape,
        response: done,
      },
    },
    async (request) => {
      await dismissDifference(ctx, { who: whoOf(request), place: placeOf(request) }, request.params.item, request.body);
      return { done: true } as const;
    },
  );
  http.post(
    `${BASE}/differences/:item/match`,
    {
      config: make,
      schema: {
        operationId: 'matchByHand',
        tags,
        summary: 'An unknown line is this payment',
        params: here.extend({ item: id }),
        body: matchShape,
        response: done,
      },
    },
    async (request) => {
      await matchByHand(ctx, { who: whoOf(request), place: placeOf(request) }, request.params.item, request.body);
      return { done: true } as const;
    },
  );
  http.get(
    `${BASE}/decisions`,
    {
      config: see,
      schema: {
        operationId: 'readSettlementDecisions',
        tags,
        summary: 'What was decided, newest first',
        params: here,
        querystring: z.object({ after: z.string().max(60).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) }),
        response: { 200: decisionsShape, ...problemAnswers },
      },
    },
    async (request) => readDecisions(ctx.db.read, placeOf(request), request.query),
  );
  http.post(
    `${BASE}/decisions/:decision/undoing`,
    {
      config: make,
      schema: {
        operationId: 'undoSettlementDecision',
        tags,
        summary: 'Take a decision back: what it posted is posted the other way',
        params: here.extend({ decision: id }),
        response: done,
      },
    },
    async (request) => {
      await undoDecision(ctx, { who: whoOf(request), place: placeOf(request) }, request.params.decision);
      return { done: true } as const;
    },
  );
}
