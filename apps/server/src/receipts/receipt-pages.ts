import { z } from 'zod';
import { readBooking } from '../booking/read-booking.ts';
import { scopeOfBooking } from '../booking/scope-of-booking.ts';
import type { Http } from '../kit/http.ts';
import { Problem } from '../kit/problem.ts';
import type { ReceiptContext } from './context.ts';
import { readReceipt, receiptsOfBooking } from './read-receipts.ts';
import { RECEIPT_SCRIPT, RECEIPT_STYLE, receiptScript, receiptStyle, renderReceiptList, renderReceiptPage } from './render-page.ts';
import { renderPdf } from './render-pdf.ts';

const byToken = z.object({ token: z.string().max(200) });

/** What a client may open: a document by its signed address, and all of a booking from its own page. */
export async function receiptPages(http: Http, ctx: ReceiptContext): Promise<void> {
  const receiptOf = async (token: string) => {
    const named = ctx.receiptLinks.read(token);
    const receipt = named && (await readReceipt(ctx.db.read, { chainId: named.chainId }, named.receiptId));
    if (!receipt) throw new Problem('not_found', 404, 'There is no such document.');
    return receipt;
  };

  http.get('/r/:token', { schema: { hide: true, params: byToken } }, async ({ params }, reply) => {
    const html = renderReceiptPage(await receiptOf(params.token), { self: `/r/${params.token}` });
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(html);
  });

  http.get('/r/:token/pdf', { schema: { hide: true, params: byToken } }, async ({ params }, reply) => {
    const receipt = await receiptOf(params.token);
    reply.type('application/pdf').header('cache-control', 'no-store').header('content-disposition', `attachment; filename="${receipt.name}.pdf"`);
    return reply.send(await renderPdf(receipt, 'a4'));
  });

  http.get('/b/:token/receipts', { schema: { hide: true, params: byToken } }, async ({ params }, reply) => {
    const { scope, bookingId } = await scopeOfBooking(ctx, params.token);
    const { language, location } = await readBooking(ctx, scope, bookingId);
    const items = await receiptsOfBooking(ctx.db.read, scope.chainId, bookingId);
    const urlOf = (id: string) => new URL(ctx.receiptLinks.urlOf(scope.chainId, id)).pathname;
    const html = renderReceiptList(items, { language, timeZone: location.timeZone, urlOf, back: `/b/${params.token}` });
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(html);
  });

  for (const [path, type, text] of [
    [RECEIPT_STYLE, 'text/css', receiptStyle],
    [RECEIPT_SCRIPT, 'text/javascript', receiptScript],
  ] as const) {
    http.get(path, { schema: { hide: true } }, async (_request, reply) =>
      reply.type(`${type}; charset=utf-8`).header('cache-control', 'public, max-age=3600').send(text),
    );
  }
}
