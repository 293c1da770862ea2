import { describe, expect, it } from 'vitest';
import { paymentFact } from './viva-payment-fact.ts';
import { failedLater, type VivaTransaction, vivaTransaction } from './viva-transaction.ts';
import { orderStateShape, type TransactionRow, type TransactionStatus } from './wire.ts';

const row = (changes: Partial<TransactionRow> = {}): TransactionRow => ({
  TransactionId: 'trn-1',
  StatusId: 'F',
  Amount: '50.00',
  Commission: '0.26',
  InsDate: '2026-11-21T12:05:46.903+02:00',
  Order: { OrderCode: '123' },
  ...changes,
});
const transactions = (...rows: readonly Partial<TransactionRow>[]): VivaTransaction[] =>
  rows.flatMap((changes, at) => vivaTransaction(row({ TransactionId: `trn-${at}`, ...changes }), '978') ?? []);
const fact = (state: string, ...rows: readonly Partial<TransactionRow>[]) =>
  paymentFact(
    {
      orderCode: '123',
      reference: 'hf_1',
      state: orderStateShape.parse(state),
      transactions: transactions(...rows),
      failedLater: rows.some((changes) => failedLater(row(changes))),
    },
    { currency: 'EUR' },
  );

describe('how an order stands', () => {
  it.each([
    ['0', 'open'],
    ['1', 'closed'],
    ['2', 'closed'],
  ])('state %s without money is %s, also after refused cards', (state, expected) => {
    expect(fact(state)).toMatchObject({ state: expected, capturedMinor: 0n, currency: 'EUR', reference: 'hf_1' });
    expect(fact(state, { StatusId: 'E' }, { StatusId: 'E' })).toMatchObject({ state: expected, capturedMinor: 0n });
    expect(fact(state, { StatusId: 'A' })).toMatchObject({ state: 'processing', capturedMinor: 0n });
  });

  it('an order that is over because a way of paying that is decided later came to nothing has failed; one whose card was refused was closed', () => {
    const by = (TransactionTypeId: string) => ({ StatusId: 'E', TransactionType: { TransactionTypeId } }) as const;
    expect(fact('2', by('56'))).toMatchObject({ state: 'failed', capturedMinor: 0n });
    expect(fact('2', by('5'))).toMatchObject({ state: 'closed' });
    expect(fact('0', by('56'))).toMatchObject({ state: 'open' });
    expect(fact('2', by('56'), {})).toMatchObject({ state: 'captured' });
  });

  it.each(['0', '1', '2', '3'])('money counts more than the order’s state (%s)', (state) => {
    expect(fact(state, { StatusId: 'E' }, {})).toMatchObject({ state: 'captured', capturedMinor: 50_00n, refundedMinor: 0n, feeMinor: 26n });
  });

  it.each<[TransactionStatus, bigint, bigint]>([
    ['F', 50_00n, 0n],
    ['C', 50_00n, 0n],
    ['X', 50_00n, 50_00n],
    ['M', 50_00n, 0n],
    ['MA', 50_00n, 0n],
    ['MI', 50_00n, 0n],
    ['MS', 50_00n, 0n],
    ['MW', 50_00n, 0n],
    ['ML', 50_00n, 50_00n],
  ])('a payment in the state %s brought %s, of which %s went back', (StatusId, capturedMinor, refundedMinor) => {
    expect(fact('3', { StatusId })).toMatchObject({ state: 'captured', capturedMinor, refundedMinor });
  });

  it('what went back is what its transactions say, when they have been done', () => {
    const part = { StatusId: 'R', Amount: '50.00' } as const;
    expect(fact('3', part, { Amount: '-20.00' })).toMatchObject({ capturedMinor: 50_00n, refundedMinor: 20_00n });
    expect(fact('3', part, { Amount: '-20.0' }, { Amount: '-5', StatusId: 'A' }, { Amount: '-1', StatusId: 'E' })).toMatchObject({
      refundedMinor: 20_00n,
    });
    expect(fact('3', { StatusId: 'X' }, { Amount: '-50.00' })).toMatchObject({ capturedMinor: 50_00n, refundedMinor: 50_00n });
    expect(() => fact('3', part)).toThrow(RangeError);
    expect(() => fact('3', part, { Amount: '-20.00', StatusId: 'M' })).toThrow(RangeError);
  });

  it('a hold that was captured counts once', () => {
    expect(fact('3', { StatusId: 'C' }, {})).toMatchObject({ capturedMinor: 50_00n });
  });

  it('a client who managed to pay twice has paid twice', () => {
    expect(fact('3', {}, {})).toMatchObject({ capturedMinor: 100_00n, feeMinor: 52n });
  });

  it('of an order that was paid twice, what went back of one payment is not taken for what went back of the other', () => {
    expect(fact('3', { StatusId: 'X' }, { StatusId: 'X' })).toMatchObject({ capturedMinor: 100_00n, refundedMinor: 100_00n });
    const part = { Amount: '-20.00', ParentId: 'trn-0' };
    expect(fact('3', { StatusId: 'R' }, { StatusId: 'X' }, part)).toMatchObject({ capturedMinor: 100_00n, refundedMinor: 70_00n });
    expect(fact('3', { StatusId: 'X' }, {}, { ...part, Amount: '-50.00' })).toMatchObject({ capturedMinor: 100_00n, refundedMinor: 50_00n });
  });

  it('the fee is told once Viva has one for all of it, rounded up to a coin', () => {
    expect(fact('3', { Commission: '0.00' }).feeMinor).toBeUndefined();
    expect(fact('3', { Commission: null }).feeMinor).toBeUndefined();
    expect(fact('3', {}, { Commission: '0.00' }).feeMinor).toBeUndefined();
    expect(fact('3', { Commission: '0.2601' }).feeMinor).toBe(27n);
    expect(fact('3', { Commission: '0.00', TotalCommission: '1.5' }).feeMinor).toBe(150n);
  });
});
