import { randomBytes } from 'node:crypto';
import type { AccountRow, CobRow, PixRow } from './books.ts';
import { revise } from './open-cob.ts';
import type { Work } from './psp.ts';
import { tell } from './tell.ts';

/** The bank somebody pays from, by its number in the payment system. */
const PAYERS_BANK = '99999004';

/** Can it still be paid? Its status does not say so: a charge that has run out stays ATIVA. */
export function isPayable({ criacao, content }: CobRow, now: Date): boolean {
  return content.status === 'ATIVA' && now.getTime() < endOf({ criacao, content }).getTime();
}

export function endOf({ criacao, content }: Pick<CobRow, 'criacao' | 'content'>): Date {
  return new Date(Date.parse(criacao) + content.expiracao * 1000);
}

/** The money arrives, unless the charge takes none any more; by another amount only where somebody makes the PSP err. */
export function payCob(work: Work, account: AccountRow, row: CobRow, valor = row.content.valor.original): 'captured' | 'closed' {
  if (!isPayable(row, work.now)) return 'closed';
  const pix: PixRow = {
    account: account.id,
    endToEndId: idOfTransfer('E', work.now),
    txid: row.txid,
    valor,
    chave: row.content.chave,
    horario: work.now.toISOString(),
    devolucoes: [],
  };
  work.tx.put('pix', pix.endToEndId, pix);
  revise(work, { ...row, endToEndId: pix.endToEndId }, { ...row.content, status: 'CONCLUIDA' });
  tell(work, account, pix);
  return 'captured';
}

/** 32 characters: what it is, whose, the minute, and eleven of chance. */
export function idOfTransfer(kind: 'E' | 'D', now: Date): string {
  const minute = now.toISOString().replaceAll(/\D/g, '').slice(0, 12);
  return `${kind}${PAYERS_BANK}${minute}${randomBytes(6).toString('hex').slice(0, 11)}`;
}
