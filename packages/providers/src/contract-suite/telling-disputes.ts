import { describe, expect, it } from 'vitest';
import { must, openAndPay, type ProviderSubject, refundOf } from './provider-subject.ts';

/** Asked only of providers that declare disputes; the others must not speak of any. */
export function tellsDisputes(subject: () => ProviderSubject): void {
  describe('disputes', () => {
    const told = async (paid: Awaited<ReturnType<typeof openAndPay>>) => {
      const { provider, credentials } = subject();
      return must(await provider.readPayment(credentials, paid.key))?.disputes ?? [];
    };
    /** A provider that tells disputes, and its banks; undefined: it does not. */
    const banks = () => {
      const { provider, sandbox } = subject();
      if (!provider.capabilities.disputes) expect(provider.acceptDispute).toBeUndefined();
      return provider.capabilities.disputes ? sandbox.disputes : undefined;
    };
    const lines = async () => {
      const { provider, credentials, sandbox } = subject();
      const from = new Date(sandbox.now().getTime() - 3_600_000);
      return must(
        (await provider.readSettlements?.(credentials, { from, to: new Date(sandbox.now().getTime() + 60_000) })) ?? { kind: 'done', value: [] },
      );
    };

    it('are told with the payment: opened, answered, won, and the money is back; each movement is a line of the books under the same id', async () => {
      const paid = await openAndPay(subject());
      const bank = banks();
      if (!bank) return expect(await told(paid)).toEqual([]);
      const id = bank.open(paid.providerPaymentId, { amountMinor: 500_00n, reason: 'fraudulent' });
      const opened = {
        providerDisputeId: id,
        amountMinor: 500_00n,
        currency: paid.order.currency,
        reason: 'fraudulent',
        stage: 'chargeback',
        state: 'needs_response',
      };
      expect(await told(paid)).toMatchObject([{ ...opened, respondBy: expect.any(Date), movements: [{ amountMinor: -500_00n }] }]);
      bank.answer(id);
      expect(await told(paid)).toMatchObject([{ providerDisputeId: id, state: 'under_review', movements: [{ amountMinor: -500_00n }] }]);
      bank.decide(id, true);
      const [won] = await told(paid);
      expect(won).toMatchObject({ state: 'won', movements: [{ amountMinor: -500_00n }, { amountMinor: 500_00n, feeMinor: 0n }] });
      const adjustments = (await lines()).filter(({ kind }) => kind === 'adjustment');
      const shape = ({
        lineId,
        amountMinor,
        feeMinor,
        currency,
        at,
      }: (typeof adjustments)[number] | NonNullable<typeof won>['movements'][number]) => ({ lineId, amountMinor, feeMinor, currency, at });
      expect(adjustments.map(shape)).toEqual(won?.movements.map(shape));
      expect(new Set(adjustments.map(({ providerPaymentId }) => providerPaymentId))).toEqual(new Set([paid.providerPaymentId]));
      return undefined;
    });

    it('that are lost keep the money, and nothing of it can be given back once more', async () => {
      const { provider, credentials } = subject();
      const bank = banks();
      if (!bank) return;
      const paid = await openAndPay(subject());
      const id = bank.open(paid.providerPaymentId);
      expect((await provider.refundPayment(credentials, refundOf(paid))).kind).toBe('declined');
      bank.decide(id, false);
      expect(await told(paid)).toMatchObject([{ state: 'lost', movements: [{ amountMinor: -paid.order.amountMinor }] }]);
      expect((await provider.refundPayment(credentials, refundOf(paid))).kind).toBe('declined');
      expect(must(await provider.readPayment(credentials, paid.key))).toMatchObject({
        state: 'captured',
        capturedMinor: paid.order.amountMinor,
        refundedMinor: 0n,
      });
    });

    it('that begin with a question withdraw nothing until they are more than that, and end with a refund', async () => {
      const { provider, credentials } = subject();
      const bank = banks();
      if (!bank) return;
      const [asked, escalated] = [await openAndPay(subject()), await openAndPay(subject())];
      bank.open(asked.providerPaymentId, { inquiry: true });
      const second = bank.open(escalated.providerPaymentId, { inquiry: true });
      expect(await told(asked)).toMatchObject([{ stage: 'inquiry', state: 'needs_response', movements: [] }]);
      must(await provider.refundPayment(credentials, refundOf(asked)));
      expect(await told(asked)).toMatchObject([{ stage: 'inquiry', state: 'closed', movements: [] }]);
      bank.escalate(second);
      expect(await told(escalated)).toMatchObject([
        { stage: 'chargeback', state: 'needs_response', movements: [{ amountMinor: -escalated.order.amountMinor }] },
      ]);
    });

    it('are given up by a call, once; and never by somebody else’s keys', async () => {
      const { provider, credentials, otherMerchant } = subject();
      const bank = banks();
      if (!bank || !provider.acceptDispute) return;
      const paid = await openAndPay(subject());
      const id = bank.open(paid.providerPaymentId);
      expect((await provider.acceptDispute(otherMerchant, id)).kind).toBe('declined');
      must(await provider.acceptDispute(credentials, id));
      expect(await told(paid)).toMatchObject([{ state: 'lost' }]);
      expect((await provider.acceptDispute(credentials, id)).kind).toBe('declined');
    });

    it('are announced by webhooks of the declared types, which lead to the payment', async () => {
      const { provider, credentials, sandbox } = subject();
      const bank = banks();
      if (!bank) return;
      const paid = await openAndPay(subject());
      bank.open(paid.providerPaymentId);
      const events = [];
      for (const { headers, rawBody } of await sandbox.webhooks()) {
        const verdict = await provider.verifyWebhook(credentials, { headers, rawBody, now: sandbox.now(), address: { came: undefined, ours: '' } });
        if (verdict.kind === 'verified') events.push(...verdict.events);
      }
      const about = events.filter(({ eventType }) => provider.capabilities.disputes?.events.includes(eventType));
      expect(about.length).toBeGreaterThan(0);
      for (const { reference, providerPaymentId } of about) {
        if (reference !== undefined) continue;
        const found = must(await provider.readPayment(credentials, { ...paid.key, reference: '', providerPaymentId }));
        expect(found?.reference).toBe(paid.order.reference);
      }
    });
  });
}
