import { describe, expect, it } from 'vitest';
import { must, open, openAndPay, orderFor, type ProviderSubject } from './provider-subject.ts';

export function knowsMerchants(subject: () => ProviderSubject): void {
  describe('whose account it is', () => {
    it('the form takes good credentials, and marks at least one of them as a secret', () => {
      const { credentialsShape } = subject().provider;
      expect(credentialsShape.safeParse(subject().credentials).success).toBe(true);
      expect(credentialsShape.safeParse({}).success).toBe(false);
      const secrets = Object.values(credentialsShape.shape).filter((shape) => shape.meta()?.['secret'] === true);
      expect(secrets.length).toBeGreaterThan(0);
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
      const { key, order, providerPaymentId } = await openAndPay(subject());
      const { amountMinor, currency, reference } = order;
      const bad = { kind: 'declined', code: 'bad_credentials' };
      expect(await provider.testConnection(nobody)).toMatchObject(bad);
      expect(await provider.createPayment(nobody, orderFor(subject()))).toMatchObject(bad);
      expect(await provider.readPayment(nobody, key)).toMatchObject(bad);
      expect(await provider.closePayment(nobody, key)).toMatchObject(bad);
      expect(await provider.refundPayment(nobody, { providerPaymentId, amountMinor, currency, idempotencyKey: 'x', reference })).toMatchObject(bad);
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
      for (const secret of [...Object.values(nobody), ...Object.values(credentials)]) expect(JSON.stringify(answers)).not.toContain(secret);
    });

    it('another merchant neither sees, closes nor refunds our payment', async () => {
      const { provider, credentials, otherMerchant, sandbox } = subject();
      const { key: openKey, providerPaymentId: openId } = await open(subject());
      const { key, order, providerPaymentId } = await openAndPay(subject());
      const { amountMinor, currency, reference, createdAt } = order;
      const seen = await provider.readPayment(otherMerchant, key);
      expect(seen.kind === 'done' ? seen.value : undefined).toBeUndefined();
      expect(must(await provider.readPayment(otherMerchant, keyOf(order)))).toBeUndefined();
      expect((await provider.closePayment(otherMerchant, openKey)).kind).toBe('declined');
      const refund = await provider.refundPayment(otherMerchant, { providerPaymentId, amountMinor, currency, idempotencyKey: 'y', reference });
      expect(refund.kind).toBe('declined');
      expect(must(await provider.readPayment(credentials, key))).toMatchObject({ state: 'captured', refundedMinor: 0n });
      expect(await sandbox.pay(openId)).toBe(true);
    });
  });
}
