import type { AccountRow, CobContent, CobRow, PixRow } from './books.ts';
import { makeBrCode } from './br-code.ts';

/** A charge as the API shows it after making or changing it; of an earlier revision, what it said then. */
export function showCob(account: AccountRow, row: CobRow, revisao = row.earlier.length): object {
  const { loc, txid, criacao } = row;
  const content = [...row.earlier, row.content][revisao] as CobContent;
  return {
    calendario: { criacao, expiracao: content.expiracao },
    txid,
    revisao,
    loc: { id: loc.id, location: loc.location, tipoCob: 'cob', criacao: loc.criacao, txid },
    location: loc.location,
    status: content.status,
    ...(content.devedor === undefined ? {} : { devedor: content.devedor }),
    valor: content.valor,
    chave: content.chave,
    ...(content.solicitacaoPagador === undefined ? {} : { solicitacaoPagador: content.solicitacaoPagador }),
    ...(content.infoAdicionais === undefined ? {} : { infoAdicionais: content.infoAdicionais }),
    ...(account.habits.leavesOutCode ? {} : { pixCopiaECola: codeOf(account, row) }),
  };
}

/** A charge as asking for it shows it: with the money that came. */
export function showWholeCob(account: AccountRow, row: CobRow, pix: PixRow | undefined, revisao?: number): object {
  return { ...showCob(account, row, revisao), ...(pix ? { pix: [showPix(pix)] } : {}) };
}

export function showPix({ endToEndId, txid, valor, chave, horario, devolucoes }: PixRow): object {
  const componentesValor = { original: { valor } };
  return { endToEndId, txid, valor, componentesValor, chave, horario, ...(devolucoes.length === 0 ? {} : { devolucoes }) };
}

export function codeOf({ receiverName, receiverCity }: AccountRow, { loc }: CobRow): string {
  return makeBrCode({ location: loc.location, name: receiverName, city: receiverCity });
}
