import { describe, expect, it } from 'vitest';
import { must, openAndPay, type ProviderSubject, refundOf } from './provider-subject.ts';

export function readsBooks(subject: () => ProviderSubject): void {
  describe('the provider’s own books', () => {
    const read = async (span: { from: Date; to: Date }) => {
      const { provider, credentials } = subject();
      return must((await provider.readSettlements?.(credentials, span)) ?? { kind: 'unknown', message: 'this provider has no readSettlements' });
    };
    const minutesFromNow = (minutes: number) => new Date(subject().sandbox.now().getTime() + minutes * 60_000);

    it('say the same as the payments: what came, what was kept of it, what went back, each line under an id that stays', async () => {
      const { provider, credentials, sandbox } = subject();
      if (provider.capabilities.settlements === 'none') return expect(provider.readSettlements).toBeUndefined();
      const from = minutesFromNow(-1);
      const kept = await openAndPay(subject(), { amountMinor: 450_10n, lines: [{ text: 'Haircut', amountMinor: 450_10n }] });
      await sandbox.moveClock(1);
      const returned = await openAndPay(subject());
      await sandbox.moveClock(1);
      if (provider.capabilities.refunds === 'partial') must(await provider.refundPayment(credentials, refundOf(returned, { amountMinor: 100_01n })));
      const lines = await read({ from, to: minutesFromNow(1) });
      const of = ({ providerPaymentId }: { providerPaymentId: string }, kind: string) =>
        lines.filter((line) => line.providerPaymentId === providerPaymentId && line.kind === kind);
      for (const paid of [kept, returned]) {
        const fact = must(await provider.readPayment(credentials, paid.key));
        const { amountMinor, currency } = paid.order;
        expect(of(paid, 'payment')).toMatchObject([{ amountMinor, currency, ...(fact?.feeMinor !== undefined && { feeMinor: fact.feeMinor }) }]);
      }
      expect(of(kept, 'refund')).toEqual([]);
      if (provider.capabilities.refunds === 'partial') expect(of(returned, 'refund')).toMatchObject([{ amountMinor: -100_01n }]);
      expect(new Set(lines.map(({ lineId }) => lineId)).size).toBe(lines.length);
      expect(lines.map(({ at }) => at.getTime())).toEqual(lines.map(({ at }) => at.getTime()).toSorted((one, other) => one - other));
      expect(await read({ from, to: minutesFromNow(1) })).toEqual(lines);
      return undefined;
    });

    it('explain a payout to the cent, where the provider says what it settles', async () => {
      const { provider, sandbox } = subject();
      if (provider.capabilities.settlements !== 'payouts') return;
      const from = minutesFromNow(-1);
      const paid = [
        await openAndPay(subject()),
        await openAndPay(subject(), { amountMinor: 450_10n, lines: [{ text: 'Cut', amountMinor: 450_10n }] }),
      ];
      expect((await read({ from, to: minutesFromNow(1) })).map(({ payoutId }) => payoutId)).toEqual([undefined, undefined]);
      await sandbox.moveClock(3 * 24 * 60);
      const lines = await read({ from, to: minutesFromNow(1) });
      const [payout, ...others] = lines.filter(({ kind }) => kind === 'payout');
      if (!payout?.payoutId) throw new Error('nothing was paid out');
      expect(others).toEqual([]);
      const settled = lines.filter(({ kind, payoutId }) => kind !== 'payout' && payoutId === payout.payoutId);
      expect(settled.map(({ providerPaymentId }) => providerPaymentId)).toEqual(paid.map(({ providerPaymentId }) => providerPaymentId));
      expect(-payout.amountMinor).toBe(settled.reduce((sum, { amountMinor, feeMinor }) => sum + amountMinor - feeMinor, 0n));
    });

    it('of another time hold nothing of this one, and nobody else’s keys read them', async () => {
      const { provider, nobody, otherMerchant } = subject();
      if (provider.capabilities.settlements === 'none') return;
      await openAndPay(subject());
      const span = { from: minutesFromNow(-60), to: minutesFromNow(1) };
      expect(await read({ from: minutesFromNow(-2 * 24 * 60), to: minutesFromNow(-24 * 60) })).toEqual([]);
      expect(await provider.readSettlements?.(nobody, span)).toMatchObject({ kind: 'declined', code: 'bad_credentials' });
      expect(await provider.readSettlements?.(otherMerchant, span)).toEqual({ kind: 'done', value: [] });
    });
  });
}
