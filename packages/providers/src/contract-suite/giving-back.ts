import { describe, expect, it } from 'vitest';
import type { Outcome, RefundFact } from '../payment-provider.ts';
import { must, open, openAndPay, type ProviderSubject, refundOf } from './provider-subject.ts';

export function givesMoneyBack(subject: () => ProviderSubject): void {
  type Paid = Awaited<ReturnType<typeof openAndPay>>;
  /** `before`: what had gone back when this refund was first spoken of. */
  const refund = (paid: Paid, amountMinor: bigint, name: string, before = 0n): Promise<Outcome<RefundFact>> =>
    subject().provider.refundPayment(subject().credentials, refundOf(paid, { amountMinor, name, refundedBeforeMinor: before }));
  const look = async (paid: Paid, amountMinor: bigint, name: string, before = 0n) =>
    must(await subject().provider.readRefund(subject().credentials, refundOf(paid, { amountMinor, name, refundedBeforeMinor: before })));
  const standing = async ({ key }: Paid) => must(await subject().provider.readPayment(subject().credentials, key));
  const refunds = () => subject().provider.capabilities.refunds;

  describe('giving money back', () => {
    it('all of it', async () => {
      const paid = await openAndPay(subject());
      const answer = await refund(paid, paid.order.amountMinor, 'all');
      if (refunds() === 'none') return expect(answer).toMatchObject({ kind: 'declined', code: 'cannot_refund' });
      const fact = must(answer);
      expect(fact).toMatchObject({ amountMinor: paid.order.amountMinor });
      expect(['refunded', 'pending']).toContain(fact.state);
      expect(fact.providerRefundId).not.toBe('');
      expect(await standing(paid)).toMatchObject({ state: 'captured', capturedMinor: paid.order.amountMinor, refundedMinor: paid.order.amountMinor });
      return undefined;
    });

    it('in parts, and a part never cancels the payment', async () => {
      const paid = await openAndPay(subject());
      const answer = await refund(paid, 200_00n, 'first');
      if (refunds() !== 'partial') return expect(answer).toMatchObject({ kind: 'declined' });
      expect(must(answer)).toMatchObject({ amountMinor: 200_00n });
      expect(await standing(paid)).toMatchObject({ state: 'captured', capturedMinor: 750_00n, refundedMinor: 200_00n });
      must(await refund(paid, 1n, 'second', 200_00n));
      must(await refund(paid, 549_99n, 'third', 200_01n));
      expect(await standing(paid)).toMatchObject({ state: 'captured', capturedMinor: 750_00n, refundedMinor: 750_00n });
      return undefined;
    });

    it('in a currency that counts differently, as exactly', async () => {
      const { currencies } = subject().provider.capabilities;
      for (const [currency, asked, back] of [
        ['JPY', 5000n, 1n],
        ['ISK', 4500n, 151n],
        ['KWD', 12_350n, 10n],
      ] as const) {
        if (refunds() !== 'partial' || (currencies !== 'any' && !currencies.includes(currency))) continue;
        const paid = await openAndPay(subject(), { currency, amountMinor: asked });
        expect(must(await refund(paid, back, 'part'))).toMatchObject({ amountMinor: back });
        expect(await standing(paid)).toMatchObject({ capturedMinor: asked, refundedMinor: back });
      }
    });

    it('said twice, one after the other, goes back once', async () => {
      if (refunds() === 'none') return;
      const paid = await openAndPay(subject());
      const first = must(await refund(paid, 750_00n, 'once'));
      const second = must(await refund(paid, 750_00n, 'once'));
      expect(second.providerRefundId).toBe(first.providerRefundId);
      expect(await standing(paid)).toMatchObject({ refundedMinor: 750_00n });
    });

    it('is nothing before it was asked for, and found afterwards', async () => {
      if (refunds() === 'none') return;
      const paid = await openAndPay(subject());
      expect(await look(paid, 750_00n, 'asked')).toBeUndefined();
      expect(await standing(paid)).toMatchObject({ refundedMinor: 0n });
      const { providerRefundId } = must(await refund(paid, 750_00n, 'asked'));
      expect(await look(paid, 750_00n, 'asked')).toMatchObject({ providerRefundId, amountMinor: 750_00n });
    });

    it('two of the same amount are two', async () => {
      if (refunds() !== 'partial') return;
      const paid = await openAndPay(subject());
      must(await refund(paid, 100_00n, 'one'));
      must(await refund(paid, 100_00n, 'other', 100_00n));
      expect(await standing(paid)).toMatchObject({ refundedMinor: 200_00n });
    });

    it('that the provider decides later is pending until it has, either way, and saying it again moves nothing', async () => {
      if (refunds() === 'none') return;
      const { sandbox } = subject();
      for (const done of [true, false]) {
        const paid = await openAndPay(subject());
        sandbox.answerRefunds('later');
        const { providerRefundId, state } = must(await refund(paid, 750_00n, 'later'));
        sandbox.answerRefunds('at_once');
        expect(state).toBe('pending');
        expect(await look(paid, 750_00n, 'later')).toMatchObject({ providerRefundId, state: 'pending' });
        expect(await refund(paid, 750_00n, 'later')).toMatchObject({ kind: 'done', value: { providerRefundId, state: 'pending' } });
        sandbox.settleRefund(providerRefundId, done);
        if (done) {
          expect(await look(paid, 750_00n, 'later')).toMatchObject({ state: 'refunded' });
          expect(await standing(paid)).toMatchObject({ refundedMinor: 750_00n });
        } else {
          // whoever keeps no account of what failed shows that nothing has gone back
          expect([undefined, 'failed']).toContain((await look(paid, 750_00n, 'later'))?.state);
          expect(await standing(paid)).toMatchObject({ refundedMinor: 0n });
        }
      }
    });

    it('of which more has gone back than anybody here knows of is not given: somebody has to look', async () => {
      if (refunds() !== 'partial' || subject().provider.capabilities.refundIsIdempotent) return;
      const paid = await openAndPay(subject());
      must(await refund(paid, 100_00n, 'known'));
      expect((await refund(paid, 300_00n, 'unaware')).kind).not.toBe('done');
      expect(await standing(paid)).toMatchObject({ refundedMinor: 100_00n });
    });

    it('said by two people at once with the same key goes back once', async () => {
      if (refunds() !== 'partial' || !subject().provider.capabilities.refundIsIdempotent) return;
      const paid = await openAndPay(subject());
      const answers = await Promise.all([1, 2, 3].map(() => refund(paid, 100_00n, 'once')));
      expect(answers.filter((answer) => answer.kind === 'declined')).toEqual([]);
      expect(await standing(paid)).toMatchObject({ refundedMinor: 100_00n });
    });

    it('the same key for another amount moves nothing more', async () => {
      if (refunds() !== 'partial' || !subject().provider.capabilities.refundIsIdempotent) return;
      const paid = await openAndPay(subject());
      must(await refund(paid, 100_00n, 'once'));
      expect((await refund(paid, 200_00n, 'once')).kind).not.toBe('done');
      expect(await standing(paid)).toMatchObject({ refundedMinor: 100_00n });
    });

    it('more than is left is declined, and nothing moves', async () => {
      if (refunds() === 'none') return;
      const paid = await openAndPay(subject());
      expect(await refund(paid, 750_01n, 'too_much')).toMatchObject({ kind: 'declined' });
      expect(await standing(paid)).toMatchObject({ refundedMinor: 0n });
      must(await refund(paid, 750_00n, 'all'));
      expect(await refund(paid, 1n, 'one_more', 750_00n)).toMatchObject({ kind: 'declined' });
      expect(await standing(paid)).toMatchObject({ refundedMinor: 750_00n });
    });

    it('of what nobody has paid is declined', async () => {
      if (refunds() === 'none') return;
      expect(await refund(await open(subject()), 750_00n, 'unpaid')).toMatchObject({ kind: 'declined' });
    });

    it('of nothing, or of less than nothing, is declined', async () => {
      const paid = await openAndPay(subject());
      expect(await refund(paid, 0n, 'zero')).toMatchObject({ kind: 'declined' });
      expect(await refund(paid, -1n, 'negative')).toMatchObject({ kind: 'declined' });
      expect(await standing(paid)).toMatchObject({ refundedMinor: 0n });
    });

    it('whose answer was lost is found by looking again, and repeating it gives back no second time', async () => {
      if (refunds() !== 'partial') return;
      for (const mishap of ['loseAnswer', 'breakLine'] as const) {
        const paid = await openAndPay(subject());
        subject().sandbox[mishap]('refund');
        expect((await refund(paid, 100_00n, 'lost')).kind).not.toBe('declined');
        expect(await standing(paid)).toMatchObject({ refundedMinor: 100_00n });
        expect((await refund(paid, 100_00n, 'lost')).kind).not.toBe('declined');
        expect(await standing(paid)).toMatchObject({ refundedMinor: 100_00n });
      }
    });
  });
}
