import { describe, expect, it } from 'vitest';
import { readExactJson } from '../kit/exact-json.ts';
import { goneBack, paymentFact, refundFact } from './mono-payment-fact.ts';
import { cancel, invoice, paid } from './scripted-mono.ts';
import { settlementLines } from './settlement-lines.ts';
import { invoiceShape, statementShape } from './wire.ts';

const read = (json: object) => invoiceShape.parse(readExactJson(JSON.stringify(json)));
const money = (json: object) => {
  const { state, capturedMinor, refundedMinor } = paymentFact(read(json));
  return [state, capturedMinor, refundedMinor];
};

describe('what an invoice says', () => {
  it.each([
    ['created', 'open'],
    ['processing', 'processing'],
    ['hold', 'processing'],
    ['success', 'captured'],
    ['failure', 'failed'],
    ['reversed', 'captured'],
    ['expired', 'closed'],
  ])('%s is %s', (status, state) => {
    expect(paymentFact(read(invoice({ status }))).state).toBe(state);
  });

  it.each([
    ['unpaid', invoice(), ['open', 0n, 0n]],
    ['paid', paid(), ['captured', 750_00n, 0n]],
    ['paid, by an answer that is short of words', invoice({ status: 'success' }), ['captured', 750_00n, 0n]],
    ['another amount than asked', paid({ finalAmount: 70000 }), ['captured', 700_00n, 0n]],
    ['more than asked', paid({ finalAmount: 75100 }), ['captured', 751_00n, 0n]],
    ['a part given back', paid({ finalAmount: 55000, cancelList: [cancel()] }), ['captured', 750_00n, 200_00n]],
    ['two parts', paid({ finalAmount: 54999, cancelList: [cancel(), cancel({ amount: 1, extRef: 'b' })] }), ['captured', 750_00n, 200_01n]],
    [
      'a refund under way, counted off already',
      paid({ finalAmount: 55000, cancelList: [cancel({ status: 'processing' })] }),
      ['captured', 750_00n, 0n],
    ],
    ['a refund under way, not counted off yet', paid({ cancelList: [cancel({ status: 'processing' })] }), ['captured', 750_00n, 0n]],
    ['a refund that failed', paid({ cancelList: [cancel({ status: 'failure' })] }), ['captured', 750_00n, 0n]],
    ['given back in full', invoice({ status: 'reversed', finalAmount: 0, cancelList: [cancel({ amount: 75000 })] }), ['captured', 750_00n, 750_00n]],
    [
      'given back in full, without amounts',
      invoice({ status: 'reversed', cancelList: [cancel({ amount: undefined })] }),
      ['captured', 750_00n, 750_00n],
    ],
    [
      'a part given back, and then the rest reversed by the bank',
      invoice({ status: 'reversed', finalAmount: 0, cancelList: [cancel()] }),
      ['captured', 750_00n, 750_00n],
    ],
    ['reversed by the bank, without a word', invoice({ status: 'reversed' }), ['captured', 750_00n, 750_00n]],
    [
      'given back in two parts',
      invoice({ status: 'reversed', finalAmount: 0, cancelList: [cancel(), cancel({ amount: 55000 })] }),
      ['captured', 750_00n, 750_00n],
    ],
    ['in full, not yet called reversed', paid({ finalAmount: 0, cancelList: [cancel({ amount: undefined })] }), ['captured', 750_00n, 750_00n]],
  ])('%s', (_what, json, expected) => {
    expect(money(json)).toEqual(expected);
  });

  it('names the currency and the fee, and neither is guessed', () => {
    expect(paymentFact(read(paid({ ccy: 978 })))).toMatchObject({ currency: 'EUR', feeMinor: 9_75n });
    expect(paymentFact(read(paid({ paymentInfo: { maskedPan: 'x' } })))).not.toHaveProperty('feeMinor');
    expect(paymentFact(read(invoice({ paymentInfo: { fee: 5 } })))).not.toHaveProperty('feeMinor');
    expect(invoiceShape.safeParse(readExactJson(JSON.stringify(invoice({ ccy: 123 })))).success).toBe(false);
  });

  it('in words that are not documented is not understood', () => {
    for (const changes of [
      { status: 'paid' },
      { status: 'Success' },
      { status: 1 },
      { amount: 750.5 },
      { amount: '1e3' },
      { amount: null },
      { invoiceId: '' },
    ]) {
      expect(invoiceShape.safeParse(readExactJson(JSON.stringify(invoice(changes)))).success).toBe(false);
    }
  });
});

describe('our refund among others', () => {
  it('is the one that carries our key; one that failed gives way to one that did not', () => {
    const ours = { idempotencyKey: 'ref_1', amountMinor: 200_00n };
    const list = [cancel({ extRef: 'other' }), cancel({ extRef: undefined })];
    expect(refundFact(read(paid({ cancelList: list })), ours)).toBeUndefined();
    expect(refundFact(read(paid({ cancelList: null })), ours)).toBeUndefined();
    const tried = [cancel({ status: 'processing' }), cancel({ status: 'failure' }), ...list];
    expect(refundFact(read(paid({ cancelList: tried })), ours)).toMatchObject({ state: 'pending', providerRefundId: 'ref_1' });
  });

  it('what has gone back and what is under way are counted apart', () => {
    const list = [cancel(), cancel({ status: 'processing', amount: 100 }), cancel({ status: 'failure', amount: 7 })];
    expect(goneBack(read(paid({ finalAmount: 55000, cancelList: list })))).toEqual({ refunded: 200_00n, underway: 1_00n });
  });
});

describe('the lines of a statement', () => {
  const item = (changes: Record<string, unknown> = {}) => ({
    invoiceId: 'p2_1',
    status: 'success',
    maskedPan: '444403******1902',
    date: '2026-11-20T23:30:00+02:00',
    paymentScheme: 'full',
    amount: 75000,
    profitAmount: 74025,
    ccy: 980,
    reference: 'hf1_pay_1',
    shortQrId: null,
    cancelList: [],
    ...changes,
  });
  const back = (changes: Record<string, unknown> = {}) => ({
    amount: 20000,
    ccy: 980,
    date: '2026-11-21T08:00:00Z',
    rrn: '060189',
    maskedPan: 'x',
    ...changes,
  });
  const lines = (list: readonly object[], from = '2026-11-20T00:00:00Z', to = '2026-11-22T00:00:00Z') =>
    settlementLines(statementShape.parse(readExactJson(JSON.stringify({ list }))).list ?? [], { from: new Date(from), to: new Date(to) });

  it('a payment and its refunds, oldest first, with the fee monobank keeps', () => {
    expect(lines([item({ cancelList: [back()] })])).toEqual([
      {
        lineId: 'p2_1/payment',
        kind: 'payment',
        reference: 'hf1_pay_1',
        providerPaymentId: 'p2_1',
        amountMinor: 750_00n,
        feeMinor: 9_75n,
        currency: 'UAH',
        at: new Date('2026-11-20T21:30:00Z'),
        payoutId: undefined,
      },
      {
        lineId: 'p2_1/refund/060189',
        kind: 'refund',
        reference: 'hf1_pay_1',
        providerPaymentId: 'p2_1',
        amountMinor: -200_00n,
        feeMinor: 0n,
        currency: 'UAH',
        at: new Date('2026-11-21T08:00:00Z'),
        payoutId: undefined,
      },
    ]);
  });

  it('each has a name of its own that stays', () => {
    const same = [back(), back(), back({ rrn: null, approvalCode: '662476' }), back({ rrn: null })];
    const ids = lines([item({ cancelList: same })]).map(({ lineId }) => lineId);
    expect(new Set(ids).size).toBe(5);
    expect(lines([item({ cancelList: same })]).map(({ lineId }) => lineId)).toEqual(ids);
  });

  it('what is not within the span, or moved no money, is none', () => {
    expect(lines([item({ status: 'failure' }), item({ status: 'hold' }), item({ status: 'processing' })])).toEqual([]);
    expect(lines([item({ cancelList: [back()] })], '2026-11-21T00:00:00Z').map(({ kind }) => kind)).toEqual(['refund']);
    expect(lines([item()], '2026-11-20T21:30:00Z', '2026-11-20T21:30:00.001Z')).toHaveLength(1);
    expect(lines([item()], '2026-11-20T21:00:00Z', '2026-11-20T21:30:00Z')).toEqual([]);
  });
});
