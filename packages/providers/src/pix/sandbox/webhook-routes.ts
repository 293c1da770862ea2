import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { answerCall, type Call } from './answer-call.ts';
import { ownId, type WebhookRow } from './books.ts';
import { PixProblem, violates } from './problem.ts';
import type { Psp } from './psp.ts';
import { openSpanQuery, pageOf, readBody, readQuery } from './read-shape.ts';
import { registerWebhook, takesTrial } from './register-webhook.ts';

const webhookBody = z.strictObject({ webhookUrl: z.url({ protocol: /^https?$/ }).max(500) });
const listQuery = z.strictObject(openSpanQuery);

/** One address per Pix key: registering another replaces it. */
export function webhookRoutes(app: FastifyInstance, psp: Psp): void {
  const webhookOf = ({ account, part }: Call) => {
    const row = psp.journal.get('webhook', ownId(account.id, part('chave')));
    if (!row) throw new PixProblem('WebhookNaoEncontrado', `Não há webhook para a chave ${part('chave')}.`);
    return row;
  };
  const show = ({ account }: Call, { webhookUrl, chave, criacao }: WebhookRow) => ({ webhookUrl, chave, criacao, cnpj: account.cnpj });

  app.put(
    '/v2/webhook/:chave',
    answerCall(psp, { scope: 'webhook.write' }, async ({ account, request, part }) => {
      if (part('chave') !== account.pixKey)
        throw violates('WebhookOperacaoInvalida', 'chave', 'Esta chave não pertence a este recebedor.', part('chave'));
      const { webhookUrl } = readBody(webhookBody, request.body, { kind: 'WebhookOperacaoInvalida', prefix: 'webhook' });
      if (request.headers['x-skip-mtls-checking'] === 'true' && !(await takesTrial(webhookUrl, psp.now())))
        throw violates('WebhookOperacaoInvalida', 'webhook.webhookUrl', 'A URL informada não respondeu 2xx à chamada de teste.', webhookUrl);
      psp.deed((work) => registerWebhook(work, account, webhookUrl));
      return {};
    }),
  );
  app.get(
    '/v2/webhook/:chave',
    answerCall(psp, { scope: 'webhook.read', strikes: 'read' }, (call) => ({ body: show(call, webhookOf(call)) })),
  );
  app.delete(
    '/v2/webhook/:chave',
    answerCall(psp, { scope: 'webhook.write' }, (call) => {
      const { account, chave } = webhookOf(call);
      psp.deed(({ tx }) => {
        tx.drop('webhook', ownId(account, chave));
        for (const letter of tx.list('letter')) if (letter.account === account && letter.chave === chave) tx.drop('letter', letter.id);
      });
      return { status: 204 };
    }),
  );
  app.get(
    '/v2/webhook',
    answerCall(psp, { scope: 'webhook.read', strikes: 'read' }, (call) => {
      const query = readQuery(listQuery, call.request, 'WebhookConsultaInvalida');
      const { inicio, fim } = query;
      const rows = psp.journal
        .list('webhook')
        .filter((row) => row.account === call.account.id && (!inicio || new Date(row.criacao) >= inicio) && (!fim || new Date(row.criacao) <= fim));
      const { items, parametros } = pageOf(rows, call.request, query);
      return { body: { parametros, webhooks: items.map((row) => show(call, row)) } };
    }),
  );
}
