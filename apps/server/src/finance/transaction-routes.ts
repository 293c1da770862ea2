import {
  deletionWishShape,
  manualWishShape,
  transactionChoicesShape,
  transactionDetailShape,
  transactionFilterShape,
  transactionPageQueryShape,
  transactionPageShape,
  transactionTotalsShape,
  writtenShape,
} from '@holdfast/contract/transactions';
import { z } from 'zod';
import { placeOf, whoOf } from '../access/guard.ts';
import { csvStream } from '../kit/csv.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import type { FinanceContext } from './context.ts';
import { deleteTransaction } from './delete-transaction.ts';
import { transactionLines } from './export-transactions.ts';
import { placeFacts } from './place-facts.ts';
import { readChoices } from './read-choices.ts';
import { readTotals } from './read-totals.ts';
import { readTransaction } from './read-transaction.ts';
import { readTransactions, walkTransactions } from './read-transactions.ts';
import { changeTransaction, writeTransaction } from './write-transaction.ts';

const id = z.string().max(60);
const here = z.object({ location: id });
const ofEntry = here.extend({ entry: id });
const tags = ['salon: finance'];
const see = { needs: 'transactions.see' } as const;

/** Finance → Financial Transactions: what stands in the books, as people look for it. */
export async function transactionRoutes(http: Http, ctx: FinanceContext): Promise<void> {
  const at = '/locations/:location';

  http.get(
    `${at}/transactions`,
    {
      config: see,
      schema: {
        operationId: 'readTransactions',
        tags,
        summary: 'Financial transactions, newest first',
        params: here,
        querystring: transactionPageQueryShape,
        response: { 200: transactionPageShape, ...problemAnswers },
      },
    },
    async (request) => {
      const { after, limit, ...filter } = request.query;
      return readTransactions(ctx.db.read, placeOf(request), filter, { after, limit });
    },
  );

  http.get(
    `${at}/transaction-totals`,
    {
      config: see,
      schema: {
        operationId: 'readTransactionTotals',
        tags,
        summary: 'What these transactions add up to',
        params: here,
        querystring: transactionFilterShape,
        response: { 200: transactionTotalsShape, ...problemAnswers },
      },
    },
    async (request) => readTotals(ctx.db.read, placeOf(request).scope, request.query),
  );

  http.get(
    `${at}/transaction-choices`,
    {
      config: see,
      schema: {
        operationId: 'readTransactionChoices',
        tags,
        summary: 'What transactions can be filtered by and written down under',
        params: here,
        querystring: z.object({ client: z.string().min(1).max(60).optional().describe('Whose name is wanted too') }),
        response: { 200: transactionChoicesShape, ...problemAnswers },
      },
    },
    async (request) => readChoices(ctx.db.read, placeOf(request), request.query.client),
  );

  http.get(
    `${at}/transactions.csv`,
    {
      config: see,
      schema: {
        operationId: 'exportTransactions',
        tags,
        summary: 'All of them as a file',
        params: here,
        querystring: transactionFilterShape,
        response: { 200: { description: 'All that fits, newest first', content: { 'text/csv': { schema: z.string() } } }, ...problemAnswers },
      },
    },
    async (request, reply) => {
      const place = placeOf(request);
      const { timeZone } = await placeFacts(ctx.db.read, place.scope);
      const { heading, line } = transactionLines(whoOf(request).language, timeZone);
      async function* pages() {
        for await (const page of walkTransactions(ctx.db.read, place, request.query)) yield page.map(line);
      }
      reply.header('content-disposition', `attachment; filename="financial-transactions-${ctx.now().toISOString().slice(0, 10)}.csv"`);
      // a stream goes past the answer's shape
      return reply.type('text/csv; charset=utf-8').send(csvStream(heading, pages()) as never);
    },
  );

  http.get(
    `${at}/transactions/:entry`,
    {
      config: see,
      schema: {
        operationId: 'readTransaction',
        tags,
        summary: 'One transaction with everything that belongs to it',
        params: ofEntry,
        response: { 200: transactionDetailShape, ...problemAnswers },
      },
    },
    async (request) => readTransaction(ctx, placeOf(request), request.params.entry),
  );

  http.post(
    `${at}/transactions`,
    {
      config: { needs: 'transactions.create' },
      schema: {
        operationId: 'writeTransaction',
        tags,
        summary: 'Write down an income or expense',
        description: 'The same key has one effect. On a closed day it stands at the beginning of the next open one: `happenedAt` says when.',
        params: here,
        body: manualWishShape,
        response: { 200: writtenShape, ...problemAnswers },
      },
    },
    async (request) => writeTransaction(ctx, { who: whoOf(request), place: placeOf(request) }, request.body),
  );

  http.post(
    `${at}/transactions/:entry/replacement`,
    {
      config: { needs: 'transactions.edit' },
      schema: {
        operationId: 'changeTransaction',
        tags,
        summary: 'Change an income or expense that was written down',
        description: 'The books keep it, undo it, and get the new one; each names the other.',
        params: ofEntry,
        body: manualWishShape,
        response: { 200: writtenShape, ...problemAnswers },
      },
    },
    async (request) => changeTransaction(ctx, { who: whoOf(request), place: placeOf(request) }, request.params.entry, request.body),
  );

  http.post(
    `${at}/transactions/:entry/deletion`,
    {
      config: { needs: 'transactions.delete' },
      schema: {
        operationId: 'deleteTransaction',
        tags,
        summary: 'Delete a transaction',
        description:
          'The books keep it and add its reversal. What cannot be deleted says why in `detail.because`; what depends on it is named in `detail`.',
        params: ofEntry,
        body: deletionWishShape,
        response: { 200: transactionDetailShape, ...problemAnswers },
      },
    },
    async (request) => {
      const place = placeOf(request);
      await deleteTransaction(ctx, { who: whoOf(request), place }, request.params.entry, request.body);
      return readTransaction(ctx, place, request.params.entry);
    },
  );
}
