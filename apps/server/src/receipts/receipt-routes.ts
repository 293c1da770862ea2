import { linkMessageWishShape } from '@holdfast/contract/checkout';
import {
  type ReceiptList,
  receiptFilterShape,
  receiptListQueryShape,
  receiptListShape,
  receiptSettingsShape,
  receiptSettingsWishShape,
  receiptShape,
} from '@holdfast/contract/receipts';
import { taxReportQueryShape, taxReportShape } from '@holdfast/contract/taxes';
import { z } from 'zod';
import { placeOf, whoOf } from '../access/guard.ts';
import type { Place } from '../access/who.ts';
import { csvStream } from '../kit/csv.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { Problem } from '../kit/problem.ts';
import { channelsToClient } from '../messages/channels-to-client.ts';
import type { ReceiptContext } from './context.ts';
import { majorAmount } from './major-amount.ts';
import { readReceipt, readReceipts } from './read-receipts.ts';
import { readTaxReport } from './read-tax-report.ts';
import { changeReceiptSettings, readReceiptSettings } from './receipt-settings.ts';
import { renderPdf } from './render-pdf.ts';
import { sendReceipt } from './send-receipt.ts';
import { issuerAt } from './store.ts';

const here = z.object({ location: z.string().max(60) });
const oneShape = here.extend({ receipt: z.string().max(60) });
const csvAnswer = (description: string) => ({ 200: { description, content: { 'text/csv': { schema: z.string() } } }, ...problemAnswers });

/** Finance → Receipts, and the report of Finance → Tax rates. */
export async function receiptRoutes(http: Http, ctx: ReceiptContext): Promise<void> {
  const tags = ['salon: finance'];
  const config = { needs: 'transactions.see' } as const;
  const zoneOf = async ({ scope }: Place) => (await issuerAt(ctx.db.read, scope))?.timeZone ?? 'UTC';
  const nameless = <T extends { clientName: string | null }>({ rights }: Place, one: T): T =>
    rights.has('clients.see') ? one : { ...one, clientName: null };
  const one = async (place: Place, id: string) => {
    const receipt = await readReceipt(ctx.db.read, place.scope, id);
    if (!receipt) throw new Problem('not_found', 404, 'There is no such document.');
    return receipt;
  };
  const shown = async (place: Place, receipt: Awaited<ReturnType<typeof one>>) => ({
    ...nameless(place, receipt),
    pageUrl: ctx.receiptLinks.urlOf(place.scope.chainId, receipt.id),
    mayBeSentBy: await channelsToClient(ctx.db.read, place.scope, receipt.clientId),
  });

  http.get(
    '/locations/:location/receipts',
    {
      config,
      schema: {
        operationId: 'readReceipts',
        tags,
        summary: 'Receipts and credit notes, newest first',
        params: here,
        querystring: receiptListQueryShape,
        response: { 200: receiptListShape, ...problemAnswers },
      },
    },
    async (request): Promise<ReceiptList> => {
      const place = placeOf(request);
      const { after, limit, ...filter } = request.query;
      const { items, next } = await readReceipts(ctx.db.read, place.scope, await zoneOf(place), filter, { after, limit });
      const { companyMissing } = await readReceiptSettings(ctx.db.read, place.scope);
      return { items: items.map((item) => nameless(place, item)), next, companyMissing };
    },
  );

  http.get(
    '/locations/:location/receipts.csv',
    {
      config,
      schema: {
        operationId: 'exportReceipts',
        tags,
        summary: 'Receipts and credit notes as a file',
        params: here,
        querystring: receiptFilterShape,
        response: csvAnswer('Newest first'),
      },
    },
    async (request, reply) => {
      const place = placeOf(request);
      const zone = await zoneOf(place);
      async function* pages() {
        for (let after: string | undefined; ; ) {
          const { items, next } = await readReceipts(ctx.db.read, place.scope, zone, request.query, { after, limit: 200 });
          yield items.map((item) => {
            const { name, kind, happenedAt, clientName, amountMinor, currency, paidBy } = nameless(place, item);
            return [name, kind, happenedAt, clientName ?? '', majorAmount(amountMinor, currency), currency, paidBy];
          });
          if (!next) return;
          after = next;
        }
      }
      reply.header('content-disposition', `attachment; filename="receipts-${ctx.now().toISOString().slice(0, 10)}.csv"`);
      return reply
        .type('text/csv; charset=utf-8')
        .send(csvStream(['number', 'kind', 'at', 'client', 'amount', 'currency', 'paid by'], pages()) as never);
    },
  );

  http.get(
    '/locations/:location/receipts/:receipt',
    {
      config,
      schema: { operationId: 'readReceipt', tags, summary: 'A document', params: oneShape, response: { 200: receiptShape, ...problemAnswers } },
    },
    async (request) => {
      const place = placeOf(request);
      return shown(place, await one(place, request.params.receipt));
    },
  );

  http.post(
    '/locations/:location/receipts/:receipt/messages',
    {
      config,
      schema: {
        operationId: 'sendReceipt',
        tags,
        summary: 'Send the client the page of a document',
        params: oneShape,
        body: linkMessageWishShape,
        response: { 200: receiptShape, ...problemAnswers },
      },
    },
    async (request) => {
      const place = placeOf(request);
      await sendReceipt(ctx, { who: whoOf(request), place }, request.params.receipt, request.body.channel);
      return shown(place, await one(place, request.params.receipt));
    },
  );

  http.get(
    '/locations/:location/receipts/:receipt/pdf',
    {
      config,
      schema: {
        operationId: 'downloadReceipt',
        tags,
        summary: 'A document on paper',
        params: oneShape,
        querystring: z.object({ paper: z.enum(['a4', '80mm']).default('a4') }),
        response: { 200: { description: 'A sheet, or a roll of 80 mm', content: { 'application/pdf': { schema: z.any() } } }, ...problemAnswers },
      },
    },
    async (request, reply) => {
      const place = placeOf(request);
      const receipt = nameless(place, await one(place, request.params.receipt));
      reply.type('application/pdf').header('content-disposition', `inline; filename="${receipt.name}.pdf"`);
      return reply.send((await renderPdf(receipt, request.query.paper)) as never);
    },
  );

  http.get(
    '/locations/:location/receipt-settings',
    {
      config,
      schema: {
        operationId: 'readReceiptSettings',
        tags,
        summary: 'How documents are numbered',
        params: here,
        response: { 200: receiptSettingsShape, ...problemAnswers },
      },
    },
    async (request) => readReceiptSettings(ctx.db.read, placeOf(request).scope),
  );

  http.put(
    '/locations/:location/receipt-settings',
    {
      config: { needs: 'finance.edit' },
      schema: {
        operationId: 'changeReceiptSettings',
        tags,
        summary: 'Number documents otherwise from now on',
        params: here,
        body: receiptSettingsWishShape,
        response: { 200: receiptSettingsShape, ...problemAnswers },
      },
    },
    async (request) => {
      await changeReceiptSettings(ctx, whoOf(request), placeOf(request), request.body);
      return readReceiptSettings(ctx.db.read, placeOf(request).scope);
    },
  );

  http.get(
    '/locations/:location/tax-report',
    {
      config: { needs: 'reports.see' },
      schema: {
        operationId: 'readTaxReport',
        tags,
        summary: 'Net, tax and gross by rate',
        params: here,
        querystring: taxReportQueryShape,
        response: { 200: taxReportShape, ...problemAnswers },
      },
    },
    async (request) => readTaxReport(ctx.db.read, placeOf(request).scope, await zoneOf(placeOf(request)), request.query),
  );

  http.get(
    '/locations/:location/tax-report.csv',
    {
      config: { needs: 'reports.see' },
      schema: {
        operationId: 'exportTaxReport',
        tags,
        summary: 'Net, tax and gross by rate, as a file',
        params: here,
        querystring: taxReportQueryShape,
        response: csvAnswer('By rate'),
      },
    },
    async (request, reply) => {
      const { from, to, lines } = await readTaxReport(ctx.db.read, placeOf(request).scope, await zoneOf(placeOf(request)), request.query);
      async function* pages() {
        yield lines.map((line) => [
          line.name ?? '',
          line.basisPoints === null ? '' : line.basisPoints / 100,
          ...[line.netMinor, line.taxMinor, line.grossMinor].map((minor) => majorAmount(minor, line.currency)),
          line.currency,
        ]);
      }
      reply.header('content-disposition', `attachment; filename="taxes-${from}-${to}.csv"`);
      return reply.type('text/csv; charset=utf-8').send(csvStream(['rate', 'percent', 'net', 'tax', 'gross', 'currency'], pages()) as never);
    },
  );
}
