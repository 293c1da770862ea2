import { createHash } from 'node:crypto';
import { foldText } from '@holdfast/contract/fold-text';
import type { ColumnField, ImportMapping } from '@holdfast/contract/reconciliation';
import { readCellAmount, readCellDate } from '../kit/read-cells.ts';
import type { CameLine } from './take-lines.ts';

export interface RowRules {
  readonly mapping: ImportMapping;
  readonly timeZone: string;
  /** The location's. */
  readonly currency: string;
  /** In which there is money at the provider. */
  readonly currencies: ReadonlySet<string>;
}

/** Why a row becomes no line. `empty`, `totals` and `not_chosen` are as they should be; the others are listed for somebody to look at. */
export type WhyNot = 'empty' | 'totals' | 'not_chosen' | 'other_currency' | 'no_amount' | 'no_date' | 'no_fee' | 'nothing_moved';

export type RowMade = { readonly line: CameLine } | { readonly why: WhyNot };

const kinds: readonly (readonly [CameLine['kind'], RegExp])[] = [
  ['payout', /payout|transfer|settlement|виплат|перерахуван|levantamento|transferencia/],
  ['refund', /refund|revers|return|cancel|поверн|возврат|reembolso|estorno|devolu/],
  ['adjustment', /chargeback|dispute|adjust|correct|коригув|оскарж|contest|ajuste|reserve/],
  ['fee', /\bfee|commission|комісі|taxa|comissao/],
  ['payment', /payment|charge|sale|purchase|success|hold compl|оплат|платіж|pagamento|venda|compra|paid|credit/],
];

/** One row of a file as a line of a provider's books; pure, so that the preview says exactly what reading will do. */
export function rowToLine(cells: readonly string[], { mapping, timeZone, currency: ownCurrency, currencies }: RowRules): RowMade {
  if (cells.every((cell) => cell.trim() === '')) return { why: 'empty' };
  const cell = (field: ColumnField) => cells[mapping.columns.indexOf(field)]?.trim() ?? '';
  const whole = cells.join(' ');
  if (mapping.onlyWith && !foldText(whole).includes(foldText(mapping.onlyWith))) return { why: 'not_chosen' };
  const at = readCellDate(cell('date'), mapping.dates, timeZone);
  if (!at && isTotals(cells)) return { why: 'totals' };
  const currency = (cell('currency') || ownCurrency).toUpperCase();
  if (!currencies.has(currency)) return { why: 'other_currency' };
  const amountOf = (field: ColumnField) => readCellAmount(cell(field), currency, mapping.decimal);
  const has = (field: ColumnField) => cell(field) !== '';
  const keptSign = mapping.feeSign === 'negative' ? -1n : 1n;
  const [gross, net, fee] = [amountOf('amount'), amountOf('net'), amountOf('fee')];
  if (has('fee') && fee === undefined) return { why: 'no_fee' };
  if ((has('amount') && gross === undefined) || (has('net') && net === undefined)) return { why: 'no_amount' };
  const kept = fee === undefined ? (gross !== undefined && net !== undefined ? gross - net : undefined) : fee * keptSign;
  const before = gross ?? (net === undefined ? undefined : net + (kept ?? 0n));
  if (before === undefined) return { why: 'no_amount' };
  if (!at) return { why: 'no_date' };
  const kind = kindOf(mapping, cell('kind'), before);
  if (before === 0n && (kept ?? 0n) === 0n) return { why: 'nothing_moved' };
  const size = before < 0n ? -before : before;
  const amountMinor =
    kind === 'payout' || kind === 'refund' ? -size : kind === 'fee' ? (fee === undefined && before > 0n ? -before : before) : before;
  const [reference, payment, payout, id] = [cell('reference'), cell('payment'), cell('payout'), cell('id')];
  const said = [kind, reference, payment, amountMinor, kept ?? '', currency, cell('date'), payout].join('\u0001');
  const lineId = id === '' ? `file/${createHash('sha256').update(said).digest('base64url').slice(0, 22)}` : id.slice(0, 200);
  return {
    line: {
      lineId,
      kind,
      reference: referenceIn(reference) ?? referenceIn(cell('note')) ?? (reference === '' ? undefined : reference.slice(0, 200)),
      providerPaymentId: payment === '' ? undefined : payment.slice(0, 200),
      amountMinor,
      feeMinor: kind === 'fee' || kind === 'payout' ? 0n : kept,
      currency,
      at,
      payoutId: payout === '' ? (kind === 'payout' ? lineId : undefined) : payout.slice(0, 200),
      note: cell('note').slice(0, 200),
    },
  };
}

function kindOf({ rowsAre }: ImportMapping, word: string, amountMinor: bigint): CameLine['kind'] {
  if (rowsAre === 'payouts') return 'payout';
  const plain = amountMinor < 0n ? 'refund' : 'payment';
  if (word === '') return plain;
  const folded = foldText(word).replace(/[_-]+/g, ' ');
  const found = kinds.find(([, pattern]) => pattern.test(folded))?.[0] ?? 'adjustment';
  // a "payment" that takes money away is what people call a refund
  return found === 'payment' ? plain : found;
}

/** Banks put our reference among other words. */
function referenceIn(text: string): string | undefined {
  return /\bhf_[A-Za-z0-9]+_[\w-]+/.exec(text)?.[0];
}

function isTotals(cells: readonly string[]): boolean {
  return cells.some(
    (cell) =>
      /^\s*(grand |sub)?(total|totals|sum|разом|всього|усього|итого|всего|totais|saldo)\b/iu.test(foldText(cell)) ||
      /^(разом|всього|усього|итого|всего)/u.test(foldText(cell).trim()),
  );
}
