import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { AccountRow, Devolucao, PixRow } from './books.ts';
import { idOfTransfer } from './pay-cob.ts';
import { PixProblem, violates } from './problem.ts';
import type { Work } from './psp.ts';
import { readBody } from './read-shape.ts';
import { tell } from './tell.ts';
import { minorOf, valorOf } from './valor.ts';

const WINDOW_MS = 90 * 86_400_000;

const devolucaoWish = z.strictObject({
  valor: z.string().regex(/^\d{1,10}\.\d{2}$/),
  natureza: z.enum(['ORIGINAL', 'RETIRADA']).optional(),
  descricao: z.string().max(140).optional(),
});

export type RefundMode = 'at_once' | 'later';

export function pixOf(tx: Pick<Work['tx'], 'get'>, account: AccountRow, endToEndId: string): PixRow {
  const pix = tx.get('pix', endToEndId);
  if (pix?.account !== account.id) throw new PixProblem('PixNaoEncontrado', `Não há Pix com o endToEndId ${endToEndId}.`);
  return pix;
}

/** Takes an order to give back, once per id: a second order with it is refused, also of the same amount. */
export function askDevolucao(work: Work, account: AccountRow, order: { endToEndId: string; id: string; body: unknown; mode: RefundMode }): Devolucao {
  const refuse = (propriedade: string, razao: string, valor: unknown) => violates('PixDevolucaoInvalida', propriedade, razao, valor);
  const { id, mode } = order;
  const pix = pixOf(work.tx, account, order.endToEndId);
  const wish = readBody(devolucaoWish, order.body, { kind: 'PixDevolucaoInvalida', prefix: 'devolucao' });
  if (!/^[a-zA-Z0-9]{1,35}$/.test(id)) throw refuse('id', 'O id deve ter de 1 a 35 letras e algarismos.', id);
  if (wish.natureza === 'RETIRADA') throw refuse('devolucao.natureza', 'Este Pix não tem saque nem troco.', wish.natureza);
  if (minorOf(wish.valor) === 0n) throw refuse('devolucao.valor', 'O valor da devolução não pode ser zero.', wish.valor);
  if (pix.devolucoes.some((one) => one.id === id)) throw refuse('id', 'Este id já foi usado por outra devolução deste Pix.', id);
  if (work.now.getTime() - Date.parse(pix.horario) > WINDOW_MS) throw refuse('e2eid', 'O prazo de 90 dias para devoluções terminou.', pix.horario);
  if (minorOf(wish.valor) > leftOf(pix)) throw refuse('devolucao.valor', 'As devoluções excederiam o valor do Pix.', wish.valor);
  return giveBack(work, account, pix, { id, valor: wish.valor, descricao: wish.descricao, mode });
}

/** The merchant gives back in the PSP's own dashboard: all that is left when no amount is given. */
export function giveBackInDashboard(work: Work, account: AccountRow, pix: PixRow, amountMinor = leftOf(pix)): Devolucao {
  if (amountMinor <= 0n || amountMinor > leftOf(pix)) throw new RangeError(`${amountMinor} cannot go back of ${pix.endToEndId}`);
  return giveBack(work, account, pix, { id: `painel${randomBytes(8).toString('hex')}`, valor: valorOf(amountMinor), mode: 'at_once' });
}

/** The end of a devolução that was EM_PROCESSAMENTO; it is told. */
export function settleDevolucao(work: Work, account: AccountRow, pix: PixRow, devolucao: Devolucao, done: boolean): void {
  const settled: Devolucao = done
    ? { ...devolucao, status: 'DEVOLVIDO', horario: { ...devolucao.horario, liquidacao: work.now.toISOString() } }
    : { ...devolucao, status: 'NAO_REALIZADO', motivo: 'Saldo insuficiente na conta do recebedor.' };
  const settledPix = { ...pix, devolucoes: pix.devolucoes.map((one) => (one.id === devolucao.id ? settled : one)) };
  work.tx.put('pix', pix.endToEndId, settledPix);
  tell(work, account, settledPix);
}

/** What may still go back: what is on its way counts as gone, what was not done does not. */
function leftOf({ valor, devolucoes }: PixRow): bigint {
  return devolucoes.reduce((left, one) => (one.status === 'NAO_REALIZADO' ? left : left - minorOf(one.valor)), minorOf(valor));
}

function giveBack(
  work: Work,
  account: AccountRow,
  pix: PixRow,
  { id, valor, descricao, mode }: { id: string; valor: string; descricao?: string | undefined; mode: RefundMode },
): Devolucao {
  const asked: Devolucao = {
    id,
    rtrId: idOfTransfer('D', work.now),
    valor,
    natureza: 'ORIGINAL',
    ...(descricao === undefined ? {} : { descricao }),
    horario: { solicitacao: work.now.toISOString() },
    status: 'EM_PROCESSAMENTO',
  };
  const withAsked = { ...pix, devolucoes: [...pix.devolucoes, asked] };
  work.tx.put('pix', pix.endToEndId, withAsked);
  if (mode === 'later') return asked;
  settleDevolucao(work, account, withAsked, asked, true);
  return work.tx.get('pix', pix.endToEndId)?.devolucoes.at(-1) ?? asked;
}
