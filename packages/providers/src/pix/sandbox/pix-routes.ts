import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { answerCall } from './answer-call.ts';
import type { PixRow } from './books.ts';
import { askDevolucao, pixOf } from './give-back.ts';
import { PixProblem } from './problem.ts';
import type { Psp } from './psp.ts';
import { pageOf, personQuery, readQuery, spanQuery, yesNo } from './read-shape.ts';
import { showPix } from './show.ts';

const listQuery = z.strictObject({
  ...spanQuery,
  ...personQuery,
  txid: z
    .string()
    .regex(/^[a-zA-Z0-9]{1,35}$/)
    .optional(),
  txIdPresente: yesNo.optional(),
  devolucaoPresente: yesNo.optional(),
});

/** Money that came, and money that goes back. */
export function pixRoutes(app: FastifyInstance, psp: Psp): void {
  app.get(
    '/v2/pix',
    answerCall(psp, { scope: 'pix.read', strikes: 'read' }, ({ account, request }) => {
      const query = readQuery(listQuery, request, 'PixConsultaInvalida');
      const rows = psp.journal.list('pix').filter((row) => row.account === account.id && isMeant(row, query));
      const { items, parametros } = pageOf(rows, request, query);
      return { body: { parametros, pix: items.map(showPix) } };
    }),
  );
  app.get(
    '/v2/pix/:e2eid',
    answerCall(psp, { scope: 'pix.read', strikes: 'read' }, ({ account, part }) => ({
      body: showPix(pixOf(psp.journal, account, part('e2eid'))),
    })),
  );
  app.put(
    '/v2/pix/:e2eid/devolucao/:id',
    answerCall(psp, { scope: 'pix.write', strikes: 'refund' }, ({ account, request, part }) => {
      const order = { endToEndId: part('e2eid'), id: part('id'), body: request.body, mode: psp.refunds };
      return { status: 201, body: psp.deed((work) => askDevolucao(work, account, order)) };
    }),
  );
  app.get(
    '/v2/pix/:e2eid/devolucao/:id',
    answerCall(psp, { scope: 'pix.read', strikes: 'read' }, ({ account, part }) => {
      const body = pixOf(psp.journal, account, part('e2eid')).devolucoes.find(({ id }) => id === part('id'));
      if (!body) throw new PixProblem('PixDevolucaoNaoEncontrada', `Este Pix não tem devolução com o id ${part('id')}.`);
      return { body };
    }),
  );
}

function isMeant({ horario, txid, devolucoes }: PixRow, query: z.output<typeof listQuery>): boolean {
  const at = new Date(horario);
  return (
    at >= query.inicio &&
    at <= query.fim &&
    (query.txid === undefined || query.txid === txid) &&
    query.txIdPresente !== false &&
    (query.devolucaoPresente === undefined || query.devolucaoPresente === devolucoes.length > 0) &&
    // The payer's bank tells this PSP nothing of who paid.
    query.cpf === undefined &&
    query.cnpj === undefined
  );
}
