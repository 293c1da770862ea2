import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type AccountRow, ownId } from './books.ts';
import { developersPage, p12Password } from './developers-page.ts';
import { accountOf, inventKeys } from './invent-keys.ts';
import { packP12 } from './pack-p12.ts';
import { pixPages } from './pix-pages.ts';
import type { Psp } from './psp.ts';
import { registerWebhook } from './register-webhook.ts';

const newAccount = z.object({ name: z.string().trim().min(1).max(25), city: z.string().trim().min(1).max(15) });
const webhook = z.object({ url: z.url({ protocol: /^https?$/ }).max(500) });
const habits = z.object({
  leavesOutCode: z.string().optional(),
  refusesRepeatedTxid: z.string().optional(),
  pixPerCall: z.coerce.number().int().min(1).max(100),
});

/** `/developers`: accounts made by hand, so that connecting a PSP can be tried step by step, and everything an owner has to copy of them. */
export function developersRoutes(app: FastifyInstance, psp: Psp, origin: string): void {
  const back = (reply: FastifyReply) => reply.redirect('/developers', 303);
  const accountIn = (request: FastifyRequest): AccountRow | undefined => psp.journal.get('account', (request.params as { id: string }).id);
  const wrong = (reply: FastifyReply, status: number, text: string) => reply.code(status).type('text/plain; charset=utf-8').send(text);

  app.get('/developers', (_request, reply) => {
    const accounts = psp.journal
      .list('account')
      .map((one) => ({ ...one, webhookUrl: psp.journal.get('webhook', ownId(one.id, one.pixKey))?.webhookUrl ?? '' }));
    return pixPages.send(reply, developersPage(accounts, origin));
  });

  app.get('/developers/ca.pem', (_request, reply) =>
    reply.type('application/x-pem-file').send(psp.journal.get('identity', 'authority')?.certificate ?? ''),
  );

  app.post('/developers/accounts', async (request, reply) => {
    const wish = newAccount.safeParse(formOf(request));
    if (!wish.success) return wrong(reply, 400, 'A receiver has a name of up to 25 characters and a city of up to 15.');
    const keys = await inventKeys(psp, origin, randomUUID());
    const account = accountOf({ ...keys, receiverName: wish.data.name, receiverCity: wish.data.city }, undefined);
    psp.deed(({ tx }) => tx.put('account', account.id, account));
    return back(reply);
  });

  app.post('/developers/accounts/:id/webhook', (request, reply) => {
    const account = accountIn(request);
    const wish = webhook.safeParse(formOf(request));
    if (!account) return wrong(reply, 404, 'There is no such account.');
    if (!wish.success) return wrong(reply, 400, 'This is not the address of a webhook.');
    psp.deed((work) => registerWebhook(work, account, wish.data.url));
    return back(reply);
  });

  app.post('/developers/accounts/:id/habits', (request, reply) => {
    const account = accountIn(request);
    const wish = habits.safeParse(formOf(request));
    if (!account) return wrong(reply, 404, 'There is no such account.');
    if (!wish.success) return wrong(reply, 400, 'A call brings from 1 to 100 Pix.');
    const { pixPerCall, leavesOutCode, refusesRepeatedTxid } = wish.data;
    const changed = { leavesOutCode: leavesOutCode !== undefined, refusesRepeatedTxid: refusesRepeatedTxid !== undefined, pixPerCall };
    psp.deed(({ tx }) => tx.put('account', account.id, { ...account, habits: changed }));
    return back(reply);
  });

  app.get('/developers/accounts/:id/certificate.pem', (request, reply) => {
    const account = accountIn(request);
    if (!account?.certificate) return wrong(reply, 404, 'There is no certificate of this account here.');
    return reply.type('application/x-pem-file').header('content-disposition', 'attachment; filename="certificate.pem"').send(account.certificate);
  });

  app.get('/developers/accounts/:id/certificate.p12', async (request, reply) => {
    const account = accountIn(request);
    const [, certificate, key] = /^(-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----)\s*(.+)$/s.exec(account?.certificate ?? '') ?? [];
    if (certificate === undefined || key === undefined) return wrong(reply, 404, 'There is no certificate of this account here.');
    const password = (request.query as { password?: string }).password === 'none' ? '' : p12Password;
    const file = await packP12({ certificate, key }, password);
    return reply.type('application/x-pkcs12').header('content-disposition', 'attachment; filename="certificate.p12"').send(file);
  });
}

function formOf(request: FastifyRequest): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(typeof request.body === 'string' ? request.body : ''));
}
