import { toDecimal } from '../kit/decimal-amount.ts';
import type { Outcome, RefundFact, RefundOrder } from '../payment-provider.ts';
import type { Bank } from './bank.ts';
import { readCob } from './find-cob.ts';
import { devolucaoIdOf } from './pix-charge.ts';
import { leftOf, pixRefundFact } from './pix-fact.ts';
import { type Devolucao, devolucaoShape, type Pix } from './wire.ts';

/** How does this refund stand? It has the name we gave it, at the Pix it goes back of. */
export async function readDevolucao(bank: Bank, refund: RefundOrder): Promise<Outcome<RefundFact | undefined>> {
  const cob = await readCob(bank, refund.providerPaymentId);
  if (cob.kind !== 'done') return cob;
  const found = await findDevolucao(bank, cob.value?.pix ?? [], devolucaoIdOf(refund));
  return found.kind === 'done' ? { kind: 'done', value: found.value && pixRefundFact(found.value) } : found;
}

/** Looks first: the standard lets a bank refuse a name that was used before, also when it is the same refund said again. */
export async function giveBack(bank: Bank, refund: RefundOrder): Promise<Outcome<RefundFact>> {
  const { amountMinor, currency, providerPaymentId } = refund;
  if (currency !== 'BRL') return declined('currency_not_supported', `PIX gives back reais, not ${currency}.`);
  if (amountMinor < 1n) return declined('amount_not_chargeable', 'There is nothing to refund in an amount of nothing.');
  const cob = await readCob(bank, providerPaymentId);
  if (cob.kind !== 'done') return cob;
  if (!cob.value) return declined('CobNaoEncontrado', 'The bank knows no such payment.');
  const received = cob.value.pix ?? [];
  const id = devolucaoIdOf(refund);
  const before = await findDevolucao(bank, received, id);
  if (before.kind !== 'done') return before;
  if (before.value) return sameRefund(before.value, amountMinor);
  const pix = received.find((one) => leftOf(one) >= amountMinor) ?? received[0];
  if (!pix) return declined('nothing_captured', 'Nothing was paid here that could be given back.');
  const path = devolucaoPath(pix, id);
  const answer = await bank.ask({ method: 'PUT', path, body: { valor: toDecimal(amountMinor, 'BRL') } }, devolucaoShape);
  if (answer.kind === 'done') return sameRefund(answer.value, amountMinor);
  if (answer.kind === 'unknown') return answer;
  // refused because the same was said at the same moment: then that is the answer
  const after = await findDevolucao(bank, [pix], id);
  if (after.kind === 'done' && after.value) return sameRefund(after.value, amountMinor);
  return after.kind === 'unknown' ? after : { ...answer, kind: 'declined' };
}

/** A name used for another amount: what that refund made exists, and somebody has to look. */
function sameRefund(devolucao: Devolucao, amountMinor: bigint): Outcome<RefundFact> {
  if (devolucao.valor === amountMinor) return { kind: 'done', value: pixRefundFact(devolucao) };
  return { kind: 'unknown', message: 'PIX: this refund was asked for before, with another amount' };
}

async function findDevolucao(bank: Bank, received: readonly Pix[], id: string): Promise<Outcome<Devolucao | undefined>> {
  for (const pix of received) {
    const found = await bank.ask({ method: 'GET', path: devolucaoPath(pix, id) }, devolucaoShape);
    if (found.kind !== 'missing') return found;
  }
  return { kind: 'done', value: undefined };
}

function devolucaoPath({ endToEndId }: Pix, id: string): string {
  return `/pix/${endToEndId}/devolucao/${id}`;
}

function declined(code: string, message: string): Outcome<never> {
  return { kind: 'declined', code, message };
}
