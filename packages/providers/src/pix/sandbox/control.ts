import type { Sandbox, SandboxPayment } from '../../sandbox-kit/sandbox.ts';
import type { CobContent, CobRow } from './books.ts';
import { giveBackInDashboard, settleDevolucao } from './give-back.ts';
import { isPayable, payCob } from './pay-cob.ts';
import type { Psp } from './psp.ts';
import { minorOf, valorOf } from './valor.ts';

export type Control = Pick<Sandbox, 'payments' | 'pay' | 'settleProcessing' | 'giveBack' | 'answerRefunds' | 'settleRefund' | 'tick'>;

/** What a program does here outside of the protocol: as the payer, their bank, the merchant at the PSP's dashboard. */
export function controlOf(psp: Psp): Control {
  return {
    payments: () => psp.journal.list('cob').map((row) => paymentOf(psp, row)),
    pay(txid, { declined, processing, amountMinor, currency } = {}) {
      const row = psp.cobNamed(txid);
      if (!isPayable(row, psp.now())) return 'closed';
      // A Pix is decided at once, and always in reais.
      if (processing === true || (currency ?? 'BRL') !== 'BRL') return 'not_offered';
      if (declined === true) return 'declined';
      const valor = amountMinor === undefined ? undefined : valorOf(amountMinor);
      return psp.deed((work) => payCob(work, psp.account(row.account), row, valor));
    },
    settleProcessing: (txid) => {
      throw new Error(`${txid}: no Pix is decided later`);
    },
    giveBack(txid, amountMinor) {
      const pix = psp.pixOf(psp.cobNamed(txid));
      if (!pix) throw new Error(`nobody has paid ${txid}`);
      psp.deed((work) => giveBackInDashboard(work, psp.account(pix.account), pix, amountMinor));
    },
    answerRefunds: (how) => {
      psp.refunds = how;
    },
    settleRefund(id, done) {
      const open = psp.journal
        .list('pix')
        .flatMap((pix) => pix.devolucoes.map((devolucao) => ({ pix, devolucao })))
        .find(({ devolucao }) => devolucao.status === 'EM_PROCESSAMENTO' && (devolucao.id === id || devolucao.rtrId === id));
      if (!open) throw new Error(`there is no devolução ${id} under way`);
      psp.deed((work) => settleDevolucao(work, psp.account(open.pix.account), open.pix, open.devolucao, done));
    },
    tick: async () => {
      psp.deliveries.sendDue();
      await psp.deliveries.settled();
    },
  };
}

function paymentOf(psp: Psp, row: CobRow): SandboxPayment {
  const { txid, content } = row;
  const pix = psp.pixOf(row);
  const back = pix?.devolucoes.filter((one) => one.status === 'DEVOLVIDO') ?? [];
  return {
    id: txid,
    reference: referenceOf(content),
    state: pix ? 'captured' : isPayable(row, psp.now()) ? 'open' : 'closed',
    currency: 'BRL',
    amountMinor: minorOf(content.valor.original),
    capturedMinor: pix ? minorOf(pix.valor) : 0n,
    refundedMinor: back.reduce((sum, one) => sum + minorOf(one.valor), 0n),
    priceShown: content.valor.original,
  };
}

/** The standard has no field for the merchant's own reference: it is the additional information called so, else the first there is. */
function referenceOf({ infoAdicionais = [] }: CobContent): string | undefined {
  return (infoAdicionais.find(({ nome }) => /refer|pedido/i.test(nome)) ?? infoAdicionais[0])?.valor;
}
