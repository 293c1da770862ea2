import { type AccountRow, type CobContent, type CobRow, ownId } from './books.ts';
import { changedCob } from './cob-shapes.ts';
import { mayBeAsked, mayUseLocation, notActive, revise } from './open-cob.ts';
import { PixProblem, violates } from './problem.ts';
import type { Work } from './psp.ts';
import { readBody } from './read-shape.ts';

/** Changes a charge that is ATIVA, or takes it away: that goes alone. */
export function changeCob(work: Work, account: AccountRow, txid: string, body: unknown): CobRow {
  const row = work.tx.get('cob', ownId(account.id, txid));
  if (!row) throw new PixProblem('CobNaoEncontrado', `Não há cobrança com o txid ${txid}.`);
  const wish = readBody(changedCob, body, { kind: 'CobOperacaoInvalida', prefix: 'cob' });
  if (row.content.status !== 'ATIVA') throw notActive(row);
  if (wish.status !== undefined) {
    if (Object.keys(body as object).length > 1)
      throw violates('CobOperacaoInvalida', 'cob.status', 'Remover uma cobrança não pode vir junto com outras alterações.', wish.status);
    return revise(work, row, { ...row.content, status: wish.status });
  }
  const content: CobContent = {
    ...row.content,
    expiracao: wish.calendario?.expiracao ?? row.content.expiracao,
    valor: { ...row.content.valor, ...wish.valor, original: wish.valor?.original ?? row.content.valor.original },
    chave: wish.chave ?? row.content.chave,
    devedor: wish.devedor ?? row.content.devedor,
    solicitacaoPagador: wish.solicitacaoPagador ?? row.content.solicitacaoPagador,
    infoAdicionais: wish.infoAdicionais ?? row.content.infoAdicionais,
  };
  mayBeAsked(account, content);
  mayUseLocation(work, account, wish.loc, row);
  return revise(work, row, content);
}
