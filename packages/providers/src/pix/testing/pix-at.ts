import type { Credentials, PaymentOrder, RefundOrder } from '../../payment-provider.ts';
import { createPixProvider } from '../pix.ts';
import { devolucaoIdOf, txidOf } from '../pix-charge.ts';
import { problem, type Said, salonCredentials, scriptedBank } from './scripted-bank.ts';

export const created = new Date('2026-11-21T10:00:00.250Z');
export const order: PaymentOrder = {
  reference: 'hf1_pay_7',
  idempotencyKey: 'att_7',
  amountMinor: 750_10n,
  currency: 'BRL',
  lines: [
    { text: 'Corte de cabelo', amountMinor: 700_10n },
    { text: 'Борода 🧔 é', amountMinor: 50_00n },
  ],
  createdAt: created,
  payableUntil: new Date('2026-11-21T10:15:00.250Z'),
  returnUrl: 'https://salon.example/r',
  cancelUrl: 'https://salon.example/c',
  webhookUrl: 'https://salon.example/w',
  ownPageUrl: 'https://salon.example/pay/7',
  language: 'pt',
  instantMethodsOnly: true,
};
export const txid = txidOf(order);
export const e2e = 'E1234567820261121100500000000001';
export const cob = (changes: object = {}) => ({
  txid,
  revisao: 0,
  status: 'ATIVA',
  calendario: { criacao: '2026-11-21T10:00:00.250Z', expiracao: 900 },
  valor: { original: '750.10' },
  chave: 'salon@example.com',
  location: 'pix.bank.example/qr/v2/9d36b84fc70b478fb95c12729b90ca25',
  infoAdicionais: [{ nome: 'Ref. Holdfast', valor: order.reference }],
  ...changes,
});
export const pix = (devolucoes?: unknown) => ({
  endToEndId: e2e,
  txid,
  valor: '750.10',
  horario: '2026-11-21T10:05:00Z',
  ...(devolucoes ? { devolucoes } : {}),
});
export const paid = (devolucoes?: unknown) => cob({ status: 'CONCLUIDA', pix: [pix(devolucoes)] });
export const key = { reference: order.reference, providerPaymentId: txid, createdAt: created, payableUntil: order.payableUntil, currency: 'BRL' };
export const refund: RefundOrder = { ...key, amountMinor: 100_00n, idempotencyKey: 'ref_1', refundedBeforeMinor: 0n };
export const devolucaoPath = `/v2/pix/${e2e}/devolucao/${devolucaoIdOf(refund)}`;
export const devolucao = (status: string, valor = '100.00') => ({ id: devolucaoIdOf(refund), rtrId: `D${e2e.slice(1)}`, valor, horario: {}, status });

/** The adapter beside a bank that says what it is told to. */
export async function pixAt(
  answers: Record<string, readonly Said[]>,
  { credentials = {}, now = created, ...how }: { credentials?: Credentials; now?: Date; demandsCertificate?: boolean } = {},
) {
  const bank = await scriptedBank(answers, how);
  let at = now;
  const provider = createPixProvider({ origin: bank.origin, ca: bank.ca, timeoutMs: 2000, now: () => at });
  return {
    provider,
    bank,
    keys: { ...salonCredentials, ...credentials },
    later: (minutes: number) => (at = new Date(at.getTime() + minutes * 60_000)),
  };
}
export const noCob = problem(404, 'CobNaoEncontrado');
