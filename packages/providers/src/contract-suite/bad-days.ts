import { describe, expect, it } from 'vitest';
import type { Outcome, PaymentKey } from '../payment-provider.ts';
import { keyOf, must, open, openAndPay, orderFor, outages, type ProviderCall, type ProviderSubject, refundOf } from './provider-subject.ts';

export function survivesBadDays(subject: () => ProviderSubject): void {
  describe('when the provider is down', () => {
    const calls: readonly [ProviderCall, (paid: Awaited<ReturnType<typeof openAndPay>>) => Promise<Outcome<unknown>>][] = [
      ['create', () => subject().provider.createPayment(subject().credentials, orderFor(subject()))],
      ['read', ({ key }) => subject().provider.readPayment(subject().credentials, key)],
      ['read', ({ order }) => subject().provider.readPayment(subject().credentials, keyOf(order))],
      ['close', ({ key }) => subject().provider.closePayment(subject().credentials, key)],
      ['refund', (paid) => subject().provider.refundPayment(subject().credentials, refundOf(paid, { name: `${Math.random()}` }))],
    ];

    const asked = ([name]: (typeof calls)[number]) => {
      const { closesPages, refunds, knowsUnpaid } = subject().provider.capabilities;
      return name === 'close' ? closesPages : name === 'refund' ? refunds !== 'none' : name === 'create' ? knowsUnpaid : true;
    };

    it.each(outages)('by %s, every answer is "unknown", never "failed", and nothing has moved', async (outage) => {
      const { provider, credentials, sandbox } = subject();
      if (provider.capabilities.notedByHand) return;
      const standing = async ({ key }: { key: PaymentKey }) => must(await provider.readPayment(credentials, key));
      // a refund looks before it gives back: it gets its own round, in which looking works
      for (const round of [calls.filter(([name]) => name !== 'refund'), calls.filter(([name]) => name === 'refund')]) {
        const tries = await Promise.all(
          round.filter(asked).map(async ([name, call]) => {
            const payment = name === 'close' ? await open(subject()) : await openAndPay(subject());
            return { name, payment, before: await standing(payment), run: () => call(payment) };
          }),
        );
        for (const { name } of tries) sandbox.down(name, outage);
        const answers = await Promise.all(tries.map(async ({ name, run }) => ({ name, kind: (await run()).kind })));
        sandbox.up();
        expect(answers).toEqual(tries.map(({ name }) => ({ name, kind: 'unknown' })));
        for (const { payment, before } of tries) expect(await standing(payment)).toEqual(before);
      }
    });
  });

  describe('when a call never arrives', () => {
    it('making it again ten minutes later opens one page', async () => {
      const { provider, credentials, sandbox } = subject();
      if (!provider.capabilities.knowsUnpaid) return;
      const order = orderFor(subject(), { payableUntil: new Date(sandbox.now().getTime() + 15 * 60_000) });
      sandbox.down('create', 'silence');
      expect((await provider.createPayment(credentials, order)).kind).toBe('unknown');
      sandbox.up();
      const { reference } = order;
      expect(must(await provider.readPayment(credentials, keyOf(order)))).toBeUndefined();
      await sandbox.moveClock(10);
      must(await provider.createPayment(credentials, order));
      expect(sandbox.countPayments(reference)).toBe(1);
    });
  });

  describe('when an answer is lost', () => {
    it.each(['loseAnswer', 'breakLine'] as const)('to opening a page (%s), it is found again by our reference, and can be paid', async (mishap) => {
      const { provider, credentials, sandbox } = subject();
      if (!provider.capabilities.knowsUnpaid || !provider.capabilities.findsByReference) return;
      await open(subject());
      const order = orderFor(subject());
      await sandbox.moveClock(1);
      sandbox[mishap]('create');
      const answer = await provider.createPayment(credentials, order);
      expect(answer.kind).not.toBe('declined');
      if (mishap === 'loseAnswer') expect(answer.kind).toBe('unknown');
      await open(subject());
      const { reference } = order;
      const found = must(await provider.readPayment(credentials, keyOf(order)));
      if (!found) throw new Error('the payment is not found by our reference');
      expect(found).toMatchObject({ reference, state: 'open' });
      expect(await sandbox.pay(found.providerPaymentId)).toBe(true);
      expect(must(await provider.readPayment(credentials, keyOf(order)))).toMatchObject({
        state: 'captured',
        capturedMinor: order.amountMinor,
      });
    });

    it.each(['loseAnswer', 'breakLine'] as const)('to opening a page (%s), asking again opens no second one', async (mishap) => {
      const { provider, credentials, sandbox } = subject();
      if (!provider.capabilities.createIsIdempotent || !provider.capabilities.knowsUnpaid) return;
      const order = orderFor(subject());
      sandbox[mishap]('create');
      await provider.createPayment(credentials, order);
      expect((await provider.createPayment(credentials, order)).kind).not.toBe('declined');
      expect(sandbox.countPayments(order.reference)).toBe(1);
    });

    it.each(['loseAnswer', 'breakLine'] as const)('to closing a page (%s), it is closed all the same', async (mishap) => {
      const { provider, credentials, sandbox } = subject();
      if (!provider.capabilities.closesPages) return;
      const { key } = await open(subject());
      sandbox[mishap]('close');
      expect((await provider.closePayment(credentials, key)).kind).not.toBe('declined');
      expect(must(await provider.readPayment(credentials, key))).toMatchObject({ state: 'closed' });
    });

    it('among many other payments, also older and newer ones, ours is found', async () => {
      const { provider, credentials, sandbox } = subject();
      if (!provider.capabilities.knowsUnpaid || !provider.capabilities.findsByReference) return;
      for (let count = 0; count < 5; count++) await open(subject());
      await sandbox.moveClock(1);
      const order = orderFor(subject());
      sandbox.loseAnswer('create');
      await provider.createPayment(credentials, order);
      for (let count = 0; count < 120; count++) await open(subject());
      const { reference } = order;
      expect(must(await provider.readPayment(credentials, keyOf(order)))).toMatchObject({ reference, state: 'open' });
    });
  });
}
