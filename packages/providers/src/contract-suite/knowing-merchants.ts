import { describe, expect, it } from 'vitest';
import { keyOf, must, open, openAndPay, orderFor, type ProviderSubject, refundOf } from './provider-subject.ts';

export function knowsMerchants(subject: () => ProviderSubject): void {
  describe('whose account it is', () => {
    it('the form takes good credentials, and marks at least one of them as a secret', () => {
      const { credentialsShape, capabilities } = subject().provider;
      expect(credentialsShape.safeParse(subject().credentials).success).toBe(true);
      expect(credentialsShape.safeParse({}).success).toBe(false);
      const secrets = Object.values(credentialsShape.shape).filter((shape) => shape.meta()?.['secret'] === true);
      if (!capabilities.notedByHand) expect(secrets.length).toBeGreaterThan(0);
      for (const shape of Object.values(credentialsShape.shape)) {
        expect(shape.meta()).toMatchObject({ title: expect.stringMatching(/./), placeholder: expect.any(String) });
        expect(shape.meta()?.['where']).toEqual({ en: expect.stringMatching(/./), uk: expect.stringMatching(/./), pt: expect.stringMatching(/./) });
      }
    });

    it('testing the connection names the account, the same one each time and another one for another merchant', async () => {
      const { provider, credentials, otherMerchant } = subject();
      const { account, accountId } = must(await provider.testConnection(credentials));
      expect([account, accountId]).not.toContain('');
      expect(must(await provider.testConnection(credentials)).accountId).toBe(accountId);
      expect(must(await provider.testConnection(otherMerchant)).accountId).not.toBe(accountId);
    });

    it('credentials that are nobody’s are declined everywhere, as bad credentials', async () => {
      const { provider, nobody } = subject();
      if (provider.capabilities.notedByHand) return;
      const paid = await openAndPay(subject());
      const { key } = paid;
      const { knowsUnpaid, closesPages, refunds } = provider.capabilities;
      const bad = { kind: 'declined', code: 'bad_credentials' };
      expect(await provider.testConnection(nobody)).toMatchObject(bad);
      if (knowsUnpaid) expect(await provider.createPayment(nobody, orderFor(subject()))).toMatchObject(bad);
      expect(await provider.readPayment(nobody, key)).toMatchObject(bad);
      if (closesPages) expect(await provider.closePayment(nobody, key)).toMatchObject(bad);
      if (refunds === 'none') return;
      expect(await provider.readRefund(nobody, refundOf(paid))).toMatchObject(bad);
      expect(await provider.refundPayment(nobody, refundOf(paid))).toMatchObject(bad);
    });

    it('no secret is in any answer, also when the answer is a complaint about it', async () => {
      const { provider, nobody, credentials, sandbox } = subject();
      sandbox.down('create', 'server_error');
      const answers = [
        await provider.testConnection(nobody),
        await provider.createPayment(nobody, orderFor(subject())),
        await provider.createPayment(credentials, orderFor(subject())),
      ];
      sandbox.up();
      const secret = (name: string) => provider.credentialsShape.shape[name]?.meta()?.['secret'] === true;
      const secrets = [nobody, credentials].flatMap((keys) =>
        Object.entries(keys).flatMap(([name, value]) => (secret(name) && value ? [value] : [])),
      );
      for (const one of secrets) expect(JSON.stringify(answers)).not.toContain(one);
    });

    it('another merchant neither sees, closes nor refunds our payment', async () => {
      const { provider, credentials, otherMerchant, sandbox } = subject();
      if (provider.capabilities.notedByHand) return;
      const { key: openKey, providerPaymentId: openId } = await open(subject());
      const paid = await openAndPay(subject());
      const { key, order } = paid;
      const seen = await provider.readPayment(otherMerchant, key);
      // whoever is not told of unpaid payments takes our word that there is one, and sees no money in it
      expect(seen.kind === 'done' ? seen.value?.capturedMinor : undefined).toBe(provider.capabilities.knowsUnpaid ? undefined : 0n);
      expect(must(await provider.readPayment(otherMerchant, keyOf(order)))).toBeUndefined();
      expect((await provider.closePayment(otherMerchant, openKey)).kind).toBe('declined');
      expect((await provider.refundPayment(otherMerchant, refundOf(paid))).kind).toBe('declined');
      expect(must(await provider.readPayment(credentials, key))).toMatchObject({ state: 'captured', refundedMinor: 0n });
      expect(await sandbox.pay(openId)).toBe(true);
    });
  });
}
