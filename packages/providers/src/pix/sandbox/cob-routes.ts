import type { FastifyInstance } from 'fastify';
import { renderSVG } from 'uqr';
import { z } from 'zod';
import { answerCall, type Call } from './answer-call.ts';
import type { CobRow } from './books.ts';
import { changeCob } from './change-cob.ts';
import { openCob } from './open-cob.ts';
import { PixProblem } from './problem.ts';
import type { Psp } from './psp.ts';
import { pageOf, personQuery, readQuery, spanQuery, yesNo } from './read-shape.ts';
import { codeOf, showCob, showWholeCob } from './show.ts';

const listQuery = z.strictObject({ ...spanQuery, ...personQuery, locationPresente: yesNo.optional(), status: z.string().optional() });
const oneQuery = z.strictObject({
  revisao: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .optional(),
});

/** Charges for immediate payment, and their locations. */
export function cobRoutes(app: FastifyInstance, psp: Psp): void {
  const open = ({ account, request, part }: Call) => {
    const row = psp.deed((work) => openCob(work, account, part('txid') || undefined, request.body));
    return { status: 201, body: showCob(account, row) };
  };
  app.put('/v2/cob/:txid', answerCall(psp, { scope: 'cob.write', strikes: 'create' }, open));
  app.post('/v2/cob', answerCall(psp, { scope: 'cob.write', strikes: 'create' }, open));

  app.patch(
    '/v2/cob/:txid',
    answerCall(psp, { scope: 'cob.write', strikes: 'close' }, ({ account, request, part }) => ({
      body: showCob(
        account,
        psp.deed((work) => changeCob(work, account, part('txid'), request.body)),
      ),
    })),
  );

  app.get(
    '/v2/cob/:txid',
    answerCall(psp, { scope: 'cob.read', strikes: 'read' }, ({ account, request, part }) => {
      const row = psp.cob(account.id, part('txid'));
      if (!row) throw new PixProblem('CobNaoEncontrado', `Não há cobrança com o txid ${part('txid')}.`);
      const { revisao } = readQuery(oneQuery, request, 'CobConsultaInvalida');
      if (revisao !== undefined && revisao > row.earlier.length)
        throw new PixProblem('CobConsultaInvalida', `A cobrança não tem a revisão ${revisao}.`);
      return { body: showWholeCob(account, row, psp.pixOf(row), revisao) };
    }),
  );

  app.get(
    '/v2/cob',
    answerCall(psp, { scope: 'cob.read', strikes: 'read' }, ({ account, request }) => {
      const query = readQuery(listQuery, request, 'CobConsultaInvalida');
      const rows = psp.journal.list('cob').filter((row) => row.account === account.id && isMeant(row, query));
      const { items, parametros } = pageOf(rows, request, query);
      return { body: { parametros, cobs: items.map((row) => showWholeCob(account, row, psp.pixOf(row))) } };
    }),
  );

  const locationOf = ({ account, part }: Call) => {
    const row = psp.journal.list('cob').find((one) => one.account === account.id && String(one.loc.id) === part('id'));
    if (!row) throw new PixProblem('PayloadLocationNaoEncontrado', `Não há location com o id ${part('id')}.`);
    return row;
  };
  app.get(
    '/v2/loc/:id',
    answerCall(psp, { scope: 'payloadlocation.read', strikes: 'read' }, (call) => {
      const { loc, txid } = locationOf(call);
      return { body: { id: loc.id, location: loc.location, tipoCob: 'cob', criacao: loc.criacao, txid } };
    }),
  );
  // Not in the standard: Efí's way to have the code and its picture.
  app.get(
    '/v2/loc/:id/qrcode',
    answerCall(psp, { scope: 'payloadlocation.read', strikes: 'read' }, (call) => {
      const qrcode = codeOf(call.account, locationOf(call));
      return { body: { qrcode, imagemQrcode: `data:image/svg+xml;base64,${Buffer.from(renderSVG(qrcode)).toString('base64')}` } };
    }),
  );
}

function isMeant({ criacao, content }: CobRow, query: z.output<typeof listQuery>): boolean {
  const made = new Date(criacao);
  return (
    made >= query.inicio &&
    made <= query.fim &&
    (query.status === undefined || query.status === content.status) &&
    (query.cpf === undefined || query.cpf === content.devedor?.['cpf']) &&
    (query.cnpj === undefined || query.cnpj === content.devedor?.['cnpj']) &&
    query.locationPresente !== false
  );
}
