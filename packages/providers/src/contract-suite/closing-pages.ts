import { describe, expect, it } from 'vitest';
import { must, open, openAndPay, type ProviderSubject } from './provider-subject.ts';

export function closesPages(subject: () => ProviderSubject): void {
  describe('closing a page', () => {
    it('after it nobody can pay', async () => {
      const { provider, credentials, sandbox } = subject();
      const { key, providerPaymentId } = await open(subject());
      const answer = await provider.closePayment(credentials, key);
      if (!provider.capabilities.closesPages) return expect(answer).toMatchObject({ kind: 'declined', code: 'cannot_close' });
      expect(must(answer)).toMatchObject({ state: 'closed', capturedMinor: 0n });
      expect(await sandbox.pay(providerPaymentId)).toBe(false);
      expect(must(await provider.readPayment(credentials, key))).toMatchObject({ state: 'closed' });
      expect(must(await provider.closePayment(credentials, key))).toMatchObject({ state: 'closed' });
      return undefined;
    });

    it('that was just paid answers that it is paid', async () => {
      const { provider, credentials } = subject();
      const { order, key } = await openAndPay(subject());
      const answer = await provider.closePayment(credentials, key);
      if (!provider.capabilities.closesPages) return expect(answer).toMatchObject({ kind: 'declined', code: 'cannot_close' });
      expect(must(answer)).toMatchObject({ state: 'captured', capturedMinor: order.amountMinor, currency: order.currency });
      return undefined;
    });

    it('where the bank is still deciding answers that', async () => {
      const { provider, credentials, sandbox } = subject();
      if (!provider.capabilities.closesPages) return;
      const { key, providerPaymentId } = await open(subject(), { instantMethodsOnly: false });
      if (!(await sandbox.processing.start(providerPaymentId))) return;
      expect(must(await provider.closePayment(credentials, key))).toMatchObject({ state: 'processing' });
    });

    it('that nobody opened is not called closed', async () => {
      const { provider, credentials } = subject();
      const { key } = await open(subject());
      const mistyped = { ...key, providerPaymentId: `${key.providerPaymentId.slice(0, -4)}0000` };
      expect(await provider.closePayment(credentials, mistyped)).toMatchObject({ kind: 'declined' });
    });

    it('happens by itself when its time is over, and not a minute before', async () => {
      const { provider, credentials, sandbox } = subject();
      const { key, providerPaymentId } = await open(subject());
      await sandbox.moveClock(59);
      expect(must(await provider.readPayment(credentials, key))).toMatchObject({ state: 'open' });
      await sandbox.moveClock(2);
      expect(must(await provider.readPayment(credentials, key))).toMatchObject({ state: 'closed', capturedMinor: 0n });
      expect(await sandbox.pay(providerPaymentId)).toBe(false);
    });
  });
}
