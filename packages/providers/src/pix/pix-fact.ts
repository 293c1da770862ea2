import type { PaymentFact, RefundFact } from '../payment-provider.ts';
import { endOf, referenceIn } from './pix-charge.ts';
import type { Cob, Devolucao, Pix } from './wire.ts';

/** The bank counts a charge's time by its own clock: so long after the end by ours one that nobody removed may still be paid. */
const clockDifferenceMs = 60_000;

/** A charge of the bank's as a fact. `undefined`: it says two things at once, which nobody can read. */
export function pixFact(cob: Cob, { now, feePercent }: { readonly now: Date; readonly feePercent: string | undefined }): PaymentFact | undefined {
  const received = cob.pix ?? [];
  const capturedMinor = sum(received.map(({ valor }) => valor));
  const refundedMinor = sum(
    received.flatMap(({ devolucoes }) => (devolucoes ?? []).filter(({ status }) => status === 'DEVOLVIDO').map(({ valor }) => valor)),
  );
  const state = stateOf(cob, capturedMinor, now);
  if (state === undefined) return undefined;
  const feeMinor = state === 'captured' ? feeOf(capturedMinor, feePercent) : undefined;
  const fact = { reference: referenceIn(cob), providerPaymentId: cob.txid, state, capturedMinor, currency: 'BRL', refundedMinor };
  return feeMinor === undefined ? fact : { ...fact, feeMinor };
}

export function pixRefundFact({ id, valor, status }: Devolucao): RefundFact {
  const state = refundStates[status];
  return { providerRefundId: id, state, amountMinor: valor };
}

/** What is left of a Pix that could go back; what is on its way is gone already. */
export function leftOf({ valor, devolucoes }: Pix): bigint {
  return valor - sum((devolucoes ?? []).filter(({ status }) => status !== 'NAO_REALIZADO').map((devolucao) => devolucao.valor));
}

const refundStates = { EM_PROCESSAMENTO: 'pending', DEVOLVIDO: 'refunded', NAO_REALIZADO: 'failed' } as const satisfies Record<
  Devolucao['status'],
  RefundFact['state']
>;

/** Money that has come is a fact, whatever the charge is called. */
function stateOf(cob: Cob, capturedMinor: bigint, now: Date): PaymentFact['state'] | undefined {
  if (capturedMinor > 0n) return 'captured';
  const { status } = cob;
  switch (status) {
    case 'ATIVA':
      return now.getTime() < endOf(cob).getTime() + clockDifferenceMs ? 'open' : 'closed';
    case 'CONCLUIDA':
      return undefined;
    case 'REMOVIDA_PELO_USUARIO_RECEBEDOR':
    case 'REMOVIDA_PELO_PSP':
      return 'closed';
    default:
      return status satisfies never;
  }
}

/** The bank tells no fees: this is what its contract with the salon says, rounded half up. Undefined when nobody has said. */
export function feeOf(amountMinor: bigint, percent: string | undefined): bigint | undefined {
  const [, whole, fraction = ''] = /^(\d{1,2})(?:[.,](\d{1,4}))?$/.exec(percent?.trim() ?? '') ?? [];
  if (whole === undefined) return undefined;
  const inMillionths = BigInt(whole + fraction.padEnd(4, '0'));
  return (amountMinor * inMillionths * 2n + 1_000_000n) / 2_000_000n;
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
